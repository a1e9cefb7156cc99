import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bar, MarketEvent } from '../../src/shared/market.ts'
import { consumerSchema } from '../../src/shared/kafka-settings.ts'
import { SECOND } from '../../src/shared/market.ts'
import { decodeEvent } from '../../src/shared/wire.ts'
import { partitionOf } from '../../src/shared/topics.ts'
import { runProcess } from '../../src/main/consume/process.ts'
import { BTC, clock, ETH, START, trade } from '../../src/main/journal/fixtures.ts'
import { createBarsFold } from '../../src/main/pipeline/bars.ts'
import type { Setup } from './setup.ts'
import { setup, silent, toRecords, until } from './setup.ts'

let kafka: Setup
beforeAll(async () => {
  kafka = await setup()
})
afterAll(() => kafka.close())

const PARTITIONS = 3
const name = ({ instrument, data }: MarketEvent<Bar>) => `${instrument} ${data.openAt} ${data.revision}`

/** Two minutes of two markets, as a collector's journal has them: clock records in every partition. */
function journal(): readonly (readonly MarketEvent[])[] {
  const partitions: MarketEvent[][] = Array.from({ length: PARTITIONS }, () => [])
  for (let second = 0; second < 120; second += 1) {
    const at = START + second * SECOND
    for (const instrument of [BTC, ETH])
      for (const after of [10, 500, 990])
        partitions[partitionOf(instrument, PARTITIONS)]!.push(
          trade(`${second}-${after}`, at + after, {
            instrument,
            data: { price: `${1_000 + second}.${after}1`, size: '0.1' },
          }),
        )
    for (const partition of partitions) partition.push(clock(at + SECOND))
  }
  return partitions
}

test('process makes the collector’s bars, digit for digit, also across a rebalance', async () => {
  const from = await kafka.topic(PARTITIONS)
  const to = await kafka.topic(PARTITIONS)
  const group = kafka.group()
  const partitions = journal()
  const expected = partitions.flatMap(
    (events, partition) => createBarsFold().apply({ topic: from, partition, base: 0, events }).output,
  )
  const producer = kafka.bus.producer()
  const send = async (begin: number, end: number) => {
    for (const [partition, events] of partitions.entries())
      await producer.send(
        from,
        partition,
        toRecords(events.slice(Math.floor(begin * events.length), Math.floor(end * events.length))),
      )
  }
  const made = async (): Promise<ReadonlyMap<string, MarketEvent<Bar>>> => {
    const bars = new Map<string, MarketEvent<Bar>>()
    for (const { partition, end } of await kafka.bus.admin.ends(to)) {
      const aborter = new AbortController()
      let next = 0n
      if (end! > 0n)
        for await (const { records } of kafka.bus.read(to, partition, 0n, aborter.signal)) {
          for (const { value } of records) {
            const bar = decodeEvent(Buffer.from(value!).toString()) as MarketEvent<Bar>
            bars.set(name(bar), bar)
          }
          next = records.at(-1)!.offset + 1n
          if (next >= end!) aborter.abort()
        }
    }
    return bars
  }

  const spec = consumerSchema.parse({ name: 'process', topics: [from], group, start: 'earliest' })
  const options = { bus: kafka.bus, spec, to, log: silent }
  // The cluster is away when the first one starts.
  const late = kafka.open()
  late.cut(2_000)
  const first = runProcess({ ...options, bus: late })
  await send(0, 0.5)
  await until(async () => (await made()).size > 40)
  const second = runProcess(options)
  await send(0.5, 0.75)
  await until(async () => (await made()).size > 150)
  await first.close()
  await send(0.75, 1)
  await until(async () => (await made()).size === expected.length)
  await second.close()
  await producer.close()
  const bars = await made()
  expect(expected.map((bar) => bars.get(name(bar)))).toEqual(expected)
}, 90_000)
