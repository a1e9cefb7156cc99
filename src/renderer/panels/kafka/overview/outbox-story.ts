/** What the outbox meter says and draws, from the last ninety seconds. */

import type { ClusterView, OutboxView } from '../../../../shared/kafka-view.ts'
import type { Millis } from '../../../../shared/market.ts'
import { SECOND } from '../../../../shared/market.ts'

/** A stretch during which the cluster was away. */
export interface Outage {
  readonly from: Millis
  readonly to: Millis
}

/** So long after it came back a cluster may take to accept records. */
const RETURNING: Millis = 20 * SECOND

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
  /** It is there, and does not let this user in: waiting does not help. */
  | { readonly kind: 'refused'; readonly records: number }
  /** Was away or fell behind, and is being emptied; `safe` is the most that waited. */
  | { readonly kind: 'drainingAfter'; readonly length: Millis; readonly safe: number; readonly drain: Millis }
  | { readonly kind: 'draining'; readonly records: number; readonly drain: Millis }
  /** Back after an outage, and nothing has gone out yet: leaders are being elected, connections made. */
  | { readonly kind: 'returning'; readonly length: Millis; readonly records: number }
  | { readonly kind: 'growing'; readonly records: number }
  | { readonly kind: 'flowing'; readonly records: number }

/** Records that wait less than this long are on their way, not waiting. */
const ON_THEIR_WAY: Millis = 2 * SECOND

/** Records wait, and not only for their turn: the cluster was away, or takes less than there is. */
export function isBehind(outbox: OutboxView, now: Millis): boolean {
  return outbox.records > 0 && outbox.oldestAt !== undefined && now - outbox.oldestAt > ON_THEIR_WAY
}

export function storyOf(cluster: ClusterView, now: Millis): OutboxStory {
  const { outbox, state, since } = cluster
  if (cluster.profile?.readOnly) return { kind: 'readOnly' }
  if (!outbox || state === 'connecting') return { kind: 'connecting' }
  if (state === 'away' && cluster.fault?.code === 'sasl-failed') return { kind: 'refused', records: outbox.records }
  if (state === 'away') return { kind: 'away', length: Math.max(0, now - since), records: outbox.records }
  if (!isBehind(outbox, now)) return { kind: 'flowing', records: outbox.records }
  const outage = outagesOf(outbox.history).at(-1)
  if (outbox.drainSeconds === undefined)
    return outage && now - since < RETURNING
      ? { kind: 'returning', length: outage.to - outage.from, records: outbox.records }
      : { kind: 'growing', records: outbox.records }
  const drain = Math.ceil(outbox.drainSeconds) * SECOND
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
