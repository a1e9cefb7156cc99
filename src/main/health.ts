import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Health, Mode } from '../shared/contract.ts'
import type { Fault } from '../shared/faults.ts'
import type { Millis } from '../shared/market.ts'
import { DAY, SECOND } from '../shared/market.ts'
import type { Collector } from './feed/collector.ts'
import type { Hub } from './hub.ts'
import type { Journal } from './journal/journal.ts'
import type { CsvSink } from './roles/csv.ts'
import type { Store } from './store/store.ts'

export interface HealthSources {
  readonly startedAt: Millis
  readonly mode: () => Mode
  readonly collector: Pick<Collector, 'health'>
  readonly journal: Pick<Journal, 'stats'>
  readonly store: Pick<Store, 'stats'>
  readonly hub: Pick<Hub, 'delay'>
  readonly csv: () => Pick<CsvSink, 'stats'> | undefined
  /** Trades seen since the start. */
  readonly trades: () => number
  readonly gaps: () => number
  readonly instrumentsRevision: () => number
}

/** The state of everything, once a second, as one value. */
export function createHealth(sources: HealthSources) {
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  const listeners = new Set<(health: Health) => void>()
  let rate = 0
  let counted = sources.trades()
  let stall = 0

  const now = (): Health => {
    const venues = sources.collector.health()
    const delay = slowest(venues)
    const toHub = sources.hub.delay()
    const csv = sources.csv()?.stats()
    const journal = sources.journal.stats()
    const store = sources.store.stats()
    const faults: Fault[] = []
    for (const fault of [journal.fault, store.fault, csv?.fault]) if (fault) faults.push(fault)
    return {
      at: Date.now(),
      mode: sources.mode(),
      venues,
      engine: {
        startedAt: sources.startedAt,
        rss: process.memoryUsage.rss(),
        messagesPerSecond: venues.reduce((sum, venue) => sum + venue.messagesPerSecond, 0),
        tradesPerSecond: rate,
        ...(delay ? { delay } : {}),
        ...(toHub ? { toHub } : {}),
        stall,
      },
      journal,
      store,
      ...(csv ? { csv } : {}),
      gapsToday: sources.gaps(),
      faults,
      instrumentsRevision: sources.instrumentsRevision(),
    }
  }

  const timer = setInterval(() => {
    rate = sources.trades() - counted
    counted = sources.trades()
    stall = Math.round(delays.max / 1e6)
    delays.reset()
    if (listeners.size === 0) return
    const health = now()
    for (const listener of listeners) listener(health)
  }, SECOND)

  return {
    now,
    onChange(listener: (health: Health) => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      clearInterval(timer)
      delays.disable()
      listeners.clear()
    },
  }
}

/** The delay a trader waits for: the worst venue's. */
function slowest(venues: Health['venues']): Health['engine']['delay'] {
  let worst: Health['engine']['delay']
  for (const { delay } of venues) if (delay && (!worst || delay.p99 > worst.p99)) worst = delay
  return worst
}

/** Counts what happened today (UTC day), starting again at midnight. */
export function createDayCounter(clock: () => Millis = Date.now) {
  let day = 0
  let count = 0
  const turn = () => {
    const today = Math.floor(clock() / DAY)
    if (today !== day) count = 0
    day = today
  }
  return {
    add() {
      turn()
      count += 1
    },
    count() {
      turn()
      return count
    },
  }
}
