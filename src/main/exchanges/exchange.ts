/** What a venue is to Tapedeck: data and pure functions. Sockets, timers and state belong to the feed. */

import { FaultError } from '../../shared/faults.ts'
import type { FrameRule } from '../../shared/malformed-rules.ts'
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
  /** The venue's own number of a trade among all that one socket brings, where `data.id` is made of its values. */
  readonly serial?: string
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
  /** The venue asks whether we are there: the same text is to go back on that connection. */
  | { readonly control: 'echo'; readonly frame: string }
  /** What the connection was opened with is not accepted any more: it is to be asked for anew. */
  | { readonly control: 'denied'; readonly reason: string }
  /** Our key is in use on another connection: nothing will be served on this one, however often it is asked. */
  | { readonly control: 'in-use'; readonly reason: string }

export type Message = Decoded | Control

export function isControl(message: Message): message is Control {
  return 'control' in message
}

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
  /** Headers of this call, beside those of `Exchange.access`. */
  readonly headers?: Readonly<Record<string, string>>
  /** `receivedAt`: our clock, for answers that tell the hour and not the day. Throws FrameError (or VenueError, where the body is the venue's own error). */
  decode(body: string, receivedAt?: Millis): T
}

/** The venue answered, and the answer is an error of its own. */
export class VenueError extends FaultError {
  readonly code: string
  constructor(code: string, message: string) {
    super('venue-error', message)
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
  /** After 429 without a Retry-After nothing is asked for so long, on sockets neither, and then by one call alone. Absent: the feed's usual wait. */
  readonly restAfter429?: Millis
  /** After 403, which is no Retry-After, nothing is asked for so long. Absent: the feed's usual wait. */
  readonly restAfter403?: Millis
  /** Tickers are asked market by market: only those watched, and only while no socket brings them. */
  readonly tickersEach?: true
  /** All listed markets. `get` runs a call; some venues need several. */
  markets(get: <T>(call: RestCall<T>) => Promise<T>): Promise<readonly Instrument[]>
  /** Tickers of all markets, in as few calls as the venue allows. `markets` are the known native symbols. */
  tickers(markets: readonly string[]): readonly RestCall<readonly Decoded<Ticker>[]>[]
  /** The newest trades, oldest first; with `before`, the newest of those before that one (where `tradePages`). */
  trades(market: string, limit: number, before?: Decoded<Trade>): RestCall<readonly Decoded<Trade>[]>
  /** Whether trades of this market can be asked for. Absent: of every market. */
  hasTrades?(market: string): boolean
  /** Older trades can be asked for, page by page. Absent: the newest are all that can be had. */
  readonly tradePages?: true
  /** No answer goes back behind the midnight (UTC) before the newest trade. Absent: only its length ends it. */
  readonly tradesOfDay?: true
  /** An answer of fewer trades than this, or than were asked for, holds all that the venue has. Absent: nobody said so, and a hundred are sure. */
  readonly tradesPerAnswer?: number
  /** Candle intervals that the venue offers. */
  readonly intervals: readonly Millis[]
  /** Candles that open before `to` (exclusive), oldest first, at most `limit` or the venue's own maximum. `now`: some venues keep old ones elsewhere; absent: `to` is recent. */
  candles(market: string, interval: Millis, to: Millis, limit: number, now?: Millis): RestCall<readonly Candle[]>
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

/** The values of a venue's secrets, by the names of `ExchangeAccess.secrets`. */
export type Secrets = Readonly<Record<string, string>>

/** Something that is issued against the secrets and holds for a while. */
export interface Grant {
  /** Below the REST host in use. */
  readonly path: string
  body(secrets: Secrets): string
  /** Throws FrameError (or VenueError, where the body is the venue's own error). */
  decode(body: string, receivedAt: Millis): { readonly value: string; readonly until: Millis }
}

/** What a venue wants before it answers. Keeping, sharing and renewing are the feed's (feed/access.ts). */
export interface ExchangeAccess {
  /** Under which its secrets are kept: '<account>:<name>'. Two accounts of one venue never share anything. */
  readonly account: string
  readonly secrets: readonly string[]
  /** A grant is issued at most once in this time. */
  readonly every: Millis
  /** For REST calls. */
  readonly rest: Grant
  headers(token: string, secrets: Secrets): Readonly<Record<string, string>>
  /** For connections, asked for before one is opened. */
  readonly stream: Grant
  /** A frame of ours with the stream's grant in it. */
  sign(frame: string, grant: string): string
  /** What a VenueError's code means for the grant: 'expired' (ask anew, once), 'too-soon' (not before `every`), 'refused' (the secrets are wrong), 'too-many' (calls in this second). */
  readonly codes: Readonly<Record<string, 'expired' | 'too-soon' | 'refused' | 'too-many'>>
}

/** Another venue that is asked for prices while this one, with its keys in place, brings none. */
export interface StandIn {
  readonly venue: VenueId
  /** The other venue's symbols that may be this market, the likeliest first. */
  natives(market: string): readonly string[]
  /** `Ticker.source` of what comes in this way. */
  readonly source: string
}

/** What a decoder needs that is not pure text. */
export interface DecoderTools {
  /** AES-256-CBC with PKCS7 padding, of Base64 text; key and iv as UTF-8. Undefined where that gives no text. */
  decrypt(text: string, key: string, iv: string): string | undefined
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
  /** The native symbol of a key that needs no market list, else undefined: markets beyond the list can be watched. */
  toNative?(key: InstrumentKey): string | undefined
  /** The channels that a market has. Absent: all. */
  channelsOf?(native: string): readonly Channel[]
  /** The sockets that carry these wants, as far as there is room; what none carries is polled. */
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
  /** In place of `decode` where a frame's meaning depends on earlier ones: one decoder for each connection. */
  decoder?(tools: DecoderTools): (frame: string) => readonly Message[]
  readonly access?: ExchangeAccess
  readonly standIn?: StandIn
  readonly keepAlive: KeepAlive
  /** Its times are cut to whole seconds: they say nothing of the way that a message took. */
  readonly wholeSeconds?: true
  readonly limits: {
    readonly connects: Limit
    readonly frames: Limit
    /** The venue cuts a connection at this age. */
    readonly lifetime?: Millis
    /** One connection at a time: the next is opened when the last has been closed for so long. */
    readonly alone?: Millis
    /** What all connections together may carry, where that is so few that it is to be shown; `of` counts it. */
    readonly registrations?: { readonly most: number; of(wants: readonly Want[]): number }
  }
  readonly book?: BookRule
  /** Channels whose silence is normal while nobody trades. The others tick by themselves. */
  readonly quiet: readonly Channel[]
  readonly rest: Rest
}
