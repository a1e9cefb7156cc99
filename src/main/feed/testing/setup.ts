import type { Fault } from '../../../shared/faults.ts'
import type { InstrumentKey, MarketEvent, Millis, Ticker, Trade } from '../../../shared/market.ts'
import type { Exchange } from '../../exchanges/exchange.ts'
import type { FeedLimits } from '../feed-limits.ts'
import { FEED_LIMITS } from '../feed-limits.ts'
import type { VenueFeed } from '../venue-feed.ts'
import { openVenueFeed } from '../open-venue-feed.ts'
import type { FakeOptions } from './fake-exchange.ts'
import { createFakeExchange } from './fake-exchange.ts'
import { createFakeNetwork } from './fake-network.ts'
import type { FakeVenue } from './fake-venue.ts'
import { createFakeVenue } from './fake-venue.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

/** A feed, its venue and all that it told, under a virtual clock. */
export interface Setup {
  readonly clock: VirtualClock
  readonly venue: FakeVenue
  readonly exchange: Exchange
  readonly feed: VenueFeed
  readonly events: MarketEvent[]
  readonly batches: (readonly MarketEvent[])[]
  readonly allTickers: MarketEvent<Ticker>[]
  readonly lastPrices: MarketEvent<Trade>[]
  readonly faults: Fault[]
  /** Monotonic times at which a connection was tried. */
  readonly dials: readonly Millis[]
}

export function createSetup(
  options: FakeOptions & {
    readonly watch?: readonly InstrumentKey[]
    readonly latency?: Millis
    readonly feedLimits?: Partial<FeedLimits>
    readonly bases?: readonly string[]
    /** The venue's clock ahead of ours. */
    readonly skew?: Millis
    /** Before the feed begins. */
    readonly prepare?: (venue: FakeVenue, clock: VirtualClock) => void
  } = {},
): Setup {
  const clock = createVirtualClock()
  const exchange = createFakeExchange(options)
  const venue = createFakeVenue({
    venue: exchange.id,
    ...(options.style ? { style: options.style } : {}),
    ...(options.bases ? { bases: options.bases } : {}),
    now: () => clock.now() + (options.skew ?? 0),
  })
  options.prepare?.(venue, clock)
  const network = createFakeNetwork(venue, clock, options.latency)
  const events: MarketEvent[] = []
  const batches: (readonly MarketEvent[])[] = []
  const allTickers: MarketEvent<Ticker>[] = []
  const lastPrices: MarketEvent<Trade>[] = []
  const faults: Fault[] = []
  const feed = openVenueFeed(exchange, [], {
    dial: network.dial,
    get: network.get,
    clock,
    random: () => 0.5,
    limits: { ...FEED_LIMITS, ...options.feedLimits },
    resolve: (_, url) => url,
    listener: {
      onEvents(batch) {
        batches.push(batch)
        events.push(...batch)
      },
      onAllTickers: (_, tickers) => void allTickers.push(...tickers),
      onLastPrice: (trade) => void lastPrices.push(trade),
      onInstruments: () => undefined,
      onFault: (_, fault) => void faults.push(fault),
    },
  })
  feed.setWatch(options.watch, [])
  return { clock, venue, exchange, feed, events, batches, allTickers, lastPrices, faults, dials: network.dials }
}
