/** A book out of whole books and changes, for tests: as plain as can be. */

import type { Book, Level } from '../../../shared/market.ts'
import type { Exchange } from '../../exchanges/exchange.ts'
import { isControl } from '../../exchanges/exchange.ts'

export interface Folded {
  readonly id: string
  readonly bids: ReadonlyMap<string, string>
  readonly asks: ReadonlyMap<string, string>
}

/** The books in these frames, in their order. */
export function booksIn(exchange: Exchange, frames: readonly string[]): readonly Book[] {
  return frames
    .flatMap((frame) => exchange.decode(frame))
    .flatMap((message) => (isControl(message) ? [] : [message]))
    .flatMap(({ data }) => (data.kind === 'book' ? [data] : []))
}

/** The book after each of them. Throws where one does not join the one before by the venue's rule. */
export function foldBooks(exchange: Exchange, books: readonly Book[]): readonly Folded[] {
  const folded: Folded[] = []
  for (const book of books) {
    const before = folded.at(-1)
    const id = book.sequence?.last ?? ''
    if (book.snapshot) {
      folded.push({ id, bids: new Map(book.bids), asks: new Map(book.asks) })
      continue
    }
    const join = exchange.book?.joins?.(before?.id, book.sequence ?? { last: '' })
    if (before === undefined || join !== 'apply') throw new Error(`update ${id} does not join ${before?.id}: ${join}`)
    folded.push({ id, bids: changed(before.bids, book.bids), asks: changed(before.asks, book.asks) })
  }
  return folded
}

function changed(side: ReadonlyMap<string, string>, levels: readonly Level[]): ReadonlyMap<string, string> {
  const next = new Map(side)
  for (const [price, size] of levels) {
    if (size === '0') next.delete(price)
    else next.set(price, size)
  }
  return next
}
