import type { LimitUse } from '../../shared/engine-view.ts'
import type { Fault } from '../../shared/faults.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { CHANNELS, SECOND } from '../../shared/market.ts'
import type { Control, Exchange, SocketPlan } from '../exchanges/exchange.ts'
import type { Access } from './access.ts'
import { createBudget, shareOf } from './budget.ts'
import type { Clock } from './clock.ts'
import type { Dial } from './dial.ts'
import type { Directory } from './directory.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { GapLedger } from './gap-ledger.ts'
import type { Link, LinkListener } from './link.ts'
import type { Source } from './session.ts'
import { openLink } from './open-link.ts'
import type { Market, Trouble } from './market.ts'
import { createMarket } from './market.ts'
import type { Refusal } from './refusal.ts'
import type { SilenceWatch } from './stale.ts'
import { toDefaultWatch, toWants } from './wants.ts'

export interface WatchesParts {
  readonly exchange: Exchange
  readonly directory: Directory
  readonly ledger: GapLedger
  readonly silence: SilenceWatch
  readonly clock: Clock
  readonly limits: FeedLimits
  readonly random: () => number
  readonly dial: Dial
  readonly listener: LinkListener
  readonly access?: Access | undefined
  readonly refusal?: Refusal | undefined
  resolve(url: string): string
}

/** The watched markets of a venue and the links that carry them. */
export interface Watches {
  /** By the venue's symbol. */
  readonly markets: ReadonlyMap<string, Market>
  readonly links: readonly Link[]
  /** What is wanted but cannot be had, by key. */
  readonly unlisted: ReadonlyMap<InstrumentKey, Trouble>
  set(chosen: readonly InstrumentKey[] | undefined, extra: readonly InstrumentKey[]): void
  /** Brings links in line with what is wanted and known now. */
  apply(): void
  keys(): readonly InstrumentKey[]
  byKey(key: InstrumentKey): Market | undefined
  of(link: Link): readonly Market[]
  /** Symbols whose link has brought nothing for a while. */
  away(): readonly string[]
  /** No socket brings it now. */
  isAway(native: string): boolean
  onRefused(source: Source, control: Extract<Control, { control: 'refused' }>): void
  retryRefused(): void
  reconnect(): void
  /** Connections dialled, and frames of the fullest connection. */
  limits(): readonly LimitUse[]
  close(): void
}

/** After a refusal, markets of the same socket that say nothing for so long were refused along with it. Each refusal that names none doubles it. */
const TAKEN_ALONG: Millis = 3 * SECOND

