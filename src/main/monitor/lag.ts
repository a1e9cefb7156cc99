/** Lag, from what a cluster says of a partition and of a group. Pure. */

import type { GroupRow, LagRow } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

export interface PartitionFacts {
  readonly topic: string
  readonly partition: number
  readonly committed: bigint | undefined
  readonly start: bigint | undefined
  readonly end: bigint | undefined
  /** The topic is there. */
  readonly exists: boolean
  readonly hasLeader: boolean
  readonly member?: string
}

/** Where the group stands: what retention has removed is behind it. Undefined where that is not known. */
export function positionOf({ committed, start, end }: PartitionFacts): bigint | undefined {
  if (start === undefined || end === undefined) return undefined
  const position = committed === undefined || committed < start ? start : committed
  // Beyond the end: the topic was made anew, and the offset counts other records.
  return position > end ? undefined : position
}

/** Lag of one partition: end − max(committed, start), with what is special about it. */
export function toLagRow(facts: PartitionFacts): LagRow {
  const { topic, partition, committed, start, end, member } = facts
  const position = positionOf(facts)
  const note = noteOf(facts, position)
  return {
    topic,
    partition,
    ...(committed === undefined ? {} : { committed: String(committed) }),
    ...(start === undefined ? {} : { start: String(start) }),
    ...(end === undefined ? {} : { end: String(end) }),
    ...(position === undefined || end === undefined ? {} : { lag: String(end - position) }),
    ...(note === undefined ? {} : { note }),
    ...(member === undefined ? {} : { member }),
  }
}

function noteOf(
  { exists, hasLeader, committed, start }: PartitionFacts,
  position: bigint | undefined,
): LagRow['note'] | undefined {
  if (!exists) return 'deleted'
  if (!hasLeader) return 'leaderless'
  if (position === undefined || start === undefined) return 'unknown'
  if (committed === undefined) return 'never-committed'
  return committed < start ? 'retention-passed' : undefined
}

/** What is known adds up; the rest is counted. In market time a group is as far behind as its last partition. */
export function addLag(rows: readonly LagRow[]): Pick<GroupRow, 'lag' | 'unknown' | 'seconds'> {
  const known = rows.filter(({ lag }) => lag !== undefined)
  const seconds = rows.flatMap((row) => (row.seconds === undefined ? [] : [row.seconds]))
  return {
    ...(known.length === 0 ? {} : { lag: String(known.reduce((sum, { lag }) => sum + BigInt(lag!), 0n)) }),
    unknown: rows.length - known.length,
    ...(seconds.length === 0 ? {} : { seconds: Math.max(...seconds) }),
  }
}

export interface LagPoint {
  readonly at: Millis
  readonly lag: number
  readonly seconds?: number
}

/** So far back the slope looks. */
const WINDOW: Millis = 30 * SECOND
/** Fewer points say nothing. */
const LEAST = 4

/** How fast a group catches up (records a second; negative: it falls behind), and when it will be done at that pace. */
export function slopeOf(points: readonly LagPoint[]): Pick<GroupRow, 'slope' | 'clearSeconds'> {
  const newest = points.at(-1)
  const recent = newest ? points.filter(({ at }) => at >= newest.at - WINDOW) : []
  if (!newest || recent.length < LEAST) return {}
  const meanAt = recent.reduce((sum, { at }) => sum + at, 0) / recent.length
  const meanLag = recent.reduce((sum, { lag }) => sum + lag, 0) / recent.length
  let above = 0
  let below = 0
  for (const { at, lag } of recent) {
    above += (at - meanAt) * (lag - meanLag)
    below += (at - meanAt) ** 2
  }
  if (below === 0) return {}
  const slope = (-above / below) * SECOND
  return { slope, ...(slope > 0 && newest.lag > 0 ? { clearSeconds: newest.lag / slope } : {}) }
}
