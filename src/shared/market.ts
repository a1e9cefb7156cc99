/** The domain model: what a venue said, in one shape for all venues. The comments are the meaning; nothing else defines it. */

import type { Index, Item } from './items.ts'

/** Milliseconds: an instant is Unix time in UTC, a duration is a plain length. */
export type Millis = number

/**
 * An exact decimal number as text, in plain notation: no exponent, no leading plus, no trailing fractional zeros,
 * no bare point ('0.0007772', '116539000', '-1.5', '0'). Canonical: equal values are equal texts.
 */
export type Decimal = string

export const VENUES = [
  'upbit',
  'bithumb',
  'coinone',
  'korbit',
  'okx',
  'bybit',
  'gateio',
  'binance',
  'kraken',
  'coinbase',
  'kis',
  'yahoo',
] as const
export type VenueId = (typeof VENUES)[number]

/** Those that deal in stocks, indexes and currencies; the others in coins. */
export const STOCK_VENUES: readonly VenueId[] = ['kis', 'yahoo']

/** '<venue>:<BASE>/<QUOTE>', base first on every venue: 'upbit:BTC/KRW'. What is no pair has its symbol alone: 'kis:005930'. News has its feed: 'news:coinness'. */
export type InstrumentKey = `${string}:${string}`

/**
 * How a value reached us. 'stream': pushed by the venue. 'polled': asked over REST while the stream was away.
 * 'backfill': fetched later to close a gap. 'venue': the venue's own candle. 'replay': read again from a store.
 */
export const ORIGINS = ['stream', 'polled', 'backfill', 'venue', 'replay'] as const
export type Origin = (typeof ORIGINS)[number]

export const CHANNELS = ['trade', 'ticker', 'book'] as const
export type Channel = (typeof CHANNELS)[number]

/** A market listed by a venue. */
export interface Instrument {
  readonly key: InstrumentKey
  readonly venue: VenueId
  /** The venue's own symbol, exactly as it spells it: 'KRW-BTC', 'BTCUSDT'. */
  readonly native: string
  readonly base?: string
  readonly quote?: string
  readonly names: { readonly ko?: string; readonly en?: string }
  /** Smallest price step now, in the quote currency. */
  readonly tickSize?: Decimal
  /** Smallest size step, in the base currency. */
  readonly sizeStep?: Decimal
  readonly status: 'trading' | 'halted' | 'delisting'
  /** The venue's own warning word, if any: 'WARNING', 'PRICE_FLUCTUATIONS'. */
  readonly warning?: string
}

export interface Trade {
  readonly kind: 'trade'
  /** The venue's id, or (identity 'fingerprint') one made of the trade's own values. Never an order. */
  readonly id: string
  readonly price: Decimal
  /** In the base currency. */
  readonly size: Decimal
  /** The taker's side: who crossed the spread. Absent where the venue does not say. */
  readonly side?: 'buy' | 'sell'
}

/** A venue's summary of the last 24 hours; where a market has sessions (stocks), of its trading day. What it does not give is absent. */
export interface Ticker {
  readonly kind: 'ticker'
  readonly last: Decimal
  readonly bid?: Decimal
  readonly ask?: Decimal
  readonly open24h?: Decimal
  readonly high24h?: Decimal
  readonly low24h?: Decimal
  /** In the base currency. */
  readonly volume24h?: Decimal
  /** In the quote currency. */
  readonly quoteVolume24h?: Decimal
  /** Change of the venue's own trading day, last against the previous close: a fraction, 0.0184 is +1.84 %. */
  readonly change?: Decimal
  /** How far this feed lags behind the market by the venue's own word; 0 is real-time. Absent: a feed that does not lag. */
  readonly delay?: Millis
  /** Where the market stands in its day, by the venue's own word. Absent: it does not say, or never closes. */
  readonly phase?: Phase
  /** Another source that was asked in the venue's place, by the name older systems know it under: 'kis_via_yfinance'. */
  readonly source?: string
}

/** Where a market with sessions stands: before its regular session (auctions, pre-market), in it, after it, out of all, or stopped. */
export const PHASES = ['pre', 'regular', 'after', 'closed', 'halted'] as const
export type Phase = (typeof PHASES)[number]

/** How fresh a ticker is at best: pushed as it happens, pushed late, or asked for in turns. */
export type Timing = 'real-time' | 'delayed' | 'polled'

/** What a ticker is to be labelled as. A polled value that also lags is polled: `delay` says the rest. */
export function timingOf({ origin, delay = 0 }: { readonly origin: Origin; readonly delay?: Millis }): Timing {
  if (origin !== 'stream') return 'polled'
  return delay > 0 ? 'delayed' : 'real-time'
}

/** Venues that tell prices and never trades: of their markets no seconds are said, quiet or otherwise. */
export const TRADELESS: ReadonlySet<string> = new Set<VenueId>(['yahoo'])

/** Whether nobody tells an order book of this market: none at Yahoo, and at KIS in Seoul alone. */
export function isBookless(instrument: InstrumentKey): boolean {
  const venue = venueOf(instrument)
  return TRADELESS.has(venue) || (venue === 'kis' && !/^[\dQ]/.test(pairOf(instrument)))
}

/** One price level. Size is absolute, in the base currency; '0' in a delta removes the level. */
export type Level = readonly [price: Decimal, size: Decimal]

export interface Book {
  readonly kind: 'book'
  /** True: the whole (or whole top) book, replaces everything before. False: changed levels only. */
  readonly snapshot: boolean
  /** Best (highest) first in a snapshot. */
  readonly bids: readonly Level[]
  /** Best (lowest) first in a snapshot. */
  readonly asks: readonly Level[]
  readonly sequence?: BookSequence
  /** The book is not known any more: both sides are empty until the next event without this. */
  readonly stale?: BookStale
}

