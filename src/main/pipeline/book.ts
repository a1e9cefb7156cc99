import { compareDecimals } from '../../shared/decimal.ts'
import type { Book, BookBreak, Instrument } from '../../shared/market.ts'
import type { BookRule, Decoded } from '../exchanges/exchange.ts'
import { createBookSide } from './book-side.ts'

/** 'waiting': nothing whole yet. 'whole': as the venue's. 'broken': an update is missing or wrong, nothing of it is to be believed. */
export type BookState = 'waiting' | 'whole' | 'broken'

/** What a message did. 'told': the book is whole and may have changed. 'kept': nothing new is known. 'broke': it was whole, or was to become so. */
export type BookOutcome = 'told' | 'kept' | 'broke'

/**
 * The one order-book fold: a venue's whole books and updates in, the whole book out, by the venue's rule of how they
 * join. Knows no time and no socket; whoever feeds it asks for a new book when it is broken.
 */
export interface BookFold {
  readonly state: BookState
  /** Why it broke, while it is broken. */
  readonly reason: BookBreak | undefined
  /** The next message of the stream. */
  apply(message: Decoded<Book>): BookOutcome
  /** The whole book that was asked for (start 'rest'). False: older than the first update that is kept, ask again. */
  seed(message: Decoded<Book>): boolean
  /** Not to be believed any more, for a reason that the messages do not show. */
  break(reason: BookBreak): void
  /** The best `count` levels of each side as a whole book. */
  top(count: number): Book
}

/** A checksum covers no more levels a side than this on any venue. */
const CHECKED = 25
/** Updates kept until the whole book comes. Older ones go first: the book must then be the newer. */
const KEPT = 5_000

/** Without a rule every message is a whole book, and changes mean nothing. `instrument` is asked at each checksum. */
export function createBook(rule: BookRule | undefined, instrument: () => Instrument | undefined): BookFold {
  if (!rule) return createWholeBook()
  const bids = createBookSide(1)
  const asks = createBookSide(-1)
  const isAsked = rule.start === 'rest'
  let state: BookState = 'waiting'
  let reason: BookBreak | undefined
  let sequence: Book['sequence']
  let kept: Decoded<Book>[] = []

  const breakUp = (why: BookBreak): BookOutcome => {
    if (state !== 'broken') reason = why
    state = 'broken'
    return 'broke'
  }
  const keep = (update: Decoded<Book>) => {
    if (!isAsked) return
    kept.push(update)
    if (kept.length >= 2 * KEPT) kept = kept.slice(-KEPT)
  }
  const replace = (book: Book) => {
    bids.replace(book.bids)
    asks.replace(book.asks)
    cut()
    sequence = book.sequence
    state = 'whole'
    reason = undefined
  }
  const change = ({ data }: Decoded<Book>) => {
    for (const level of data.bids) bids.set(level)
    for (const level of data.asks) asks.set(level)
    cut()
    sequence = data.sequence ?? sequence
  }
  const cut = () => {
    if (rule.depth === undefined) return
    bids.cut(rule.depth)
    asks.cut(rule.depth)
  }
  const joining = ({ data }: Decoded<Book>) => {
    if (!rule.joins) return 'apply'
    return data.sequence ? rule.joins(sequence?.last, data.sequence) : 'broken'
  }
  const isTrue = ({ checksum }: Decoded<Book>): boolean => {
    if (checksum === undefined || !rule.checksum) return true
    const known = instrument()
    if (!known) return true
    const computed = rule.checksum({ bids: bids.top(CHECKED), asks: asks.top(CHECKED) }, known)
    return computed === undefined || computed === checksum
  }

  return {
    get state() {
      return state
    },
    get reason() {
      return reason
    },
    apply(message) {
      if (message.data.snapshot) {
        kept = []
        replace(message.data)
        return isTrue(message) ? 'told' : breakUp('checksum')
      }
      if (state !== 'whole') {
        keep(message)
        // The stream begins with a whole book: what comes without it has lost it.
        return isAsked || state === 'broken' ? 'kept' : breakUp('sequence')
      }
      const join = joining(message)
      if (join === 'drop') return 'kept'
      if (join === 'broken') {
        keep(message)
        return breakUp('sequence')
      }
      change(message)
      if (isTrue(message)) return 'told'
      kept = []
      return breakUp('checksum')
    },
    seed(message) {
      const updates = kept
      const [stateBefore, reasonBefore] = [state, reason]
      replace(message.data)
      for (const [index, update] of updates.entries()) {
        const join = joining(update)
        if (join === 'drop') continue
        if (join === 'apply') change(update)
        if (join === 'apply' && isTrue(update)) continue
        // Wrong by its checksum, it is no update to begin with; else it waits for a newer book.
        kept = updates.slice(join === 'apply' ? index + 1 : index)
        state = stateBefore
        reason = reasonBefore
        return false
      }
      kept = []
      return true
    },
    break(why) {
      kept = []
      breakUp(why)
    },
    top: (count) => ({
      kind: 'book',
      snapshot: true,
      bids: bids.top(count),
      asks: asks.top(count),
      ...(sequence ? { sequence } : {}),
    }),
  }
}

/** Each message replaces the one before, so there is nothing to fold. */
function createWholeBook(): BookFold {
  let book: Book = { kind: 'book', snapshot: true, bids: [], asks: [] }
  let state: BookState = 'waiting'
  let reason: BookBreak | undefined
  const put = ({ data }: Decoded<Book>): boolean => {
    if (!data.snapshot) return false
    book = data
    state = 'whole'
    reason = undefined
    return true
  }
  return {
    get state() {
      return state
    },
    get reason() {
      return reason
    },
    apply: (message) => (put(message) ? 'told' : 'kept'),
    seed: put,
    break(why) {
      state = 'broken'
      reason = why
    },
    top: (count) => cutBook(book, count),
  }
}

/** The best `count` levels of each side of a whole book. */
export function cutBook(book: Book, count: number): Book {
  if (book.bids.length <= count && book.asks.length <= count) return book
  return { ...book, bids: book.bids.slice(0, count), asks: book.asks.slice(0, count) }
}

/** The best bid is not below the best ask. Call auctions do that, so it is no error: it is said, and believed. */
export function isCrossed({ bids, asks }: Pick<Book, 'bids' | 'asks'>): boolean {
  const bid = bids[0]?.[0]
  const ask = asks[0]?.[0]
  return bid !== undefined && ask !== undefined && compareDecimals(bid, ask) >= 0
}
