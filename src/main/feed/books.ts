import type { Fault } from '../../shared/faults.ts'
import type { Book, BookBreak, BookStale, Instrument, MarketEvent, Millis } from '../../shared/market.ts'
import { BOOK_LEVELS } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import type { BookFold } from '../pipeline/book.ts'
import { createBook } from '../pipeline/book.ts'
import { createBookResync } from './book-resync.ts'
import type { Clock } from './clock.ts'
import { toEvent } from './dispatch.ts'
import type { Link } from './link.ts'
import type { Market } from './market.ts'
import type { RestRunner } from './rest.ts'
import type { Source } from './session.ts'

/**
 * The books of a venue's markets: messages of any kind in, whole books out. A book that stops being true is taken back
 * at once, by an event without levels, and asked for anew.
 */
export interface Books {
  onMessage(source: Source, market: Market, message: Decoded<Book>, receivedAt: Millis): void
  /** The number of a frame on its connection. A jump leaves no book of that connection to be believed. */
  onCount(source: Source, count: number): void
  /** A socket that carried something of the market is gone, and no other took over. */
  onDown(market: Market, link: Link): void
  close(): void
}

export interface BooksParts {
  readonly exchange: Exchange
  readonly rest: Pick<RestRunner, 'run' | 'wait'>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly markets: ReadonlyMap<string, Market>
  instrument(native: string): Instrument | undefined
  emit(event: MarketEvent<Book>): void
  onFault(fault: Fault): void
}

/** A book as one socket brings it. */
interface Held {
  readonly source: Source
  readonly fold: BookFold
}

interface Entry {
  shown: Held | undefined
  /** Of the socket that is to take over, until it is whole. */
  next: Held | undefined
  /** A whole book is with whoever listens, and has not been taken back. */
  told: boolean
  stale: BookStale | undefined
}

export function createBooks(parts: BooksParts): Books {
  const { exchange, clock, markets } = parts
  const isAsked = exchange.book?.start === 'rest'
  const entries = new WeakMap<Market, Entry>()
  const counts = new WeakMap<Source, number>()

  const entryOf = (market: Market): Entry => {
    let entry = entries.get(market)
    if (!entry) entries.set(market, (entry = { shown: undefined, next: undefined, told: false, stale: undefined }))
    return entry
  }
  /** The fold of this socket's messages; undefined for a socket that has been replaced. */
  const heldBy = (entry: Entry, source: Source, { native }: Market): Held | undefined => {
    const { shown, next } = entry
    if (shown?.source === source) return shown
    if (next?.source === source) return next
    if (source.number < (shown?.source.number ?? 0)) return undefined
    const held = { source, fold: createBook(exchange.book, () => parts.instrument(native)) }
    if (shown) entry.next = held
    else entry.shown = held
    return held
  }
  const tell = (market: Market, entry: Entry, message: Decoded<Book>, book: Book, receivedAt: Millis) => {
    entry.told = true
    entry.stale = undefined
    market.rebuilding = undefined
    resync.done(market)
    parts.emit(toEvent(market.key, message, book, message.at ?? receivedAt, receivedAt, 'stream'))
  }
  /** What was told is true no more: said once, with the time of the next try where there is one. */
  const takeBack = (market: Market, entry: Entry, reason: BookBreak, at: Millis, isToBeAsked: boolean) => {
    const wasTold = entry.told
    entry.told = false
    if (wasTold) entry.stale = { reason, since: at }
    if (isToBeAsked) resync.ask(market)
    else if (wasTold) tellStale(market, entry, { reason, since: at })
  }
  const tellStale = (market: Market, entry: Entry, stale: BookStale) => {
    entry.stale = stale
    const data: Book = { kind: 'book', snapshot: true, bids: [], asks: [], stale }
    parts.emit({ instrument: market.key, at: stale.since, receivedAt: clock.now(), origin: 'stream', data })
  }

  const resync = createBookResync({
    exchange,
    rest: parts.rest,
    clock,
    signal: parts.signal,
    isWatched: (market) => markets.get(market.native) === market,
    // A market's channels may come over several.
    linkOf: (market) => entries.get(market)?.shown?.source.link ?? market.link,
    onPlan(market, at, tries) {
      const entry = entryOf(market)
      // The first book of a connection is asked for as a matter of course.
      if (!entry.stale && tries === 0) return
      const why = entry.stale ? `it is broken (${entry.stale.reason}) and` : 'it'
      market.rebuilding = {
        fault: { code: 'book-broken', message: `${market.key}, order book: ${why} is being asked for anew.` },
        since: entry.stale?.since ?? clock.now(),
        nextAttemptAt: at,
      }
      if (entry.stale) tellStale(market, entry, { ...entry.stale, resyncAt: at })
    },
    onBook(market, book) {
      const entry = entryOf(market)
      const receivedAt = clock.now()
      let isWhole = true
      for (const held of [entry.shown, entry.next]) {
        if (!held || held.fold.state === 'whole') continue
        if (!held.fold.seed(book)) isWhole = false
        else if (held === entry.next) promote(entry)
      }
      if (isWhole && entry.shown) tell(market, entry, book, entry.shown.fold.top(BOOK_LEVELS), receivedAt)
      return isWhole
    },
    onFault: parts.onFault,
  })
  const promote = (entry: Entry) => {
    entry.shown = entry.next
    entry.next = undefined
  }

  return {
    onMessage(source, market, message, receivedAt) {
      const entry = entryOf(market)
      const held = heldBy(entry, source, market)
      if (!held) return
      const { fold } = held
      const outcome = fold.apply(message)
      if (held === entry.next && (outcome === 'told' || !entry.shown?.source.live)) promote(entry)
      if (held === entry.shown) {
        if (outcome === 'told') return tell(market, entry, message, fold.top(BOOK_LEVELS), receivedAt)
        if (fold.state === 'whole') return
        takeBack(market, entry, fold.reason ?? 'disconnected', receivedAt, fold.state === 'broken' || isAsked)
      } else if (fold.state !== 'whole' && isAsked) resync.ask(market)
    },
    onCount(source, count) {
      const last = counts.get(source)
      if (last !== undefined && count <= last) return
      counts.set(source, count)
      if (last === undefined || count === last + 1 || !exchange.book) return
      for (const market of markets.values()) {
        const entry = entries.get(market)
        for (const held of [entry?.shown, entry?.next]) {
          if (!entry || held?.source !== source) continue
          held.fold.break('lost')
          if (held !== entry.shown) continue
          takeBack(market, entry, 'lost', clock.now(), true)
        }
      }
    },
    onDown(market, link) {
      const entry = entries.get(market)
      if (!entry || (entry.shown && entry.shown.source.link !== link)) return
      resync.forget(market)
      market.rebuilding = undefined
      if (entry.next?.source.live) promote(entry)
      else entry.shown = entry.next = undefined
      takeBack(market, entry, 'disconnected', clock.now(), entry.shown !== undefined && isAsked)
    },
    close: resync.close,
  }
}
