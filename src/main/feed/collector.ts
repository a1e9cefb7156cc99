import type { MalformedSample, VenueHealth } from '../../shared/engine-view.ts'
import type { Fault } from '../../shared/faults.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { Instrument, InstrumentKey, MarketEvent, Millis, Ticker, Trade, VenueId } from '../../shared/market.ts'
import { SECOND, venueOf } from '../../shared/market.ts'
import type { Exchange, RestCall } from '../exchanges/exchange.ts'
import type { GrantKeep, SecretSource } from './access.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Dial } from './dial.ts'
import { createDial } from './dial.ts'
import type { FeedLimits } from './feed-limits.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import type { GapStates } from './gap-ledger.ts'
import { createGet } from './http.ts'
import type { Network, NetworkSettings } from './network.ts'
import { openNetwork } from './network.ts'
import { createStandIn } from './stand-in.ts'
import type { VenueFeed } from './venue-feed.ts'
import { openVenueFeed } from './open-venue-feed.ts'

/** What the collector tells. Events come in batches, in order per market. */
export interface CollectorListener {
  readonly onEvents: (batch: readonly MarketEvent[]) => void
  /** Tickers of all listed markets, asked over REST each few seconds: for lists, not for the journal. */
  readonly onAllTickers: (venue: VenueId, tickers: readonly MarketEvent<Ticker>[]) => void
  /** A trade that the venue repeated on connect, or the newest one polled: a last price, maybe hours old, no print. */
  readonly onLastPrice: (trade: MarketEvent<Trade>) => void
  /** A venue's whole list of markets, each time it has been read. */
  readonly onInstruments: (venue: VenueId, instruments: readonly Instrument[]) => void
  /** A venue's keys have been looked for: without them it watches nothing of its own accord. */
  readonly onKeys?: (venue: VenueId) => void
  /** For the log, at most once a minute per venue and code; `health()` holds what is wrong now. */
  readonly onFault?: (venue: VenueId, fault: Fault) => void
}

export interface CollectorOptions extends CollectorListener {
  readonly exchanges: readonly Exchange[]
  readonly enabled: readonly VenueId[]
  readonly network: NetworkSettings
  /** Absent: each venue's default markets (BTC, ETH, XRP and SOL against its main currency, as listed). */
  readonly watch?: readonly InstrumentKey[] | undefined
  /** Markets known from an earlier run, so that sockets need not wait for the lists. */
  readonly knownInstruments?: readonly Instrument[]
  /** Where the keys of venues lie that want some. */
  readonly secrets?: SecretSource
  /** Where what was issued against them outlives this run. */
  readonly keep?: GrantKeep
  readonly signal?: AbortSignal
  readonly clock?: Clock
  readonly limits?: FeedLimits
  readonly random?: () => number
  /** In place of real connections. */
  readonly dial?: Dial
}

/** Somebody waits for the answer: what could be asked only after this is refused at once. */
const LONGEST_WAIT: Millis = 5 * SECOND

/** Runs a venue's REST calls within its limits. Rejects with a FaultError, nothing else. */
export type RunRest = <T>(call: RestCall<T>) => Promise<T>

/** All venues, collected. */
export interface Collector {
  /** Absent `chosen`: each venue's default markets. `extra` (open charts) come on top. */
  setWatch(chosen: readonly InstrumentKey[] | undefined, extra?: readonly InstrumentKey[]): void
  /** What is watched now, venue by venue. */
  watched(): readonly InstrumentKey[]
  setEnabled(venues: readonly VenueId[]): void
  /** Reads a venue by another of its feeds from now on. */
  setFeed(exchange: Exchange): void
  /** Connects all venues anew through this network. */
  setNetwork(settings: NetworkSettings): void
  /** Dials anew, with the venue's keys as they now are. */
  reconnect(venue: VenueId): void
  /** The venue needs no keys, or they are there. */
  hasKeys(venue: VenueId): boolean
  /** The machine slept: whatever the sockets look like, the other side has given them up. All are replaced. */
  wake(): void
  /** One row per exchange, in their order; those that are off too. */
  health(): readonly VenueHealth[]
  samples(venue: VenueId): readonly MalformedSample[]
  /** Of the enabled venues. */
  watermarks(): Partial<Record<VenueId, Millis>>
  /** Undefined for a venue that is off. */
  rest(venue: VenueId): RunRest | undefined
  /** Ends all sockets and timers. Open gaps stay open: whoever keeps the journal closes them. */
  close(): Promise<void>
}

