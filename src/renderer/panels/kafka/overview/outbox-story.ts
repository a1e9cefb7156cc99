/** What the outbox meter says and draws, from the last ninety seconds. */

import type { ClusterView, OutboxView } from '../../../../shared/kafka-contract.ts'
import type { Millis } from '../../../../shared/market.ts'
import { SECOND } from '../../../../shared/market.ts'

/** A stretch during which the cluster was away. */
export interface Outage {
  readonly from: Millis
  readonly to: Millis
}

/** The outages within the history, oldest first. */
export function outagesOf(history: OutboxView['history']): readonly Outage[] {
  const found: { from: Millis; to: Millis }[] = []
  let before = false
  for (const point of history) {
    const open = found.at(-1)
    if (point.away && !before) found.push({ from: point.at, to: point.at + SECOND })
    else if (point.away && open) open.to = point.at + SECOND
    before = point.away
  }
  return found
}

/** The one sentence, as a key of i18n and its values. */
export type OutboxStory =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'readOnly' }
  | { readonly kind: 'away'; readonly length: Millis; readonly records: number }
  /** Was away or fell behind, and is being emptied; `safe` is the most that waited. */
  | { readonly kind: 'drainingAfter'; readonly length: Millis; readonly safe: number; readonly drain: Millis }
  | { readonly kind: 'draining'; readonly records: number; readonly drain: Millis }
  | { readonly kind: 'growing'; readonly records: number }
  | { readonly kind: 'flowing'; readonly records: number }

/** Records that wait less than this long are on their way, not waiting. */
const ON_THEIR_WAY: Millis = 2 * SECOND

export function storyOf(cluster: ClusterView, now: Millis): OutboxStory {
  const { outbox, state, since } = cluster
  if (!outbox) return cluster.profile?.readOnly ? { kind: 'readOnly' } : { kind: 'connecting' }
  if (state === 'connecting') return { kind: 'connecting' }
  if (state === 'away') return { kind: 'away', length: Math.max(0, now - since), records: outbox.records }
  const waits = outbox.oldestAt !== undefined && now - outbox.oldestAt > ON_THEIR_WAY
  if (!waits || outbox.records === 0) return { kind: 'flowing', records: outbox.records }
  if (outbox.drainSeconds === undefined) return { kind: 'growing', records: outbox.records }
  const drain = Math.ceil(outbox.drainSeconds) * SECOND
  const outage = outagesOf(outbox.history).at(-1)
  if (!outage) return { kind: 'draining', records: outbox.records, drain }
  const safe = Math.max(outbox.records, ...outbox.history.map((point) => point.records))
  return { kind: 'drainingAfter', length: outage.to - outage.from, safe, drain }
}

/** The least of 1, 2, 2.5 or 5 times a power of ten that four steps of cover `most`. */
export function stepOf(most: number): number {
  const rough = Math.max(1, most) / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
}
