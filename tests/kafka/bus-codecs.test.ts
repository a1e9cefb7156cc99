import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bus } from '../../src/main/bus/bus.ts'
import { COMPRESSIONS } from '../../src/shared/kafka-settings.ts'
import { START, freshTopic, openTestBus, readRecords } from './bus-setup.ts'
import { useBrokers } from './cluster.ts'

let brokers: readonly string[]
let bus: Bus
beforeAll(async () => {
  ;({ brokers } = await useBrokers())
  ;({ bus } = openTestBus(brokers))
}, 120_000)
afterAll(() => bus.close())

/** Kafka's own Java client, by its command-line tools. */
async function java(name: string, args: readonly string[], input = ''): Promise<string> {
  const words = ['scripts/kafka/index.ts', 'tool', name, '--bootstrap-server', brokers.join(','), ...args]
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  child.stdin.end(input)
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await ended) as [number]
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${errors}`)
  return output
}

/** Long enough for several blocks of every codec, with text that packs and text that does not. */
const lines = Array.from({ length: 400 }, (_, i) => `${i} ${'값 '.repeat(i % 50)}${(Math.sin(i) * 1e15).toString(36)}`)

test('A-44 what is sent with each codec is read by Java’s consumer, and by us', { timeout: 60_000 }, async () => {
  const topic = await freshTopic(bus, 'packed', COMPRESSIONS.length)
  for (const [partition, compression] of COMPRESSIONS.entries()) {
    const { bus: packing } = openTestBus(brokers, { compression })
    const records = lines.map((value, i) => ({ key: null, value, headers: { compression }, timestamp: START + i }))
    expect(await packing.producer().send(topic, partition, records)).toEqual({ topic, partition, base: 0n })
    await packing.close()
    const read = await readRecords(bus, topic, partition, lines.length)
    expect(read.map(({ value }) => Buffer.from(value!).toString())).toEqual(lines)
  }
  const count = COMPRESSIONS.length * lines.length
  const output = await java('console-consumer', ['--topic', topic, '--from-beginning', '--max-messages', `${count}`])
  const expected = COMPRESSIONS.flatMap(() => lines)
  expect(output.trimEnd().split('\n').toSorted()).toEqual(expected.toSorted())
})

test.each(COMPRESSIONS)('A-44 what Java’s producer packs with %s is read', { timeout: 60_000 }, async (compression) => {
  const topic = await freshTopic(bus, compression)
  await java('console-producer', ['--topic', topic, '--compression-codec', compression], `${lines.join('\n')}\n`)
  const read = await readRecords(bus, topic, 0, lines.length)
  expect(read.map(({ value }) => Buffer.from(value!).toString())).toEqual(lines)
})
