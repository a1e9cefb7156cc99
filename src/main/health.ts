import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ClockCheck, Health, Mode } from '../shared/engine-view.ts'
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
  /** Why the newest backup failed, if it did. */
  readonly backupFault: () => Fault | undefined
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
    for (const fault of [journal.fault, store.fault, csv?.fault, sources.backupFault()]) if (fault) faults.push(fault)
    const clock = checkClock(venues)
    if (clock && Math.abs(clock.offset) > CLOCK_OFF) faults.push(toClockFault(clock))
    return {
      at: Date.now(),
      mode: sources.mode(),
      venues,
      ...(clock ? { clock } : {}),
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

/** Off by more than this, the clock is worth a notice. Gate.io refuses what is off by a minute. */
const CLOCK_OFF: Millis = 30 * SECOND

/**
 * One source's clock may be wrong, so the median counts, and one alone says nothing while others are watched too. Where
 * they are of two minds the lesser error is believed.
 */
export function checkClock(venues: Health['venues']): ClockCheck | undefined {
  const asked = venues.filter(({ state }) => state !== 'off' && state !== 'needs-key')
  const offsets = asked.flatMap(({ skew }) => (skew === undefined ? [] : [-skew])).toSorted((a, b) => a - b)
  if (offsets.length === 0 || (offsets.length === 1 && asked.length > 1)) return undefined
  const middle = [offsets[Math.floor((offsets.length - 1) / 2)]!, offsets[Math.floor(offsets.length / 2)]!]
  const offset = middle.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0]!
  return { offset, sources: offsets.length }
}

function toClockFault({ offset, sources }: ClockCheck): Fault {
  const seconds = Math.round(Math.abs(offset) / SECOND)
  return {
    code: 'clock-off',
    message: `This machine’s clock is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} those of ${sources} sources. Set it by network time: Gate.io refuses requests that are 60 s off.`,
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
