import { isUtf8 } from 'node:buffer'
import { setTimeout } from 'node:timers/promises'
import { FaultError } from '../../shared/faults.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus, InRecord, OutRecord } from '../bus/bus.ts'
import { choosePartition, partitionCount } from './messages.ts'
import { readRecord } from './record-times.ts'
import { several } from './several.ts'
import { checkWritable } from './writable.ts'

export interface ResendRequest {
  readonly from: readonly { readonly topic: string; readonly partition: number; readonly offset: string }[]
  readonly to: string
  readonly perSecond: number
  readonly dryRun: boolean
}

/** Records sent between two looks at the clock. */
const STEPS_PER_SECOND = 10
const AT_ONCE = 4

/**
 * Sends records again: same key, value, headers and time, marked by header `resent-from`. A dry run reads them all and says
 * what it would send. All are read before the first is sent, so that a missing one stops it whole.
 */
export async function resend(
  bus: Bus,
  { from, to, perSecond, dryRun }: ResendRequest,
  signal: AbortSignal,
): Promise<{ readonly records: number; readonly bytes: number }> {
  if (!dryRun) checkWritable(bus)
  const count = await partitionCount(bus, to)
  const records = await several(from, AT_ONCE, async ({ topic, partition, offset }) => {
    const record = await readRecord(bus, topic, partition, BigInt(offset))
    if (record?.offset !== BigInt(offset))
      throw new FaultError('not-found', `${topic} ${partition} has no record ${offset} any more. Leave it out.`)
    return toOut(record)
  })
  const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0)
  if (dryRun) return { records: records.length, bytes }

  const producer = bus.producer()
  const step = Math.max(1, Math.ceil(perSecond / STEPS_PER_SECOND))
  const began = performance.now()
  try {
    for (let sent = 0; sent < records.length && !signal.aborted; sent += step) {
      const due = began + (sent / perSecond) * SECOND - performance.now()
      if (due > 0) await setTimeout(due, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
      for (const [partition, group] of byPartition(records.slice(sent, sent + step), count))
        await producer.send(to, partition, group)
    }
  } finally {
    await producer.close()
  }
  return { records: records.length, bytes }
}

function toOut({ topic, partition, offset, key, value, headers, timestamp }: InRecord): OutRecord {
  const place = `${topic}/${partition}/${offset}`
  const text = (bytes: Uint8Array, what: string): string => {
    if (!isUtf8(bytes))
      throw new FaultError('bad-request', `The ${what} of ${place} is no text and cannot be sent again. Leave it out.`)
    return Buffer.from(bytes).toString('utf8')
  }
  return {
    key: key === null ? null : text(key, 'key'),
    value,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, bytes]) => [name, text(bytes, `header ${name}`)])),
      'resent-from': place,
    },
    timestamp,
  }
}

function byPartition(records: readonly OutRecord[], count: number): ReadonlyMap<number, OutRecord[]> {
  const groups = new Map<number, OutRecord[]>()
  for (const record of records) {
    const partition = choosePartition(record.key, count)
    const group = groups.get(partition)
    if (group) group.push(record)
    else groups.set(partition, [record])
  }
  return groups
}