/** Begins to collect at once. Settings that cannot be used leave all venues down with the fault, until they are changed. */
export function createCollector(options: CollectorOptions): Collector {
  const { clock = systemClock, limits = FEED_LIMITS, random = Math.random } = options
  const exchanges = [...options.exchanges]
  const feeds = new Map<VenueId, VenueFeed>()
  const known = new Map<VenueId, readonly Instrument[]>()
  for (const each of exchanges)
    known.set(
      each.id,
      (options.knownInstruments ?? []).filter(({ venue }) => venue === each.id),
    )
  const gaps = new Map<VenueId, GapStates>(exchanges.map(({ id }) => [id, new Map()]))
  let enabled: readonly VenueId[] = options.enabled
  let chosen = options.watch
  let extra: readonly InstrumentKey[] = []
  let network: Network | undefined
  let fault: Fault | undefined
  let changedAt = clock.now()
  let closed = false

  const listener: CollectorListener = {
    ...options,
    onInstruments(venue, instruments) {
      known.set(venue, instruments)
      options.onInstruments(venue, instruments)
    },
  }
  const watchOf = (venue: VenueId) => {
    const mine = (keys: readonly InstrumentKey[]) => keys.filter((key) => venueOf(key) === venue)
    return [chosen && mine(chosen), mine(extra)] as const
  }
  const open = (exchange: Exchange, through: Network) => {
    const feed = openVenueFeed(exchange, known.get(exchange.id) ?? [], {
      dial: options.dial ?? createDial(through, clock, limits),
      get: createGet(through, clock, limits),
      clock,
      random,
      limits,
      gaps: gaps.get(exchange.id) ?? new Map(),
      secrets: options.secrets,
      keep: options.keep,
      standIn: createStandIn(exchange, () => {
        const other = exchanges.find(({ id }) => id === exchange.standIn?.venue)
        const rest = other && feeds.get(other.id)?.rest
        return other && rest && { exchange: other, run: (call) => rest.run(call) }
      }),
      resolve: (kind, url) => through.resolve(exchange.id, kind, url),
      listener,
    })
    feeds.set(exchange.id, feed)
    feed.setWatch(...watchOf(exchange.id))
  }
  const shut = (venue: VenueId, leaving: boolean) => {
    const feed = feeds.get(venue)
    if (leaving) feed?.leave()
    feed?.close()
    feeds.delete(venue)
  }
  const apply = () => {
    for (const { id } of exchanges)
      if (feeds.has(id) && (!enabled.includes(id) || !network)) shut(id, !enabled.includes(id))
    if (!network || closed) return
    for (const each of exchanges) if (enabled.includes(each.id) && !feeds.has(each.id)) open(each, network)
  }
  const connect = (settings: NetworkSettings) => {
    for (const { id } of exchanges) shut(id, false)
    network?.close()
    changedAt = clock.now()
    try {
      network = openNetwork(settings)
      fault = undefined
    } catch (error) {
      network = undefined
      fault = toFault(error)
      for (const id of enabled) options.onFault?.(id, fault)
    }
    apply()
  }
  const close = () => {
    closed = true
    for (const { id } of exchanges) shut(id, false)
    network?.close()
  }

  connect(options.network)
  if (options.signal?.aborted) close()
  options.signal?.addEventListener('abort', close, { once: true })

  return {
    setWatch(nextChosen, nextExtra = []) {
      chosen = nextChosen
      extra = nextExtra
      for (const [venue, feed] of feeds) feed.setWatch(...watchOf(venue))
    },
    watched: () => exchanges.flatMap(({ id }) => feeds.get(id)?.watched() ?? []),
    setEnabled(venues) {
      enabled = venues
      changedAt = clock.now()
      apply()
    },
    setFeed(exchange) {
      const place = exchanges.findIndex(({ id }) => id === exchange.id)
      if (place < 0 || exchanges[place] === exchange) return
      exchanges[place] = exchange
      shut(exchange.id, false)
      apply()
    },
    setNetwork: connect,
    hasKeys: (venue) => feeds.get(venue)?.hasKeys ?? false,
    reconnect: (venue) => feeds.get(venue)?.reconnect(),
    wake() {
      for (const feed of feeds.values()) feed.reconnect('halted')
    },
    health: () =>
      exchanges.map(
        ({ id }) => feeds.get(id)?.health() ?? toIdle(id, changedAt, enabled.includes(id) ? fault : undefined),
      ),
    samples: (venue) => feeds.get(venue)?.samples() ?? [],
    watermarks: () => Object.fromEntries([...feeds].map(([venue, feed]) => [venue, feed.watermark()])),
    rest(venue) {
      const runner = feeds.get(venue)?.rest
      return (
        runner &&
        (async (call) => {
          const wait = runner.wait(call)
          if (wait > LONGEST_WAIT)
            throw new FaultError('rate-limited', `${venue} can be asked again in ${Math.ceil(wait / SECOND)} s.`)
          return runner.run(call)
        })
      )
    },
    close() {
      options.signal?.removeEventListener('abort', close)
      if (!closed) close()
      return Promise.resolve()
    },
  }
}

/** A venue without a feed: switched off, or without a network to reach it. */
function toIdle(venue: VenueId, since: Millis, fault: Fault | undefined): VenueHealth {
  return {
    venue,
    state: fault ? 'down' : 'off',
    since,
    ...(fault ? { fault } : {}),
    attempt: 0,
    messages: 0,
    trades: 0,
    messagesPerSecond: 0,
    tradesPerSecond: 0,
    reconnects: 0,
    gaps: 0,
    malformed: {},
    markets: 0,
    troubled: [],
    budget: 0,
    limits: [],
  }
}
