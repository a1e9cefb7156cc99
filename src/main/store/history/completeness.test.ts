import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Completeness } from '../../../shared/export-view.ts'
import type { GapReason, Millis } from '../../../shared/market.ts'
import { DAY, SECOND } from '../../../shared/market.ts'
import { BTC, START, second } from '../../journal/fixtures.ts'
import { MARKET_MIGRATIONS } from '../migrations/index.ts'
import { createBarTable } from '../tables/bars.ts'
import { createInstrumentTable } from '../tables/instruments.ts'
import { prepareQueries } from './queries.ts'

interface Facts {
  readonly watched: readonly [first: Millis, last: Millis]
  readonly gaps: readonly { readonly since: Millis; readonly until?: Millis; readonly reason: GapReason }[]
  readonly seconds: readonly { readonly openAt: Millis; readonly state: 'traded' | 'backfilled' }[]
}

function storeOf({ watched, gaps, seconds }: Facts) {
  const db = new Database(':memory:')
  for (const { sql } of MARKET_MIGRATIONS) db.exec(sql)
  const id = createInstrumentTable(db).idOf(BTC)
  const insert = db.prepare('INSERT INTO gaps (instrument, since, until, reason) VALUES (?, ?, ?, ?)')
  db.transaction(() => {
    for (const { since, until, reason } of gaps) insert.run(id, since, until ?? null, reason)
    const bars = createBarTable(db, () => 0)
    for (const { openAt, state } of seconds) bars.put(id, 'upbit', second(openAt, '1', { state }).data)
    db.prepare('INSERT INTO coverage VALUES (?, ?, ?)').run(id, ...watched)
  })()
  return prepareQueries(db)
}

/** The rule, second by second. */
function stateOf({ watched, gaps, seconds }: Facts, at: Millis): Completeness['runs'][number]['state'] {
  if (at + SECOND <= watched[0] || at > watched[1]) return 'unwatched'
  const touching = gaps.filter(({ since, until }) => since < at + SECOND && (until ?? Infinity) > at)
  if (touching.some(({ reason }) => reason === 'unwatched')) return 'unwatched'
  const bar = seconds.find(({ openAt }) => openAt === at)
  if (touching.length === 0) return 'live'
  return bar ? (bar.state === 'backfilled' ? 'backfilled' : 'live') : 'missing'
}

const RANGE = 60 * SECOND
const instant = fc.integer({ min: -10 * SECOND, max: RANGE + 10 * SECOND }).map((offset) => START + offset)
const facts: fc.Arbitrary<Facts> = fc.record({
  watched: fc.tuple(instant, instant).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  gaps: fc.uniqueArray(
    fc
      .record({
        since: instant,
        length: fc.option(fc.integer({ min: 1, max: 20 * SECOND }), { nil: undefined }),
        reason: fc.constantFrom<GapReason>('disconnected', 'unwatched', 'engine-down'),
      })
      .map(({ since, length, reason }) =>
        length === undefined ? { since, reason } : { since, until: since + length, reason },
      ),
    { selector: ({ since }) => since, maxLength: 6 },
  ),
  seconds: fc.uniqueArray(
    fc.record({
      openAt: fc.integer({ min: 0, max: 59 }).map((index) => START + index * SECOND),
      state: fc.constantFrom('traded' as const, 'backfilled' as const),
    }),
    { selector: ({ openAt }) => openAt, maxLength: 20 },
  ),
})

test('A-20 counted by spans, every second has the state that the rule gives it one by one', () => {
  fc.assert(
    fc.property(facts, (known) => {
      const found = storeOf(known).completeness({ instrument: BTC, from: START, to: START + RANGE })
      const states = Array.from({ length: 60 }, (_, index) => stateOf(known, START + index * SECOND))
      const of = (state: string) => states.filter((each) => each === state).length
      const { runs, ...counts } = found
      expect(counts).toEqual({
        instrument: BTC,
        seconds: 60,
        live: of('live'),
        backfilled: of('backfilled'),
        missing: of('missing'),
        unwatched: of('unwatched'),
      })
      expect(runs.flatMap(({ from, to, state }) => Array.from({ length: (to - from) / SECOND }, () => state))).toEqual(
        states,
      )
    }),
    { numRuns: 500 },
  )
})

test('A strip has at most 200 runs, and no missing second gets lost among live ones.', () => {
  const gaps = Array.from({ length: 5_000 }, (_, index) => {
    const since = START + index * 17 * SECOND
    return { since, until: since + 1, reason: 'disconnected' as const }
  })
  const { runs, ...counts } = storeOf({ watched: [START, START + DAY - 1], gaps, seconds: [] }).completeness({
    instrument: BTC,
    from: START,
    to: START + DAY,
  })
  expect(counts).toMatchObject({ seconds: 86_400, missing: 5_000, live: 81_400, unwatched: 0 })
  expect([runs.length <= 200, runs[0], runs.at(-1)?.to]).toEqual([
    true,
    { from: START, to: expect.any(Number), state: 'missing' },
    START + DAY,
  ])
})

test('A market that was never seen is unwatched throughout.', () => {
  const queries = storeOf({ watched: [START, START + SECOND], gaps: [], seconds: [] })
  expect(queries.completeness({ instrument: 'okx:BTC/USDT', from: START, to: START + 2 * SECOND })).toEqual({
    instrument: 'okx:BTC/USDT',
    seconds: 2,
    live: 0,
    backfilled: 0,
    missing: 0,
    unwatched: 2,
    runs: [{ from: START, to: START + 2 * SECOND, state: 'unwatched' }],
  })
})
