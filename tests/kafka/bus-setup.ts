import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bus, InBatch, InRecord, MemberEvent, MemberOptions, OutRecord } from '../../src/main/bus/bus.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import type { ClusterProfile } from '../../src/shared/kafka-settings.ts'
import { clusterProfileSchema } from '../../src/shared/kafka-settings.ts'
import { KEEP } from './setup.ts'

export type ProfileInput = Partial<Omit<ClusterProfile, 'tls' | 'sasl'>> & {
  readonly tls?: Partial<ClusterProfile['tls']>
  readonly sasl?: Partial<NonNullable<ClusterProfile['sasl']>>
}

/** A bus with its log. */
export function openTestBus(brokers: readonly string[], input: ProfileInput = {}, password?: string) {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const profile = clusterProfileSchema.parse({
    id: 'test',
    name: 'test',
    compression: 'gzip',
    ...input,
    brokers: [...brokers],
  })
  const bus = openBus({ profile, secrets: password === undefined ? {} : { password }, log: { info: say, warn: say } })
  return { bus, lines }
}

/** A name that no other test has. */
export function freshName(what: string): string {
  return `bus-${what}-${randomUUID().slice(0, 8)}`
}

/** Makes a topic of its own. */
export async function freshTopic(bus: Bus, what: string, partitions = 1): Promise<string> {
  const name = freshName(what)
  expect(await bus.admin.create({ name, partitions, replication: null, configs: KEEP })).toBe('created')
  return name
}

/** Polls until it holds. Fails after `limit` ms with what it was waiting for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limit = 20_000): Promise<void> {
  const end = performance.now() + limit
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${limit} ms: ${what}`)
    await delay(25)
  }
}

/** Of today: brokers forget a producer whose records are a day old. */
export const START = Date.now() - 60_000

/** Records with key, headers and times, numbered from `first`. */
export function numbered(count: number, first = 0): OutRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `key ${(first + i) % 7}`,
    value: `값 ${first + i}`,
    headers: { schema: 'test.v1', record: String(first + i) },
    timestamp: START + first + i,
  }))
}

/** The record's number. */
export function numberOf({ headers }: InRecord): number {
  return Number(Buffer.from(headers['record']!).toString())
}

/** The next `count` records of a partition, read without a group. */
export async function readRecords(
  bus: Bus,
  topic: string,
  partition: number,
  count: number,
  from = 0n,
): Promise<InRecord[]> {
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), 20_000)
  const records: InRecord[] = []
  for await (const batch of bus.read(topic, partition, from, stop.signal)) {
    records.push(...batch.records)
    if (records.length >= count) break
  }
  clearTimeout(late)
  return records
}

/** A member that keeps what it reads, and its own offsets like a sink of the store. */
export function collectingMember(
  bus: Bus,
  group: string,
  topics: readonly string[],
  more: Partial<MemberOptions> = {},
) {
  const events: MemberEvent[] = []
  const records: InRecord[] = []
  const member = bus.member({
    group,
    topics,
    start: 'earliest',
    resumeAt: async () => undefined,
    onBatch: async (batch: InBatch) => void records.push(...batch.records),
    onEvent: (event) => void events.push(event),
    ...more,
  })
  return {
    member,
    events,
    records,
    kinds: () => events.map(({ kind }) => kind).filter((kind) => kind !== 'heartbeat'),
    assigned: () => events.findLast(({ kind }) => kind === 'joined')?.assigned ?? [],
  }
}
