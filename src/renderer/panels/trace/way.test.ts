import { expect, test } from 'vitest'
import type { Hop } from '../../../shared/kafka-view.ts'
import { toWay } from './way.ts'

const record = { topic: 'trades', partition: 1, offset: '42' }
const HOPS: readonly Hop[] = [
  { hop: 'exchange', at: 1_000 },
  { hop: 'socket', at: 1_030 },
  { hop: 'journal', at: 1_045 },
  { hop: 'aggregate', at: 4_100, bar: { openAt: 1_000, revision: 0 } },
  { hop: 'sent', at: 1_060, record },
  { hop: 'acked', at: 1_064, record },
  { hop: 'consumed', at: 1_070, record },
  { hop: 'stored', at: 1_100, where: 'market.db' },
]
const deltas = (hops: readonly Hop[], at?: number) =>
  toWay(hops, at === undefined ? {} : { at }).lines.map(({ hop, since }) => [
    hop,
    since && `${since.ms} since ${since.hop}${since.isAbove ? '' : ', further up'}`,
  ])

test('W2 each hop is measured from the one it follows from, not from the line above', () => {
  expect(deltas(HOPS, 1_051)).toEqual([
    ['exchange', undefined],
    ['socket', '30 since exchange'],
    ['journal', '15 since socket'],
    ['aggregate', '3055 since journal'],
    ['sent', '15 since journal, further up'],
    ['acked', '4 since sent'],
    ['consumed', '10 since sent, further up'],
    ['stored', '55 since journal, further up'],
    ['painted', '21 since socket, further up'],
  ])
})

test('W2 where a hop is not known, the next is measured from the one before it', () => {
  const hops = HOPS.map((each): Hop => (each.hop === 'journal' ? { hop: 'journal', missing: 'not-in-journal' } : each))
  expect(deltas(hops, 1_051).find(([hop]) => hop === 'sent')).toEqual(['sent', '30 since socket, further up'])
})

test('W2 the totals go from the exchange to the pixel, and to the last hop', () => {
  const { toPixel, toLast, isComplete } = toWay(HOPS, { at: 1_051 })
  expect({ toPixel, toLast, isComplete }).toEqual({
    toPixel: 51,
    toLast: { hop: 'aggregate', ms: 3_100 },
    isComplete: true,
  })
})

test('W2 a venue’s clock that is ahead of ours is said, and its negative time shown as it is', () => {
  const way = toWay(
    [
      { hop: 'exchange', at: 1_000 },
      { hop: 'socket', at: 966 },
    ],
    undefined,
  )
  expect(way).toMatchObject({ ahead: 34, toLast: { hop: 'exchange', ms: 0 } })
  expect(way.lines[1]?.since?.ms).toBe(-34)
  expect(toWay(HOPS, undefined).ahead).toBeUndefined()
})

test('W2 a way is complete when nothing that is missing may still come', () => {
  const missing = (reason: NonNullable<Hop['missing']>) =>
    toWay([...HOPS.slice(0, 4), { hop: 'sent', missing: reason }], undefined).isComplete
  expect([missing('in-outbox'), missing('cluster-away'), missing('no-cluster'), missing('not-sent')]).toEqual([
    false,
    false,
    true,
    true,
  ])
})

test('W2 what the page did not paint says why', () => {
  expect([toWay(HOPS, undefined), toWay(HOPS, {})].map(({ lines }) => lines.at(-1))).toEqual([
    { hop: 'painted', missing: 'from-history' },
    { hop: 'painted', missing: 'not-drawn' },
  ])
})

test('W2 a second destination is measured from its own sending', () => {
  const hops: readonly Hop[] = [...HOPS, { hop: 'sent', at: 1_080 }, { hop: 'acked', at: 1_089 }]
  expect(deltas(hops).slice(8, 10)).toEqual([
    ['sent', '35 since journal, further up'],
    ['acked', '9 since sent'],
  ])
})
