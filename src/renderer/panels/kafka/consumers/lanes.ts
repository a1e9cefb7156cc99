/** The rebalance time line as it is drawn: one lane per member, what it read from when to when, pauses over all lanes. */

import type { GroupReason } from '../../../../shared/group-reasons.ts'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import type { Millis } from '../../../../shared/market.ts'

type MemberState = ConsumerView['members'][number]['state']

/** A partition of a topic. */
export type Place = ConsumerView['members'][number]['assigned'][number]

/** A stretch in which a member read partitions. */
export interface Bar {
  readonly from: Millis
  readonly to: Millis
  readonly places: readonly Place[]
}

/** A stretch in which a partition of this member was read by nobody, because it vanished without a word. */
export interface Unread {
  readonly from: Millis
  readonly to: Millis
  readonly places: readonly Place[]
  /** Found out: who took over read on from here. Absent: still nobody reads. */
  readonly ended: boolean
  /** Of which the pause of the rebalance that ended it. */
  readonly pausedFor: Millis
}

export interface Lane {
  readonly id: string
  readonly state: MemberState
  readonly bars: readonly Bar[]
  /** Stretches in which it was there and had nothing to read. */
  readonly idle: readonly { readonly from: Millis; readonly to: Millis }[]
  readonly killed: readonly Unread[]
  readonly reads: readonly Place[]
}

export interface Pause {
  readonly from: Millis
  readonly to: Millis
  readonly reason: GroupReason
}

export interface Lanes {
  readonly from: Millis
  readonly to: Millis
  readonly lanes: readonly Lane[]
  readonly pauses: readonly Pause[]
  /** The longest time in which a partition was not read. */
  readonly longestPause: Millis
  readonly rebalances: number
  readonly lost: number
  readonly duplicates: number
  /** Partitions that are read now, and members to read them: why one is idle. */
  readonly partitions: number
  readonly members: number
}

const GONE: ReadonlySet<MemberState> = new Set(['gone', 'crashed'])

/** The last `length` of a consumer's time line. Members that left before it have no lane. */
export function toLanes(consumer: ConsumerView, now: Millis, length: Millis): Lanes {
  const from = now - length
  const rebalances = consumer.rebalances.filter((each) => each.at + each.pausedFor > from && each.at <= now)
  const known = new Set(consumer.members.map((member) => member.id))
  const former = [...new Set(consumer.spans.map((span) => span.member))]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, state: 'gone' as const, assigned: [], perSecond: 0 }))
  const members: ConsumerView['members'] = [...consumer.members, ...former]
  const lanes = members.map((member): Lane => {
    const spans = consumer.spans.filter((span) => span.member === member.id)
    const bars = toBars(spans, from, now)
    return {
      id: member.id,
      state: member.state,
      bars,
      idle: idleOf(member, bars, consumer, from, now),
      // Who is no longer listed left in order.
      killed: known.has(member.id) && GONE.has(member.state) ? unreadOf(spans, consumer, from, now) : [],
      reads: member.assigned.toSorted(byPlace),
    }
  })
  return {
    from,
    to: now,
    lanes: lanes.filter((lane) => !GONE.has(lane.state) || lane.bars.length > 0 || lane.killed.length > 0),
    pauses: rebalances.map(({ at, pausedFor, reason }) => ({
      from: Math.max(from, at),
      to: Math.min(now, at + pausedFor),
      reason,
    })),
    longestPause: Math.max(
      0,
      ...rebalances.map((each) => each.pausedFor),
      ...lanes.flatMap(({ killed }) => killed.map((gap) => gap.to - gap.from)),
    ),
    rebalances: rebalances.length,
    lost: rebalances.reduce((sum, each) => sum + each.lost, 0),
    duplicates: rebalances.reduce((sum, each) => sum + each.duplicates, 0),
    partitions: consumer.members.reduce((sum, each) => sum + each.assigned.length, 0),
    members: consumer.members.filter((each) => !GONE.has(each.state)).length,
  }
}

/** What a member read, cut wherever its partitions changed. */
function toBars(spans: ConsumerView['spans'], from: Millis, now: Millis): readonly Bar[] {
  const cuts = [...new Set(spans.flatMap((span) => [span.from, span.to ?? now]))]
    .filter((at) => at > from && at < now)
    .toSorted((a, b) => a - b)
  const bars: Bar[] = []
  let start = from
  for (const end of [...cuts, now]) {
    const read = spans.filter((span) => span.from <= start && (span.to ?? now) >= end)
    if (read.length > 0)
      bars.push({
        from: start,
        to: end,
        places: read.map(toPlace).toSorted(byPlace),
      })
    start = end
  }
  return bars
}

/** A live member is idle between generations that gave it nothing; before its first assignment only while it is still idle. */
function idleOf(
  member: ConsumerView['members'][number],
  bars: readonly Bar[],
  consumer: ConsumerView,
  from: Millis,
  now: Millis,
): Lane['idle'] {
  if (GONE.has(member.state) || bars.length > 0) return []
  if (member.state !== 'idle') return []
  const last = consumer.rebalances.findLast((each) => each.at + each.pausedFor <= now)
  return [{ from: Math.max(from, last ? last.at + last.pausedFor : from), to: now }]
}

/** From a member's last sign to when others took its partitions over. */
function unreadOf(spans: ConsumerView['spans'], consumer: ConsumerView, from: Millis, now: Millis): readonly Unread[] {
  const end = Math.max(...spans.map((span) => span.to ?? now))
  if (!Number.isFinite(end) || end < from) return []
  const mine = spans.filter((span) => (span.to ?? now) === end)
  const rebalance = consumer.rebalances.find((each) => each.at >= end)
  // Leaving in order begins the rebalance at once: nothing was unread but the pause itself.
  if (rebalance && rebalance.at === end) return []
  return [
    {
      from: end,
      to: Math.min(now, rebalance ? rebalance.at + rebalance.pausedFor : now),
      places: mine.map(toPlace).toSorted(byPlace),
      ended: rebalance !== undefined,
      pausedFor: rebalance?.pausedFor ?? 0,
    },
  ]
}

const toPlace = ({ topic, partition }: Place): Place => ({ topic, partition })

function byPlace(a: Place, b: Place): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1
}
