/** The core of `tapedeck decode`: recorded frames, one a line, to the records that the app would make of them. */

import type { MarketData, Millis } from '../../shared/market.ts'
import type { Control, Exchange, Message } from './exchange.ts'
import { FrameError, isControl } from './exchange.ts'

/** What a line holds. `line` counts from 1, blank lines included. */
export type DecodedLine =
  | {
      readonly line: number
      /** The venue's own symbol. */
      readonly market: string
      /** Venue's clock. Absent where the frame has no time. */
      readonly at?: Millis
      readonly data: MarketData
    }
  | { readonly line: number; readonly control: Control }
  /** The frame is not what the venue documents: one sentence. */
  | { readonly line: number; readonly error: string }

/** Decodes line by line, in order. Control frames are given only with `all`; blank lines are skipped. */
export async function* decodeLines(
  exchange: Exchange,
  lines: AsyncIterable<string> | Iterable<string>,
  options: { readonly all?: boolean } = {},
): AsyncGenerator<DecodedLine, void, undefined> {
  let line = 0
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    for (const decoded of decodeLine(exchange, line, text))
      if (options.all === true || !('control' in decoded)) yield decoded
  }
}

function decodeLine(exchange: Exchange, line: number, text: string): readonly DecodedLine[] {
  try {
    return exchange.decode(text).map((message) => toLine(line, message))
  } catch (error) {
    if (error instanceof FrameError) return [{ line, error: error.message }]
    throw error
  }
}

function toLine(line: number, message: Message): DecodedLine {
  if (isControl(message)) return { line, control: message }
  const { market, at, data } = message
  return at === undefined ? { line, market, data } : { line, market, at, data }
}
