import { afterAll, beforeAll, expect, test } from 'vitest'
import { FaultError } from '../../src/shared/faults.ts'
import type { Sink } from '../../src/shared/bridge.ts'
import type { Fault } from '../../src/shared/faults.ts'
import type { MessageRow, ScanFrame } from '../../src/shared/kafka-view.ts'
import { messageQuerySchema } from '../../src/shared/kafka-contract.ts'
import type { Bus } from '../../src/main/bus/bus.ts'
import { browse } from '../../src/main/monitor/messages.ts'
import { resend } from '../../src/main/monitor/resend.ts'
import type { Setup } from './setup.ts'
import { setup, until } from './setup.ts'

let kafka: Setup
beforeAll(async () => {
  kafka = await setup()
})
afterAll(() => kafka.close())

/** Runs a query to its end, or until `enough` rows have come; a page that takes every frame at once. */
function ask(
  bus: Bus,
  query: Record<string, unknown>,
  enough = Infinity,
): Promise<{ rows: MessageRow[]; last: ScanFrame | undefined }> {
  return new Promise((resolve, reject) => {
    const rows: MessageRow[] = []
    let last: ScanFrame | undefined
    let leave: () => void = () => {}
    const sink: Sink<ScanFrame> = {
      ready: true,
      onReady: () => {},
      send(frame) {
        rows.push(...frame.rows)
        last = frame
        if (rows.length < enough) return
        leave()
        resolve({ rows, last })
      },
      end: (fault?: Fault) => (fault ? reject(new FaultError(fault.code, fault.message)) : resolve({ rows, last })),
    }
    leave = browse(bus, messageQuerySchema.parse(query), sink)
  })
}

const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: FaultError) => `${error.fault.code}: ${error.message}`,
  )

test('A-38 a scan by offset, time, earliest and filters gives the exact set, with progress', async () => {
  const topic = await kafka.topic(2)
  const at = 1_767_571_200_000
  const producer = kafka.bus.producer()
  for (const partition of [0, 1])
    await producer.send(
      topic,
      partition,
      Array.from({ length: 500 }, (_, index) => ({
        key: index % 2 === 0 ? 'upbit:BTC/KRW' : 'upbit:ETH/KRW',
        value: JSON.stringify({
          number: index * 2 + partition,
          data: { price: `${index}.5`, side: index % 5 === 0 ? 'buy' : 'sell' },
        }),
        headers: {},
        timestamp: at + index * 1_000,
      })),
    )
  await producer.close()

  const numbers = async (query: Record<string, unknown>) =>
    (await ask(kafka.bus, { topic, limit: 5_000, ...query })).rows.map(
      ({ value }) => (JSON.parse(value!) as { number: number }).number,
    )
  const all = Array.from({ length: 1_000 }, (_, number) => number)
  const { rows, last } = await ask(kafka.bus, { topic, from: 'earliest', limit: 5_000 })
  expect({
    order: rows.map(({ value }) => (JSON.parse(value!) as { number: number }).number),
    frame: { ...last, rows: [] },
  }).toEqual({ order: all, frame: { rows: [], scanned: 1_000, total: 1_000, done: true, skipped: 0 } })
  expect({
    fromTime: await numbers({ from: { at: at + 490_000 } }),
    between: await numbers({ from: { at: at + 100_000 }, to: { at: at + 102_000 } }),
    offset: await numbers({ from: { offset: '498' }, partitions: [1] }),
    last: await numbers({ from: { last: 2 } }),
    path: await numbers({ from: 'earliest', path: 'data.price > 497' }),
    text: await numbers({ from: 'earliest', text: '"number":77,' }),
    key: (await numbers({ from: 'earliest', key: 'BTC' })).length,
    both: (await numbers({ from: 'earliest', key: 'ETH', path: 'data.side = "buy"' })).length,
    limit: await numbers({ from: 'earliest', limit: 3 }),
    latest: await numbers({ from: 'latest' }),
  }).toEqual({
    fromTime: all.slice(980),
    between: [200, 201, 202, 203],
    offset: [997, 999],
    last: [998, 999],
    path: [994, 995, 996, 997, 998, 999],
    text: [77],
    key: 500,
    both: 100,
    limit: [0, 1, 2],
    latest: [],
  })
  expect(await fault(ask(kafka.bus, { topic, from: 'earliest', path: 'price' }))).toBe(
    'bad-request: path: "price" is no filter. Write a path, one of = != < > ~ and a value: data.price > 100.',
  )
})

test('A-39 a live tail gives contiguous offsets, or says how many were left out', async () => {
  const topic = await kafka.topic()
  // From the beginning of a topic without records: what is shown and what is left out must add up to all of it.
  const tail = ask(kafka.bus, { topic, from: 'earliest', follow: true, limit: 5_000 }, 3_000)
  const values = Array.from({ length: 1_000 }, (_, index) => String(index))
  let isTold = false
  const watching = tail.then(() => (isTold = true))
  await until(async () => {
    if (!isTold) await kafka.send(topic, 0, values)
    return isTold
  })
  await watching
  const { rows, last } = await tail
  expect(rows.length).toBeGreaterThanOrEqual(3_000)
  expect(rows.length + last!.skipped).toBe(Number(rows.at(-1)!.offset) + 1)
})

test('A-43 records are sent again with their key and headers, marked; a dry run sends nothing; large, binary and null values show', async () => {
  const topic = await kafka.topic()
  const to = await kafka.topic(3)
  await kafka.bus.admin.configure(topic, { 'max.message.bytes': '6000000' })
  const large = 'x'.repeat(5_000_000)
  await kafka.send(topic, 0, [large, Uint8Array.of(0, 255, 1), null, '{"a":1}'], { key: 'k', headers: { trace: '7' } })
  const { rows } = await ask(kafka.bus, { topic, from: 'earliest' })
  const request = {
    from: ['1', '2', '3'].map((offset) => ({ topic, partition: 0, offset })),
    to,
    perSecond: 100,
  }
  const { signal } = new AbortController()
  const dry = await resend(kafka.bus, { ...request, dryRun: true }, signal)
  const before = (await ask(kafka.bus, { topic: to, from: 'earliest' })).rows.length
  await resend(kafka.bus, { ...request, dryRun: false }, signal)
  const sent = (await ask(kafka.bus, { topic: to, from: 'earliest' })).rows
  expect({
    rows: rows.map(({ value, valueBytes, binary }) => ({
      value: value?.slice(0, 7) ?? value,
      length: value?.length,
      valueBytes,
      binary,
    })),
    dry,
    before,
    sent: sent.map(({ key, value, headers }) => ({ key, value, headers })),
  }).toEqual({
    rows: [
      { value: 'xxxxxxx', length: 10_000, valueBytes: 5_000_000, binary: false },
      { value: '00ff01', length: 6, valueBytes: 3, binary: true },
      { value: null, length: undefined, valueBytes: 0, binary: false },
      { value: '{"a":1}', length: 7, valueBytes: 7, binary: false },
    ],
    dry: { records: 3, bytes: 10 },
    before: 0,
    sent: ['00ff01', null, '{"a":1}'].map((value, index) => ({
      key: 'k',
      value,
      headers: { trace: '7', 'resent-from': `${topic}/0/${index + 1}` },
    })),
  })
}, 60_000)
