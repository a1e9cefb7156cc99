/**
 * Whole books of megabytes in one pass. A book has tens of thousands of levels, and each as an object of its own takes
 * the exact reader half a second for four megabytes; nothing else of a venue may wait so long. What is spelled in any
 * other way than these patterns say is left to the exact reader.
 */

import { owned } from '../fields.ts'

const TEXT = '[ !#-[\\]-\\uffff]*'

/** A plain number in text, of which only what counts is in the group: '0.00077720' gives '0.0007772'. */
const DECIMAL = '"(?=(?:0|[1-9]\\d{0,19})(?:\\.\\d{1,19})?")(\\d+(?:\\.\\d*[1-9])?)[.0]*"'

/** A pattern that matches where it is told to: T stands for any text, D for a decimal in text. */
export function pieceOf(pattern: string): RegExp {
  return new RegExp(pattern.replaceAll('"T"', `"(${TEXT})"`).replaceAll('"D"', DECIMAL), 'y')
}

/** The groups of a piece at `at`, and where it ends. */
export function readPiece(
  text: string,
  at: number,
  piece: RegExp,
): { groups: readonly string[]; end: number } | undefined {
  piece.lastIndex = at
  const match = piece.exec(text)
  return match === null ? undefined : { groups: match, end: piece.lastIndex }
}

/**
 * Reads the items of a list from behind its opening bracket. Returns where it ends, behind the closing one; undefined:
 * some item is not `item`, or is refused by `take`.
 */
export function readItems(
  text: string,
  from: number,
  item: RegExp,
  take: (groups: readonly string[]) => boolean,
): number | undefined {
  if (text[from] === ']') return from + 1
  for (let at = from; ; at += 1) {
    item.lastIndex = at
    const match = item.exec(text)
    if (match === null || !take(match)) return undefined
    at = item.lastIndex
    if (text[at] === ']') return at + 1
    if (text[at] !== ',') return undefined
  }
}

/** A level whose price and size are above zero, with texts of its own: undefined otherwise. */
export function levelOf(price: string | undefined, size: string | undefined): readonly [string, string] | undefined {
  return price === undefined || size === undefined || price === '0' || size === '0'
    ? undefined
    : [owned(price), owned(size)]
}
