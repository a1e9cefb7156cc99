import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { LAYOUTS } from './columns.ts'
import { countRows } from './count.ts'
import { readMarkets } from './markets.ts'
import { marketRows } from './rows.ts'
import { openSampleMarket, sampleRequest, sampleTrades, START, UPBIT } from './sample-market.ts'
import { readWatched } from './watched.ts'

const market = openSampleMarket()
afterAll(() => market.remove())

const SPAN = 200
const second = fc.integer({ min: 0, max: SPAN })
const pair = fc.tuple(second, second).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const)

test('A-20 rows counted are the rows written, whatever was watched, missing or traded', () => {
  const cases = fc.record({
    watched: pair,
    gaps: fc.uniqueArray(fc.tuple(pair, fc.constantFrom('silent', 'unwatched')), {
      selector: ([[since]]) => since,
      maxLength: 4,
    }),
    traded: fc.uniqueArray(second, { maxLength: 30 }),
    range: pair,
    interval: fc.constantFrom(1_000, 5_000, 18_000),
    emptySeconds: fc.boolean(),
  })
  fc.assert(
    fc.property(cases, ({ watched, gaps, traded, range, interval, emptySeconds }) => {
      market.db.exec('DELETE FROM bars; DELETE FROM gaps; DELETE FROM coverage')
      market.watched(UPBIT, START + watched[0] * 1_000, START + watched[1] * 1_000)
      for (const [[since, until], reason] of gaps)
        market.gap(UPBIT, START + since * 1_000, START + until * 1_000, reason)
      const isWatched = (at: number) =>
        at >= watched[0] &&
        at <= watched[1] &&
        !gaps.some(([[since, until], why]) => why === 'unwatched' && at >= since && at < until)
      const bars = traded
        .filter(isWatched)
        .map((at) => ({ openAt: START + at * 1_000, price: '1', volume: '1', trades: 1 }))
      market.bars(UPBIT, bars)
      const [from, to] = [START + range[0] * 1_000 + 300, START + range[1] * 1_000 + 700]
      const request = sampleRequest({ kind: 'bars', interval, from, to, emptySeconds })
      const [asked] = readMarkets(market.db, [UPBIT])
      const facts = readWatched(market.db, asked!, request)
      const opened = [...marketRows(market.db, LAYOUTS.bars, request, asked!, facts)]
        .flat()
        .map((row) => row[0] as number)
      expect({ rows: opened.length, order: opened }).toEqual({
        rows: countRows(market.db, request, asked!, facts, () => false),
        order: [...new Set(opened)].toSorted((a, b) => a - b),
      })
    }),
    {
      numRuns: 200,
      // A trade behind the range, in the bar that opens last in it.
      examples: [
        [
          {
            watched: [0, 151],
            gaps: [[[0, 151], 'unwatched']],
            traded: [151],
            range: [0, 150],
            interval: 18_000,
            emptySeconds: true,
          },
        ],
      ],
    },
  )
})

test('a count that is stopped is an estimate from what it has seen', () => {
  sampleTrades(market, [UPBIT], 50_000)
  const request = sampleRequest({ kind: 'trades', to: START + 10_000 })
  const [asked] = readMarkets(market.db, [UPBIT])
  const facts = readWatched(market.db, asked!, request)
  const count = (stopped: boolean) => countRows(market.db, request, asked!, facts, () => stopped)
  expect({ exact: count(false), estimate: count(true) }).toEqual({ exact: 50_000, estimate: 50_000 })
})
