/** The market as a page sees it, in rows and columns that cross the bridge cheaply. */

import type { BarState, BookStale, Decimal, GapReason, InstrumentKey, Millis, Origin, Phase } from './market.ts'

/** A trade on the tape. */
export interface TapeRow {
  readonly id: string
  readonly at: Millis
  readonly price: Decimal
  readonly size: Decimal
  readonly side?: 'buy' | 'sell'
  readonly origin: Origin
}

/** Bars for drawing: one array per value, oldest first. Values of quiet and missing bars are '' (never 0). */
export interface BarColumns {
  readonly openAt: readonly Millis[]
  readonly open: readonly Decimal[]
  readonly high: readonly Decimal[]
  readonly low: readonly Decimal[]
  readonly close: readonly Decimal[]
  readonly volume: readonly Decimal[]
  readonly quoteVolume: readonly Decimal[]
  readonly buyVolume: readonly Decimal[]
  readonly trades: readonly number[]
  readonly state: readonly BarState[]
  /** 'venue' where the bar is the venue's own candle. */
  readonly origin: readonly Origin[]
}

export interface GapRow {
  readonly since: Millis
  readonly until?: Millis
  readonly reason: GapReason
  /** Filled afterwards. */
  readonly filledBy?: Origin
}

/** What is known of each second of a range: outside `watched` nothing is stored; inside, what no gap covers was live. */
export interface Coverage {
  /** From when to when this market was watched: whole seconds, `to` exclusive. */
  readonly watched?: { readonly from: Millis; readonly to: Millis }
  readonly gaps: readonly GapRow[]
}

export interface BarHistory {
  readonly instrument: InstrumentKey
  readonly interval: Millis
  /** Closed bars and, last, the running one as far as it is stored. */
  readonly bars: BarColumns
  /**
   * What the running bar is made of: shorter bars that tile it without overlap up to `through`. Live seconds that open
   * at or after `through` come on top.
   */
  readonly through: Millis
  readonly coverage: Coverage
  /** Nothing older is to be had. */
  readonly complete: boolean
}

/** A 1-second bar, running or closed. */
export interface LiveSecond {
  readonly openAt: Millis
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  readonly volume: Decimal
  readonly quoteVolume: Decimal
  readonly buyVolume: Decimal
  readonly trades: number
}

export interface TickerRow {
  readonly instrument: InstrumentKey
  readonly at: Millis
  readonly receivedAt: Millis
  readonly last: Decimal
  readonly bid?: Decimal
  readonly ask?: Decimal
  readonly open24h?: Decimal
  readonly high24h?: Decimal
  readonly low24h?: Decimal
  readonly volume24h?: Decimal
  readonly quoteVolume24h?: Decimal
  readonly change?: Decimal
  /** As on a ticker: the feed's own lag, the phase of the day, the source asked in its place. */
  readonly delay?: Millis
  readonly phase?: Phase
  readonly source?: string
  readonly origin: Origin
}

export interface BookRow {
  readonly instrument: InstrumentKey
  readonly at: Millis
  readonly receivedAt: Millis
  readonly bids: readonly (readonly [Decimal, Decimal])[]
  readonly asks: readonly (readonly [Decimal, Decimal])[]
  /** Not known any more: the last levels are shown dimmed, and feed nothing. */
  readonly stale: boolean
  /** Why and since when, and when it is asked for anew. Absent where only the market's stream is broken. */
  readonly rebuilding?: BookStale
  readonly crossed: boolean
}

/** One cut of the market for one page. Newer state, never a queue. */
export interface MarketFrame {
  readonly at: Millis
  /** Of the focused market, oldest first; at most 200, `skipped` says how many older ones were left out. */
  readonly trades: readonly TapeRow[]
  readonly skipped: number
  /** Of the focused market: seconds touched since the last frame, whole values. */
  readonly seconds: readonly LiveSecond[]
  /** Of the focused market: gaps opened or closed since the last frame. */
  readonly gaps: readonly GapRow[]
  /** Of the followed markets, those that changed. */
  readonly tickers: readonly TickerRow[]
  readonly book?: BookRow
}
