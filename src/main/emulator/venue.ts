/** What a venue is to the emulator: its markets, and pure functions from what a client says to what it gets. Sockets, clocks and faults belong to the server. */

import type { Channel, Millis, VenueId } from '../../shared/market.ts'
import type { Limit } from '../exchanges/exchange.ts'
import type { ModelBook } from './book.ts'
import type { ModelCandle } from './candles.ts'
import type { MarketModel, MarketSpec, ModelTrade } from './model.ts'
import type { Summary } from './summary.ts'

/** A trade with the text of its id, and its time by the venue's (perhaps skewed) clock. */
export interface Print extends ModelTrade {
  readonly id: string
  /** Its time in the model, for asking the model about the same moment. */
  readonly modelAt: Millis
}

/** A venue at a moment: all that frames and answers are made of. Times in it are the venue's, skew included. */
export interface Scene {
  /** The venue's clock. */
  readonly now: Millis
  readonly symbols: readonly string[]
  /** Undefined: not listed, or refused on command. */
  find(symbol: string): MarketModel | undefined
  /** The newest trade up to now. */
  last(market: MarketModel): Print
  /** At most `limit` trades before a moment (default: up to now), oldest first. */
  trades(market: MarketModel, limit: number, before?: Millis): readonly Print[]
  /** At most `limit` trades from an index on that have happened, oldest first. */
  tradesFrom(market: MarketModel, index: number, limit: number): readonly Print[]
  /** The index of the first trade at or after a moment. */
  indexAt(market: MarketModel, at: Millis): number
  book(market: MarketModel, depth: number): ModelBook
  summary(market: MarketModel, last: number): Summary
  /** The candle of [openAt, closeAt), or undefined where nobody traded. */
  candle(market: MarketModel, openAt: Millis, closeAt: Millis): ModelCandle | undefined
}

/** What makes a topic's next frame: a trade, the book's grid, or a second of the clock. */
export type Cause = 'snapshot' | 'trade' | 'tick'

export interface Moment {
  readonly scene: Scene
  readonly cause: Cause
  /** The trade that caused it. */
  readonly trade?: Print
  /** What this topic said last of its book, for topics that say only changes. */
  readonly memory?: unknown
}

/** A frame (or none yet), and what the topic must remember for its next one. */
export interface Frame {
  readonly text: string | undefined
  readonly memory?: unknown
}

/** One thing a client can subscribe to. Equal keys give equal frames, so each is made once for all sockets. */
export interface Topic {
  readonly key: string
  /** Undefined: about all markets. */
  readonly market?: string
  readonly channel: Channel | 'candle' | 'other'
  /** With every trade of the market, or on this grid of the venue's clock. */
  readonly cadence: 'trade' | Millis
  /** Says its present state at once. */
  readonly snapshot: boolean
  /** Goes on after the snapshot. */
  readonly live: boolean
  /** Undefined: nothing to say now. */
  frame(moment: Moment): Frame | undefined
}

/** What a connection has said so far. */
export interface Session {
  readonly topics: readonly Topic[]
  /** The venue's own way of speaking on this connection. */
  readonly format: string
}

/** What a client's frame leads to. */
export interface Answer {
  readonly session: Session
  /** Frames to send at once, before any snapshot. */
  readonly replies: readonly string[]
  /** Topics that now say their present state. */
  readonly snapshots: readonly Topic[]
  /** Frames to send after the snapshots. */
  readonly afterwards?: readonly string[]
  readonly close?: { readonly code: number; readonly after: Millis }
  /** Starts sending this text until the socket closes. */
  readonly beat?: { readonly text: string; readonly every: Millis }
}

/** How the venue's sockets behave, whatever they carry. */
export interface SocketRules {
  readonly binary: boolean
  /** Cut, without a close frame, when the client has sent nothing (not even a ping) for so long. */
  readonly idle?: Millis
  /** Cut in the same way when the client has not sent anything yet. Absent: as above. */
  readonly mute?: Millis
  /** Closed with this code when neither side has said anything for so long. */
  readonly quiet?: { readonly within: Millis; readonly code: number }
  /** The venue sends a ping frame, and closes when no pong came within. */
  readonly ping?: { readonly every: Millis; readonly within: Millis }
  readonly lifetime?: Millis
  /** Cut when the client has not said its first frame for so long. */
  readonly firstWithin?: Millis
  /** Frames from the client. Beyond: closed. */
  readonly frames: readonly Limit[]
  /** Do protocol pings and pongs of the client count as frames? */
  readonly countsPings: boolean
  readonly connects: Limit
  /** Connections at a time. One more is closed with this code. */
  readonly most?: { readonly count: number; readonly code: number }
  /** What a client that sends an Origin header may do instead, on sockets and REST alike. */
  readonly origin?: Limit
}

export interface RestAnswer {
  readonly status: number
  readonly body: string
}

/** A REST call. `match` are the groups of the route's path. */
export interface RestQuery {
  readonly match: readonly string[]
  readonly query: URLSearchParams
}

export interface Route {
  readonly path: RegExp
  /** The limit it draws on. */
  readonly group: string
  weight(query: RestQuery): number
  answer(scene: Scene, query: RestQuery): RestAnswer
}

export interface EmulatedVenue {
  readonly id: VenueId
  readonly markets: readonly MarketSpec[]
  /** Share of all trading, relative to the other venues. */
  readonly weight: number
  readonly rules: SocketRules
  /** How long after 00:00 UTC its day opens. Absent: then. */
  readonly dayOpens?: Millis
  /** Undefined: no WebSocket lives at that path. */
  open(url: URL, scene: Scene): Session | undefined
  /** Said to a client as soon as it is connected. */
  greet?(session: Session, scene: Scene): string
  receive(text: string, session: Session, scene: Scene): Answer
  /** A frame as one connection gets it: with its number there, from 0. Absent: all get the same. */
  number?(text: string, session: Session, count: number): string
  /** Said before the venue cuts a connection of its own will. */
  farewell?(session: Session, scene: Scene): string
  /** Every topic of every market, as the demo and the tests of sameness watch it. */
  allTopics(): readonly Topic[]
  tradeId(market: MarketModel, trade: ModelTrade): string
  readonly rest: {
    readonly limits: Readonly<Record<string, Limit>>
    readonly routes: readonly Route[]
    /** Headers that report the use of a limit. */
    usage(group: string, used: number): Readonly<Record<string, string>>
    /** The body with which the venue refuses: 404, 418, 429, 451, 503. */
    refusal(status: number): string
    /** What a call beyond a limit gets, where that is no 429. */
    readonly limited?: RestAnswer
  }
}
