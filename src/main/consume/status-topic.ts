import { hostname } from 'node:os'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus, Producer } from '../bus/bus.ts'
import type { ConsumerGroup } from './group.ts'

const EVERY: Millis = 5 * SECOND

/** What a group's status record says, in the words of the earlier system's readers: seconds and local ISO time included. */
export function statusRecord(group: ConsumerGroup, now: Millis): { readonly key: string; readonly value: string } {
  const { spec } = group
  const view = group.view()
  const totals = group.totals()
  const assigned = view.members.flatMap((member) => member.assigned)
  const host = hostname()
  return {
    key: `${spec.group}:${host}:${process.pid}`,
    value: JSON.stringify({
      hostname: host,
      pid: process.pid,
      group_id: spec.group,
      topics: spec.topics,
      subscription: [...new Set(assigned.map(({ topic }) => topic))],
      num_partitions: assigned.length,
      processed_count: totals.processed,
      error_count: totals.parked,
      messages_per_second: view.perSecond,
      running: view.members.some(({ state }) => state === 'running' || state === 'idle'),
      uptime_seconds: Math.round((now - totals.startedAt) / SECOND),
      last_message_time: totals.lastAt === undefined ? null : new Date(totals.lastAt).toISOString(),
      timestamp: new Date(now).toISOString(),
    }),
  }
}

/** Tells every five seconds, on `<prefix>.consumer.status`, how each group here is doing. Returns what ends it. */
export function runStatusTopic(options: {
  readonly bus: Bus
  readonly prefix: string
  readonly groups: () => readonly ConsumerGroup[]
  readonly log: { warn(text: string): void }
}): () => Promise<void> {
  const { bus, prefix, log } = options
  if (bus.profile.readOnly) return () => Promise.resolve()
  const topic = `${prefix}.consumer.status`
  let producer: Producer | undefined
  let isTold = false
  let running: Promise<void> | undefined

  const tell = async (): Promise<void> => {
    const groups = options.groups()
    if (groups.length === 0 || bus.state().state !== 'up') return
    try {
      if (!producer) {
        await bus.admin.create({ name: topic, partitions: 1, replication: bus.profile.replication, configs: {} })
        producer = bus.producer()
      }
      const now = Date.now()
      const records = groups.map((group) => ({ ...statusRecord(group, now), headers: {}, timestamp: now }))
      await producer.send(topic, 0, records)
      isTold = false
    } catch (error) {
      if (!isTold) log.warn(`The status topic ${topic} was not written: ${String(error)}`)
      isTold = true
    }
  }
  const timer = setInterval(() => {
    running ??= tell().finally(() => (running = undefined))
  }, EVERY)
  return async () => {
    clearInterval(timer)
    await running
    await producer?.close()
  }
}
