import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Health, VenueHealth } from '../shared/engine-view.ts'
import type { Fault } from '../shared/faults.ts'
import { DAY, SECOND, VENUES } from '../shared/market.ts'
import type { HealthSources } from './health.ts'
import { checkClock, createDayCounter, createHealth } from './health.ts'

const START = 1_790_000_000_000

const venue = (id: VenueHealth['venue'], more: Partial<VenueHealth> = {}): VenueHealth => ({
  venue: id,
  state: 'live',
  since: START,
  attempt: 0,
  messages: 21,
  trades: 4,
  messagesPerSecond: 10.5,
  tradesPerSecond: 2,
  reconnects: 0,
  gaps: 0,
  malformed: {},
  markets: 1,
  troubled: [],
  budget: 0,
  limits: [],
  ...more,
})

interface Known {
  trades?: number
  venues?: readonly VenueHealth[]
  journal?: Fault
  store?: Fault
  csv?: Fault
  backup?: Fault
}

/** The parts of an engine, saying what the test says. */
function sourcesOf(known: Known): HealthSources {
  return {
    startedAt: START,
    mode: () => ({ mode: 'live' }),
    collector: { health: () => known.venues ?? [] },
    journal: {
      stats: () => ({
        bytes: 1,
        records: 2,
        pending: 3,
        dropped: 4,
        ...(known.journal ? { fault: known.journal } : {}),
      }),
    },
    store: { stats: () => ({ bytes: 5, trades: 6, behind: 7, ...(known.store ? { fault: known.store } : {}) }) },
    hub: { delay: () => undefined },
    csv: () => (known.csv ? { stats: () => ({ file: 'x.csv', written: 8, fault: known.csv! }) } : undefined),
    trades: () => known.trades ?? 0,
    gaps: () => 9,
    backupFault: () => known.backup,
    instrumentsRevision: () => 10,
  }
}

afterEach(() => vi.useRealTimers())

describe('the health of everything', () => {
  test('puts the parts together: rates are summed, the delay is the worst venue’s', () => {
    const venues = [venue('upbit', { delay: { p50: 5, p99: 20 } }), venue('binance', { delay: { p50: 1, p99: 90 } })]
    const health = createHealth(sourcesOf({ venues }))
    expect(health.now()).toEqual({
      at: expect.any(Number) as number,
      mode: { mode: 'live' },
      venues,
      engine: {
        startedAt: START,
        rss: expect.any(Number) as number,
        messagesPerSecond: 21,
        tradesPerSecond: 0,
        delay: { p50: 1, p99: 90 },
        stall: 0,
      },
      journal: { bytes: 1, records: 2, pending: 3, dropped: 4 },
      store: { bytes: 5, trades: 6, behind: 7 },
      gapsToday: 9,
      faults: [],
      instrumentsRevision: 10,
    } satisfies Health)
    health.close()
  })

  test('names the fault of each part that has one', () => {
    const journal: Fault = { code: 'journal-quota', message: 'j' }
    const store: Fault = { code: 'disk-full', message: 's' }
    const csv: Fault = { code: 'disk-failed', message: 'c' }
    const backup: Fault = { code: 'backup-room', message: 'b' }
    const health = createHealth(sourcesOf({ journal, store, csv, backup }))
    expect(health.now().faults).toEqual([journal, store, csv, backup])
    health.close()
  })

  test('counts trades second by second, and tells nobody who has left', () => {
    vi.useFakeTimers()
    const known: Known = { trades: 100 }
    const health = createHealth(sourcesOf(known))
    const told: number[] = []
    const leave = health.onChange(({ engine }) => told.push(engine.tradesPerSecond))
    known.trades = 130
    vi.advanceTimersByTime(SECOND)
    known.trades = 135
    vi.advanceTimersByTime(SECOND)
    leave()
    vi.advanceTimersByTime(SECOND)
    expect(told).toEqual([30, 5])
    health.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a day counter begins again at midnight UTC', () => {
  let now = START
  const counter = createDayCounter(() => now)
  counter.add()
  counter.add()
  const today = counter.count()
  now = Math.ceil(START / DAY) * DAY
  expect([today, counter.count()]).toEqual([2, 0])
  counter.add()
  expect(counter.count()).toBe(1)
})

describe('A-12 this machine’s clock against the sources', () => {
  const skewed = (...skews: (number | undefined)[]) =>
    skews.map((skew, nth) => venue(VENUES[nth]!, skew === undefined ? {} : { skew }))

  test('A-12 is the median of what they tell: one wrong source moves nothing', () => {
    expect(checkClock(skewed(-40, 10, 3_600_000))).toEqual({ offset: -10, sources: 3 })
    expect(checkClock(skewed(-42_000, -41_000, -43_000, undefined))).toEqual({ offset: 42_000, sources: 3 })
    // Of two minds.
    expect(checkClock(skewed(-90_000, 20))).toEqual({ offset: -20, sources: 2 })
  })

  test('A-12 is not told by one source among several, nor by those that are off', () => {
    expect([checkClock([]), checkClock(skewed(50_000, undefined)), checkClock(skewed(50_000))]).toEqual([
      undefined,
      undefined,
      { offset: -50_000, sources: 1 },
    ])
    expect(checkClock(skewed(5, 6).map((each) => ({ ...each, state: 'off' as const })))).toBe(undefined)
  })

  test('A-12 more than 30 s off is one fault that names Gate.io, 30 s are none', () => {
    const faultsAt = (offset: number) => {
      const health = createHealth(sourcesOf({ venues: skewed(offset, offset, offset) }))
      const { faults, clock } = health.now()
      health.close()
      return { faults: faults.map(({ code, message }) => `${code}: ${message}`), offset: clock?.offset }
    }
    expect(faultsAt(30_000)).toEqual({ faults: [], offset: -30_000 })
    expect(faultsAt(61_000)).toEqual({
      faults: [
        'clock-off: This machine’s clock is 61 s behind those of 3 sources. Set it by network time: Gate.io refuses requests that are 60 s off.',
      ],
      offset: -61_000,
    })
  })
})