/** Levels a side of the books that leave the feed, at most. */
export const BOOK_LEVELS = 100

/** Why a book stopped being true. */
export const BOOK_BREAKS = [
  'sequence', // an update is missing: the venue's own numbering shows it
  'checksum', // the venue's checksum says that it is another book
  'lost', // frames of its connection were lost
  'disconnected', // the socket broke
] as const
export type BookBreak = (typeof BOOK_BREAKS)[number]

export interface BookStale {
  readonly reason: BookBreak
  /** Our clock: no update since then is in it. */
  readonly since: Millis
  /** Our clock: when it is asked for (again), at once or when the venue's limits next allow. Absent while that cannot be said. */
  readonly resyncAt?: Millis
}

/** Update ids as the venue counts them: `first`…`last` are covered by this message, `previous` must be the one before. */
export interface BookSequence {
  readonly first?: string
  readonly last: string
  readonly previous?: string
}

/**
 * 'traded': at least one trade. 'quiet': we were live and nobody traded. 'missing': we were not connected for some of
 * it and hold no trade of it. 'backfilled': made of trades fetched later. 'closed': out of the market's session.
 */
export const BAR_STATES = ['traded', 'quiet', 'missing', 'backfilled', 'closed'] as const
export type BarState = (typeof BAR_STATES)[number]

/** Values of a bar with at least one trade. Absent on quiet, missing and closed bars: a price is never invented. */
export interface BarValues {
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  /** quoteVolume ÷ volume, 12 fractional digits, half-even. */
  readonly vwap: Decimal
  /** Plain mean of the trade prices (S0's avg_price), 12 fractional digits, half-even. */
  readonly avgPrice: Decimal
  /** Sum of the trade prices: keeps avgPrice exact when bars are merged. */
  readonly priceSum: Decimal
  /** In the base currency. */
  readonly volume: Decimal
  /** In the quote currency: the sum of price × size. */
  readonly quoteVolume: Decimal
  /** Volume of trades whose taker bought, base currency. */
  readonly buyVolume: Decimal
  /** Number of trades, at least 1. */
  readonly trades: number
}

/** Trades of one interval of exchange time. Bars sit on whole multiples of their interval since the epoch, UTC. */
export interface Bar extends Partial<BarValues> {
  readonly kind: 'bar'
  readonly interval: Millis
  readonly openAt: Millis
  /** 0 when first closed; each later correction adds 1. The highest revision holds. */
  readonly revision: number
  readonly state: BarState
}

/** Why seconds of a watched market are not live. */
export const GAP_REASONS = [
  'connecting', // watched, first data not there yet
  'disconnected', // the socket broke
  'silent', // the socket is open and says nothing, against that market's rhythm
  'sequence', // the venue's own numbering shows a loss
  'paused', // the source was over its budget and was paused
  'refused', // the venue does not serve this market
  'engine-down', // Tapedeck was not running
  'unwatched', // nobody asked for this market any more
  'halted', // the machine slept, or the disk was full
] as const
export type GapReason = (typeof GAP_REASONS)[number]

/**
 * A break in a market's stream, in order with the data. Without `until` it has just opened; the same gap comes again
 * with `until` when data flows. (instrument, since) names it. Seconds that it touches are missing, unless trades fill them.
 */
export interface Gap {
  readonly kind: 'gap'
  readonly since: Millis
  readonly until?: Millis
  readonly reason: GapReason
  /** Told once more when all trades of it have been fetched afterwards: the venue's answer reached back behind `since`. */
  readonly filledBy?: 'backfill'
}

/**
 * Written once a second into every partition that carries trades: time advances by records only, so that a replay
 * closes every bar at the same place. `watermarks`: per venue, no trade earlier than this is expected any more.
 */
export interface Clock {
  readonly kind: 'clock'
  readonly watermarks: Readonly<Partial<Record<VenueId, Millis>>>
  /**
   * In some clock records (about one in ten): the markets watched, or until minutes ago, each with its gaps that are open
   * or ended a moment ago. A reader that begins in the middle of the stream knows quiet markets by it.
   */
  readonly watched?: Readonly<Record<InstrumentKey, readonly Gap[]>>
}

export type MarketData = Trade | Ticker | Book | Bar | Gap | Clock | Item | Index

/** One thing that happened, and when: by the venue's clock and by ours. Order is (at, arrival). */
export interface MarketEvent<D extends MarketData = MarketData> {
  readonly instrument: InstrumentKey
  /** Venue's clock, floored to the millisecond. For a bar its openAt, for a gap its since. */
  readonly at: Millis
  /** The venue's own time where it is finer than a millisecond, as it wrote it. */
  readonly atText?: string
  /** Our clock, when the frame arrived. */
  readonly receivedAt: Millis
  readonly origin: Origin
  readonly data: D
}

/** The instrument of clock records, which belong to no market. */
export const CLOCK_KEY: InstrumentKey = 'tapedeck:clock'

export const SECOND: Millis = 1_000
export const MINUTE: Millis = 60_000
export const HOUR: Millis = 3_600_000
export const DAY: Millis = 86_400_000

/** The intervals a chart offers, shortest first. */
export const INTERVALS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
] as const

/** The venue part of a key. */
export function venueOf(key: InstrumentKey): string {
  return key.slice(0, key.indexOf(':'))
}

/** The pair (or symbol) part of a key: 'BTC/KRW'. */
export function pairOf(key: InstrumentKey): string {
  return key.slice(key.indexOf(':') + 1)
}