export function createWatches(parts: WatchesParts): Watches {
  const { exchange, directory, ledger, silence, clock, limits } = parts
  const connects = createBudget(exchange.limits.connects, clock)
  const markets = new Map<string, Market>()
  const unlisted = new Map<InstrumentKey, Trouble>()
  let links: Link[] = []
  let chosen: readonly InstrumentKey[] | undefined
  let extra: readonly InstrumentKey[] = []
  let keys: readonly InstrumentKey[] = []
  let sockets = 0
  let isSet = false
  let closed = false
  const timers = new Set<() => void>()
  /** Refusals that named no market. */
  const unnamed = new WeakMap<Source, number>()
  /** One of them waits for its consequence. */
  const answering = new WeakSet<Source>()

  const refuse = (key: InstrumentKey, reason: string): Trouble => {
    ledger.open(key, 'refused', clock.now())
    return { fault: { code: 'market-refused', message: `${key}: ${reason}` }, since: clock.now() }
  }
  const leave = (key: InstrumentKey) => {
    const market = byKey(key)
    if (market) {
      markets.delete(market.native)
      silence.remove(market.native)
    }
    unlisted.delete(key)
    ledger.open(key, 'unwatched', clock.now())
  }
  const enter = (key: InstrumentKey) => {
    const native = directory.native(key)
    if (native === undefined) {
      ledger.open(key, ledger.reason(key) === 'refused' ? 'refused' : 'connecting', clock.now())
      if (directory.fresh && !unlisted.has(key))
        unlisted.set(key, refuse(key, `${exchange.names.en} does not list this market.`))
      return
    }
    unlisted.delete(key)
    if (markets.has(native)) return
    markets.set(native, createMarket(native, key, exchange.identity))
    for (const channel of exchange.channelsOf?.(native) ?? CHANNELS) silence.add(native, channel)
    ledger.open(key, 'connecting', clock.now())
  }
  const byKey = (key: InstrumentKey) => {
    for (const market of markets.values()) if (market.key === key) return market
    return undefined
  }
  const match = (plans: readonly SocketPlan[]) => {
    const free = [...links]
    links = plans.map((plan) => {
      const at = free.findIndex((link) => link.plan.urls.join() === plan.urls.join())
      const [link] = at < 0 ? [] : free.splice(at, 1)
      if (!link) return open(plan)
      link.update(plan)
      return link
    })
    for (const link of free) link.close()
    for (const market of markets.values()) market.link = undefined
    for (const link of links)
      for (const want of link.plan.wants) {
        const market = markets.get(want.market)
        if (market) market.link = link
      }
  }
  const open = (plan: SocketPlan) =>
    openLink(
      {
        exchange,
        plan,
        dial: parts.dial,
        clock,
        random: parts.random,
        connects,
        limits,
        access: parts.access,
        refusal: parts.refusal,
        resolve: (url) => parts.resolve(url),
        isRefused: (native) => markets.get(native)?.refused !== undefined,
        number: () => (sockets += 1),
      },
      parts.listener,
    )
  const apply = () => {
    if (closed || !isSet) return
    // Nobody misses what nobody asked for: without its keys a venue has no markets of its own accord.
    const hasKeys = parts.access?.hasKeys ?? true
    const defaults = hasKeys ? toDefaultWatch(exchange.id, directory.instruments) : []
    const wanted = [...new Set([...(chosen ?? defaults), ...extra])]
    for (const key of keys) if (!wanted.includes(key)) leave(key)
    keys = wanted
    for (const key of wanted) enter(key)
    replan()
  }
  const replan = () => {
    const served = [...markets.values()].filter((market) => !market.refused).map((market) => market.native)
    match(served.length > 0 ? exchange.connect(toWants(served, exchange.channelsOf)) : [])
  }
  const later = (delay: Millis, run: () => void) => {
    const cancel = clock.after(delay, () => {
      timers.delete(cancel)
      run()
    })
    timers.add(cancel)
  }

  return {
    markets,
    get links() {
      return links
    },
    unlisted,
    set(nextChosen, nextExtra) {
      chosen = nextChosen
      extra = nextExtra
      isSet = true
      apply()
    },
    apply,
    keys: () => keys,
    byKey,
    of: (link) => link.plan.wants.flatMap(({ market }) => markets.get(market) ?? []),
    away() {
      const before = clock.monotonic() - limits.pollAfter
      const carried = links
        .filter(({ awaySince }) => awaySince !== undefined && awaySince <= before)
        .flatMap((link) => link.plan.wants.map(({ market }) => market))
        .filter((native) => markets.has(native))
      // No socket has room for these.
      const left = [...markets.values()].filter((market) => !market.link && !market.refused)
      return [...carried, ...left.map(({ native }) => native)]
    },
    isAway(native) {
      const market = markets.get(native)
      return market !== undefined && (!market.link || market.link.awaySince !== undefined)
    },
    onRefused(source, { market: native, channel, reason }) {
      const market = native === undefined ? undefined : markets.get(native)
      if (market) {
        // 'Already subscribed' and the like: what speaks is not refused.
        if (market.refused || market.spokeOn === source.number) return
        if (channel !== undefined && channel !== 'trade') {
          const fault: Fault = { code: 'market-refused', message: `${market.key}, ${channel}: ${reason}` }
          market.silent.set(channel, { fault, since: clock.now() })
          return
        }
        market.refused = refuse(market.key, reason)
      }
      const times = unnamed.get(source) ?? 0
      if (native === undefined) {
        // A market's channels are refused one by one.
        if (answering.has(source)) return
        answering.add(source)
        unnamed.set(source, times + 1)
      }
      later(Math.min(TAKEN_ALONG * 2 ** (native === undefined ? times : 0), limits.refusedEvery), () => {
        if (native === undefined) answering.delete(source)
        if (closed || !source.live) return
        replan()
        const { wants } = source.link.plan
        const along = wants.filter((want) => markets.get(want.market)?.spokeOn !== source.number)
        // Asked twice, refused twice, while others of the same socket speak: these are what was meant.
        const isMeant = native === undefined && times > 0 && along.length < wants.length
        if (isMeant) {
          for (const want of along) {
            const silent = markets.get(want.market)
            if (silent) silent.refused = refuse(silent.key, reason)
          }
          replan()
        } else if (along.length > 0) source.link.subscribe(along)
      })
    },
    retryRefused() {
      for (const market of markets.values()) market.refused = undefined
      unlisted.clear()
      apply()
    },
    reconnect() {
      for (const link of links) link.reconnect()
    },
    limits() {
      const used = links.flatMap((link) => link.use() ?? [])
      const [fullest = { used: 0, ...exchange.limits.frames }] = used.toSorted((a, b) => shareOf(b) - shareOf(a))
      return [
        { of: 'connects', ...connects.use() },
        { of: 'frames', ...fullest },
      ]
    },
    close() {
      closed = true
      for (const cancel of timers) cancel()
      for (const link of links) link.close()
    },
  }
}
