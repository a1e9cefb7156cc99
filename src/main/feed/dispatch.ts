import type {
  Book,
  InstrumentKey,
  MarketData,
  MarketEvent,
  Millis,
  Origin,
  Ticker,
  Trade,
} from '../../shared/market.ts'
import { BOOK_LEVELS, SECOND } from '../../shared/market.ts'
import type { Decoded } from '../exchanges/exchange.ts'
import { cutBook } from '../pipeline/book.ts'
import type { Clock } from './clock.ts'
import type { GapLedger } from './gap-ledger.ts'
import type { Sighting } from './identity.ts'
import { createTally } from './identity.ts'
import type { Source } from './session.ts'
import type { Market } from './market.ts'
import type { Meters } from './meters.ts'
import type { SilenceWatch } from './stale.ts'

export interface DispatchParts {
  readonly clock: Clock
  readonly markets: ReadonlyMap<string, Market>
  readonly ledger: GapLedger
  readonly silence: SilenceWatch
  readonly meters: Meters
  /** Gaps stay open whatever comes: the venue is paused. */
  isPaused(): boolean
  isKnown(native: string): boolean
  emit(event: MarketEvent): void
  /** A book's message, whole or in part: what becomes of it is another's. */
  onBook(source: Source, market: Market, message: Decoded<Book>, receivedAt: Millis): void
  onLastPrice(trade: MarketEvent<Trade>): void
  onUnknownMarket(native: string): void
  onGapClosed(market: Market, since: Millis): void
}

/** Turns what a venue said into events: under our keys, each trade once, gaps closed before what follows them. */
export interface Dispatch {
  onPushed(source: Source, decoded: Decoded, receivedAt: Millis): void
  /** Values asked for over REST; all of one answer. Returns the trades that were new. */
  onAsked(values: readonly Decoded[], origin: Extract<Origin, 'polled' | 'backfill'>): readonly MarketEvent<Trade>[]
  /** All trades of a market since `reach` (venue's clock), fetched after a break. */
  onBackfilled(native: string, values: readonly Decoded[], reach: Millis): void
  closeGap(market: Market, until: Millis): void
  /** An instant of our clock by the venue's, early enough for the break that began then. */
  venueTime(at: Millis): Millis
}

interface AskedTrade extends Sighting {
  readonly decoded: Decoded
}

/** Venue times and ours are compared with this much room. */
const ROOM: Millis = 2 * SECOND

export function createDispatch(parts: DispatchParts): Dispatch {
  const { clock, markets, ledger, silence, meters } = parts

  const closeGap = (market: Market, until: Millis) => {
    const since = ledger.since(market.key)
    if (ledger.reason(market.key) === undefined || since === undefined) return
    parts.onGapClosed(market, since)
    ledger.close(market.key, until)
    market.liveSince = until
  }

  const venueTime = (at: Millis) => at + (meters.skew.estimate() ?? 0) - ROOM

  const onPushed = (source: Source, decoded: Decoded, receivedAt: Millis) => {
    const market = markets.get(decoded.market)
    if (!market) {
      // Frames of a market that was just left are no noise.
      if (!parts.isKnown(decoded.market)) parts.onUnknownMarket(decoded.market)
      return
    }
    const { data } = decoded
    const { kind } = data
    if (kind !== 'trade' && kind !== 'ticker' && kind !== 'book') return
    const at = decoded.at ?? receivedAt
    if (source.live) {
      source.confirm()
      market.refused = undefined
      market.spokeOn = source.number
      silence.heard(market.native, kind)
      if (market.silent.size > 0) market.silent.delete(kind)
      if (market.revived.size > 0) market.revived.delete(kind)
      const reason = ledger.reason(market.key)
      // A market's book says nothing about its trades once these have been found silent.
      if (reason !== undefined && !parts.isPaused() && (reason !== 'silent' || kind === 'trade'))
        closeGap(market, receivedAt)
    }
    // Tickers carry the time of a last trade or of a window at some venues: no measure of the way.
    if (decoded.at !== undefined && decoded.snapshot === undefined && kind !== 'ticker') meters.onTimed(at, receivedAt)
    if (data.kind === 'trade') {
      if (decoded.snapshot) return parts.onLastPrice(toEvent(market.key, decoded, data, at, receivedAt, 'stream'))
      const trade = market.identities.admit({ trade: data, at, serial: decoded.serial }, source.tally)
      if (!trade) return
      meters.onTrade()
      return parts.emit(toEvent(market.key, decoded, trade, at, receivedAt, 'stream'))
    }
    if (data.kind === 'book') return parts.onBook(source, market, decoded as Decoded<Book>, receivedAt)
    if (source.number < market.owners[kind]) return
    market.owners[kind] = source.number
    parts.emit(toEvent(market.key, decoded, data, at, receivedAt, 'stream'))
  }

  const onAsked: Dispatch['onAsked'] = (values, origin) => {
    const receivedAt = clock.now()
    const told: MarketEvent<Trade>[] = []
    const asked = new Map<Market, AskedTrade[]>()
    for (const decoded of values) {
      const market = markets.get(decoded.market)
      if (!market) continue
      const at = decoded.at ?? receivedAt
      const { data } = decoded
      if (data.kind !== 'trade') {
        const told = data.kind === 'book' ? cutBook(data, BOOK_LEVELS) : data
        parts.emit(toEvent(market.key, decoded, told, at, receivedAt, origin))
        continue
      }
      // Before the break it was streamed, before the watch it was not asked for.
      if (at < venueTime(ledger.since(market.key) ?? receivedAt)) continue
      const trades = asked.get(market) ?? []
      asked.set(market, trades)
      trades.push({ decoded, trade: data, at })
    }
    for (const [market, trades] of asked)
      for (const [nth, trade] of market.identities.admitAll(trades, createTally()).entries()) {
        if (!trade) continue
        const { decoded, at } = trades[nth]!
        const event = toEvent(market.key, decoded, trade, at, receivedAt, origin)
        told.push(event)
        parts.emit(event)
      }
    const last = values.findLast((each): each is Decoded<Trade> => each.data.kind === 'trade')
    const market = last && markets.get(last.market)
    if (last && market && origin === 'polled')
      parts.onLastPrice(toEvent(market.key, last, last.data, last.at ?? receivedAt, receivedAt, origin))
    return told
  }

  return {
    onPushed,
    onAsked,
    closeGap,
    venueTime,
    onBackfilled(native, values, reach) {
      onAsked(values, 'backfill')
      const market = markets.get(native)
      if (market) ledger.filled(market.key, reach - (meters.skew.estimate() ?? 0) + ROOM)
    },
  }
}

/** Field by field: this runs for each event. */
export function toEvent<D extends MarketData>(
  instrument: InstrumentKey,
  decoded: Pick<Decoded, 'atText'>,
  data: D,
  at: Millis,
  receivedAt: Millis,
  origin: Origin,
): MarketEvent<D> {
  return decoded.atText === undefined
    ? { instrument, at, receivedAt, origin, data }
    : { instrument, at, atText: decoded.atText, receivedAt, origin, data }
}

export type TickerEvent = MarketEvent<Ticker>
