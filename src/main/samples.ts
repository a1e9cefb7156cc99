import type { InstrumentKey, MarketEvent, Millis } from '../shared/market.ts'
import { SECOND } from '../shared/market.ts'
import { TOPIC_BOOK_LEVELS } from '../shared/topics.ts'
import { cutBook } from './pipeline/book.ts'

const EVERY_TICKER: Millis = SECOND
const EVERY_BOOK: Millis = 500

/**
 * What of the stream goes to the log: of each market's tickers one a second, of its books two, and of those the top.
 * That a book is not known any more is always told, and so is the first one after it. Undefined: not this one.
 */
export function createSamples(): (event: MarketEvent) => MarketEvent | undefined {
  const tickers = new Map<InstrumentKey, Millis>()
  const books = new Map<InstrumentKey, Millis>()
  const isDue = (known: Map<InstrumentKey, Millis>, { instrument, receivedAt }: MarketEvent, every: Millis) => {
    if (receivedAt - (known.get(instrument) ?? 0) < every) return false
    known.set(instrument, receivedAt)
    return true
  }
  return (event) => {
    const { data } = event
    if (data.kind === 'ticker') return isDue(tickers, event, EVERY_TICKER) ? event : undefined
    if (data.kind !== 'book') return event
    if (data.stale) {
      books.delete(event.instrument)
      return event
    }
    if (!isDue(books, event, EVERY_BOOK)) return undefined
    const top = cutBook(data, TOPIC_BOOK_LEVELS)
    return top === data ? event : { ...event, data: top }
  }
}
