import type { GroupReason } from '../../shared/group-reasons.ts'
import type { ConsumerView } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

type Span = ConsumerView['spans'][number]
type Rebalance = ConsumerView['rebalances'][number]
interface Place {
  readonly topic: string
  readonly partition: number
}

/**
 * The rebalance time line of a group's members in this process: who read which partition from when to when, and how long
 * reading paused. Pure: it knows the time by what it is told.
 */
export interface Timeline {
  /** Something moved partitions: reading pauses until every member has joined anew. Further ones belong to the same pause. */
  began(at: Millis, reason: GroupReason): void
  /** A member hands its partitions back and joins anew. */
  stopped(member: string, at: Millis): void
  joined(member: string, at: Millis, assigned: readonly Place[]): void
  /** A member is gone: closed or crashed. */
  gone(member: string, at: Millis): void
  /** A member vanished without a word: the others read on until the cluster finds out, and only then reading pauses. */
  killed(member: string, at: Millis): void
  /** Records that were read twice, or were lost: told with the rebalance that they follow. */
  duplicates(count: number, at: Millis): void
  lost(count: number): void
  spans(): readonly Span[]
  rebalances(): readonly Rebalance[]
}

const SPANS = 500
const REBALANCES = 100
/** So long after a pause, a record read again is put down to it. */
const AFTERMATH: Millis = 30 * SECOND

export function createTimeline(): Timeline {
  let spans: Span[] = []
  let rebalances: Rebalance[] = []
  /** Members alive, and whether they have joined since the pause began. */
  const members = new Map<string, boolean>()
  /** What the next pause will be put down to. */
  let suspect: GroupReason | undefined
  let pause: { at: Millis; reason: GroupReason; duplicates: number; lost: number } | undefined

  const endSpans = (member: string, at: Millis) => {
    spans = spans.map((span) => (span.member === member && span.to === undefined ? { ...span, to: at } : span))
  }
  const settle = (at: Millis) => {
    if (!pause || members.size === 0 || ![...members.values()].every(Boolean)) return
    const { at: began, ...rest } = pause
    rebalances = [...rebalances, { at: began, pausedFor: at - began, ...rest }].slice(-REBALANCES)
    pause = undefined
  }
  const add = (name: 'duplicates' | 'lost', count: number) => {
    const last = rebalances.at(-1)
    if (pause) pause[name] += count
    else if (last) rebalances = [...rebalances.slice(0, -1), { ...last, [name]: last[name] + count }]
  }

  return {
    began(at, reason) {
      // The first joining of all is no rebalance.
      if (members.size === 0 || pause) return
      pause = { at, reason: suspect ?? reason, duplicates: 0, lost: 0 }
      suspect = undefined
      for (const member of members.keys()) members.set(member, false)
    },
    stopped: endSpans,
    joined(member, at, assigned) {
      members.set(member, true)
      const kept = (span: Span) =>
        assigned.some(({ topic, partition }) => topic === span.topic && partition === span.partition)
      spans = spans.map((span) =>
        span.member === member && span.to === undefined && !kept(span) ? { ...span, to: pause?.at ?? at } : span,
      )
      for (const { topic, partition } of assigned)
        if (
          !spans.some(
            (span) =>
              span.member === member && span.to === undefined && span.topic === topic && span.partition === partition,
          )
        )
          spans.push({ member, topic, partition, from: at })
      spans = spans.slice(-SPANS)
      settle(at)
    },
    gone(member, at) {
      members.delete(member)
      endSpans(member, at)
      settle(at)
    },
    killed(member, at) {
      this.gone(member, at)
      suspect = { code: 'killed', values: { member } }
    },
    duplicates(count, at) {
      const last = rebalances.at(-1)
      if (pause || (last && at - (last.at + last.pausedFor) <= AFTERMATH)) add('duplicates', count)
    },
    lost: (count) => add('lost', count),
    spans: () => spans,
    rebalances: () => rebalances,
  }
}
