/** The outbox in numbers: what waits, how fast it comes and goes, and how long it will take. Pure: it is told and asked. */

import type { OutboxView } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** What one preset still owes of one partition of the journal. */
export interface Owed {
  readonly place: string
  /** Next offset to be acknowledged, and the end of the partition. */
  readonly cursor: number
  readonly end: number
  readonly bytes: number
  readonly oldestAt: Millis | undefined
}

export interface OutboxMeter {
  /** Once a second: what is owed now, and whether the cluster is away. */
  tick(now: Millis, owed: readonly Owed[], away: boolean): void
  acked(took: Millis): void
  /** Without what only the presets know. */
  view(owed: readonly Owed[]): Omit<OutboxView, 'presets' | 'acked' | 'retries' | 'parked'>
}

const HISTORY = 90
/** Seconds that rates are taken over. */
const SPAN = 5
/** Acknowledgements that the percentiles are taken over. */
const ACKS = 1_000

interface Totals {
  readonly records: number
  readonly bytes: number
  readonly oldestAt: Millis | undefined
  /** Sum of the ends: grows by what comes in. */
  readonly ends: number
}

export function createOutboxMeter(): OutboxMeter {
  const history: { at: Millis; records: number; away: boolean }[] = []
  const samples: { at: Millis; records: number; ends: number }[] = []
  const acks: Millis[] = []
  let nextAck = 0

  const rates = () => {
    const first = samples[0]
    const last = samples.at(-1)
    if (!first || !last || last.at === first.at) return { inPerSecond: 0, outPerSecond: 0 }
    const seconds = (last.at - first.at) / SECOND
    const came = last.ends - first.ends
    const grew = last.records - first.records
    return {
      inPerSecond: Math.max(0, Math.round(came / seconds)),
      outPerSecond: Math.max(0, Math.round((came - grew) / seconds)),
    }
  }

  return {
    tick(now, owed, away) {
      const { records, ends } = totalsOf(owed)
      history.push({ at: now, records, away })
      if (history.length > HISTORY) history.shift()
      samples.push({ at: now, records, ends })
      if (samples.length > SPAN + 1) samples.shift()
    },
    acked(took) {
      acks[nextAck] = took
      nextAck = (nextAck + 1) % ACKS
    },
    view(owed) {
      const { records, bytes, oldestAt } = totalsOf(owed)
      const { inPerSecond, outPerSecond } = rates()
      const shrinks = outPerSecond - inPerSecond
      const sorted = acks.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
      return {
        records,
        bytes,
        ...(records > 0 && oldestAt !== undefined && { oldestAt }),
        inPerSecond,
        outPerSecond,
        ...(records > 0 && shrinks > 0 && { drainSeconds: Math.ceil(records / shrinks) }),
        ...(sorted.length > 0 && { ack: { p50: at(0.5), p99: at(0.99) } }),
        history: [...history],
      }
    },
  }
}

/** Each record of the journal counts once, however many presets still owe it: of each place, what the slowest owes. */
function totalsOf(owed: readonly Owed[]): Totals {
  const slowest = new Map<string, Owed>()
  for (const each of owed) {
    const known = slowest.get(each.place)
    if (!known || each.cursor < known.cursor) slowest.set(each.place, each)
  }
  let records = 0
  let bytes = 0
  let ends = 0
  let oldestAt: Millis | undefined
  for (const each of slowest.values()) {
    records += each.end - each.cursor
    bytes += each.bytes
    ends += each.end
    if (each.oldestAt !== undefined && each.end > each.cursor) oldestAt = Math.min(oldestAt ?? Infinity, each.oldestAt)
  }
  return { records, bytes, ends, oldestAt }
}
