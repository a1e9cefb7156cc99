/**
 * Where a clock record goes. In the journal every partition has its own copy, in order with its trades; it must never come
 * to a partition of Kafka before trades that it says are complete.
 */

import type { Millis } from '../../shared/market.ts'

/** The partitions of a topic of `partitions` that a clock record of journal partition `from` goes to now. */
export type ClockGate = (from: number, at: Millis, partitions: number) => readonly number[]

/**
 * A key of journal partition p is in partition q of Kafka only where p ≡ q modulo what both counts have in common. With as many
 * partitions (or a multiple) that is one p for each q; otherwise the clock of the slowest p is the one that counts.
 */
export function createClockGate(journalPartitions: number): ClockGate {
  const newest = new Map<number, Millis>()
  return (from, at, partitions) => {
    newest.set(from, at)
    const common = commonDivisor(journalPartitions, partitions)
    if (slowestOf(newest, from % common, journalPartitions, common) < at) return []
    return range(from % common, partitions, common)
  }
}

function slowestOf(newest: ReadonlyMap<number, Millis>, first: number, count: number, step: number): Millis {
  return Math.min(...range(first, count, step).map((partition) => newest.get(partition) ?? -Infinity))
}

function range(first: number, end: number, step: number): number[] {
  return Array.from({ length: Math.ceil((end - first) / step) }, (_, index) => first + index * step)
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
