/** What a venue is to Tapedeck: data and pure functions. Sockets, timers and state belong to the feed. */

import type {
  Book,
  BookSequence,
  Channel,
  Decimal,
  Instrument,
  InstrumentKey,
  MarketData,
  Millis,
  Ticker,
  Trade,
  VenueId,
} from '../../shared/market.ts'

/** One market and the channels wanted of it. `market` is the venue's own symbol. */
export interface Want {
  readonly market: string
  readonly channels: readonly Channel[]
}

/** A value out of a frame, still under the venue's own symbol. */
export interface Decoded<D extends MarketData = MarketData> {
  readonly market: string
  /** Venue's clock, floored to the millisecond. Absent: this message carries no venue time, and the feed uses its arrival. */
  readonly at?: Millis
  readonly atText?: string
  readonly data: D
  /** The venue repeated its last known state on connect. A trade so marked may be hours old: it is a last price, not a print. */
  readonly snapshot?: true
  /** The venue's checksum of its book after this update, as `BookRule.checksum` computes it. */
  readonly checksum?: string
}

/** A frame (or part of one) that carries no market data. */
export type Control =
  | { readonly control: 'ack'; readonly id?: string }
  /** The venue does not serve this market (or, without `market`, refused something it did not name). */
  | {
      readonly control: 'refused'
      readonly market?: string
      readonly channel?: Channel
      readonly id?: string
      readonly reason: string
    }
  | { readonly control: 'pong' }
  | { readonly control: 'heartbeat' }
  | { readonly control: 'notice'; readonly text: string }
  /** The venue will close this socket soon: open the next one first. */
  | { readonly control: 'restart'; readonly text: string }
  /** This frame's number on its connection, where the venue counts them by one. A jump: frames were lost, every book of the connection is suspect. It comes before the frame's data. */
  | { readonly control: 'count'; readonly count: number }

export type Message = Decoded | Control

export function isControl(message: Message): message is Control {
  return 'control' in message
}

/** The rules by which noise from outside is counted. */
export const FRAME_RULES = [
  'not-json', // no JSON text
  'unknown-shape', // JSON, but no message this venue is known to send
  'missing-field',
  'bad-number',
  'bad-time',
  'bad-value', // an enumeration has an unknown member, a price is not positive, …
  'too-large',
] as const
export type FrameRule = (typeof FRAME_RULES)[number]

/** A frame that is not what the venue documents. The only thing a decoder throws. */
export class FrameError extends Error {
  readonly rule: FrameRule
  constructor(rule: FrameRule, message: string) {
    super(message)
    this.name = 'FrameError'
    this.rule = rule
  }
}

/** One socket to open: where (in order of preference), what to say once it is open, and what it then carries. */
export interface SocketPlan {
  readonly urls: readonly string[]
  readonly wants: readonly Want[]
  readonly frames: readonly string[]
  /** Least time between two frames that we send on this socket. */
  readonly pace: Millis
}

/** How a socket is kept open, and how a dead one is told from a quiet one. */
export type KeepAlive =
  /** We send a protocol ping `every`; no pong (nor data) within `timeout`: dead. */
  | { readonly kind: 'ping'; readonly every: Millis; readonly timeout: Millis }
  /** We send this text `every`; nothing back within `timeout`: dead. */
  | { readonly kind: 'text'; readonly frame: string; readonly every: Millis; readonly timeout: Millis }
  /** The venue pings (the ws library answers); nothing at all `within`: dead. */
  | { readonly kind: 'server'; readonly within: Millis }

/** At most `count` in any window of `per`. */
export interface Limit {
  readonly count: number
  readonly per: Millis
}

export interface RestCall<T> {
  /** The one host that serves it, with scheme, where that is not one of `rest.hosts`. */
  readonly host?: string
  /** Path and query, to be put behind the host in use. */
  readonly path: string
  /** Name of the limit in `rest.limits` that it draws on. */
  readonly group: string
  readonly weight: number
  /** Throws FrameError (or VenueError, where the body is the venue's own error). */
  decode(body: string): T
}

/** The venue answered, and the answer is an error of its own. */
export class VenueError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'VenueError'
    this.code = code
  }
}

