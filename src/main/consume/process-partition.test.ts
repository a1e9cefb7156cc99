import { expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { encodeEvent } from '../../shared/wire.ts'
import type { InBatch } from '../bus/bus.ts'
import { clock, START, trade } from '../journal/fixtures.ts'
import { createBarsFold } from '../pipeline/bars.ts'
import { createProcessPartition } from './process-partition.ts'

const owns = () => true

/** A minute of trades, three a second, with a clock record a second. */
const events: MarketEvent[] = Array.from({ length: 60 }, (_, index) => {
  const at = START + index * SECOND
  return [
    ...[100, 400, 900].map((after) =>
      trade(`${index}-${after}`, at + after, { data: { price: String(100 + index + after) } }),
    ),
    clock(at + SECOND),
  ]
}).flat()

function batch(list: readonly { readonly offset: number; readonly value: string | null }[]): InBatch {
  return {
    topic: 't',
    partition: 0,
    end: BigInt(list.at(-1)!.offset + 1),
    records: list.map(({ offset, value }) => ({
      topic: 't',
      partition: 0,
      offset: BigInt(offset),
      key: null,
      value: value === null ? null : Buffer.from(value),
      headers: {},
      timestamp: 0,
    })),
  }
}
const lines = events.map((event, offset) => ({ offset, value: encodeEvent(event) }))
const collectors = createBarsFold({ owns }).apply({ topic: 't', partition: 0, base: 0, events }).output
const name = ({ instrument, data }: (typeof collectors)[number]) => `${instrument} ${data.openAt} ${data.revision}`

test('bars are the collector’s own, digit for digit, however the records are cut into batches', () => {
  const process = createProcessPartition(owns)
  const bars = []
  for (let at = 0; at < lines.length; at += 7) bars.push(...process.apply(batch(lines.slice(at, at + 7))).bars)
  expect(bars).toEqual(collectors)
})

test('after a rebalance the next member begins at the cursor and gives the same bars', () => {
  const first = createProcessPartition(owns).apply(batch(lines.slice(0, 130)))
  const second = createProcessPartition(owns).apply(batch(lines.slice(Number(first.cursor))))
  const bars = new Map([...first.bars, ...second.bars].map((bar) => [name(bar), bar]))
  expect([...bars.values()]).toEqual(collectors)
})

test('a trade that another collector tells too counts once, and what cannot be read is left out', () => {
  const doubled = lines.flatMap(({ value }, index) => [
    { offset: index * 3, value },
    { offset: index * 3 + 1, value: events[index]!.data.kind === 'trade' ? value : null },
    { offset: index * 3 + 2, value: 'no JSON' },
  ])
  const { bars, duplicates, unreadable } = createProcessPartition(owns).apply(batch(doubled))
  expect({ bars, duplicates, unreadable }).toEqual({ bars: collectors, duplicates: 180, unreadable: 300 })
})