/** A candle as the venue computed it. `volume` is base, `quoteVolume` quote currency. */
export interface Candle {
  readonly openAt: Millis
  readonly open: Decimal
  readonly high: Decimal
  readonly low: Decimal
  readonly close: Decimal
  readonly volume: Decimal
  readonly quoteVolume?: Decimal
  readonly buyVolume?: Decimal
  readonly trades?: number
}

export interface Rest {
  /** Hosts with scheme, no trailing slash, in order of preference. */
  readonly hosts: readonly string[]
  readonly limits: Readonly<Record<string, Limit>>
  /** All listed markets. `get` runs a call; some venues need several. */
  markets(get: <T>(call: RestCall<T>) => Promise<T>): Promise<readonly Instrument[]>
  /** Tickers of all markets, in as few calls as the venue allows. `markets` are the known native symbols. */
  tickers(markets: readonly string[]): readonly RestCall<readonly Decoded<Ticker>[]>[]
  /** The newest trades, oldest first. */
  trades(market: string, limit: number): RestCall<readonly Decoded<Trade>[]>
  /** An answer of fewer trades than this, or than were asked for, holds all that the venue has. Absent: than were asked for. */
  readonly tradesPerAnswer?: number
  /** Candle intervals that the venue offers. */
  readonly intervals: readonly Millis[]
  /** Candles that open before `to` (exclusive), oldest first, at most `limit` or the venue's own maximum. */
  candles(market: string, interval: Millis, to: Millis, limit: number): RestCall<readonly Candle[]>
  book(market: string): RestCall<Decoded<Book>>
}

/** What may become of a book's update: it fits, it is already in the book, or something is missing before it. */
export type Joining = 'apply' | 'drop' | 'broken'

/** How a venue's book messages make a book. Absent at a venue whose every message is a whole book. */
export interface BookRule {
  /** Levels a side that the subscription carries. The venue does not delete those that are pushed out. Absent: whole book. */
  readonly depth?: number
  /** 'stream': the socket sends the first whole book. 'rest': it is asked for, and the updates that came meanwhile are replayed onto it. */
  readonly start: 'stream' | 'rest'
  /** Whether an update joins a book whose last update id was `last` (undefined: the whole book carried none). Absent: the venue counts nothing. */
  joins?(last: string | undefined, update: BookSequence): Joining
  /** The venue's checksum of its top levels (25 a side are given), best first, to be equal to `Decoded.checksum`. Undefined where this instrument's precision is not known. */
  checksum?(book: Pick<Book, 'bids' | 'asks'>, instrument: Instrument): string | undefined
}

export interface Exchange {
  readonly id: VenueId
  readonly names: { readonly ko: string; readonly en: string }
  /** Three letters for narrow places. */
  readonly code: string
  readonly region: 'korea' | 'asia' | 'ne'
  readonly docs: string
  /** 'id': the venue's trade ids are unique per market. 'fingerprint': they are not sound, so a trade is known by its values. */
  readonly identity: 'id' | 'fingerprint'
  /** Instrument key of a native symbol that needs no market list, else undefined. */
  toKey(native: string): InstrumentKey | undefined
  /** The sockets that carry these wants. */
  connect(wants: readonly Want[]): readonly SocketPlan[]
  /** What a further subscribe frame means. 'replaces-all': every want travels in it again. */
  readonly change: 'incremental' | 'replaces-all'
  /** Frames that add to, or take from, an open socket. For 'replaces-all', `subscribe` gets all wants and `unsubscribe` is absent. */
  subscribe(wants: readonly Want[]): readonly string[]
  unsubscribe?(wants: readonly Want[]): readonly string[]
  /** How many acknowledgements answer a frame of ours. Absent: one. */
  acknowledgements?(frame: string): number
  /** The frame as it is to be sent at that moment, where frames carry the time of their sending. Absent: as it is. */
  stamp?(frame: string, at: Millis): string
  /** All messages in a frame, in its order. Throws FrameError, nothing else. Never gated on an acknowledgement. */
  decode(frame: string): readonly Message[]
  readonly keepAlive: KeepAlive
  readonly limits: {
    readonly connects: Limit
    readonly frames: Limit
    /** The venue cuts a connection at this age. */
    readonly lifetime?: Millis
  }
  readonly book?: BookRule
  /** Channels whose silence is normal while nobody trades. The others tick by themselves. */
  readonly quiet: readonly Channel[]
  readonly rest: Rest
}
