/** A group of the fake engine whose members come, go and are killed, with the time line that the page draws. */

import type { GroupReason } from '../src/shared/group-reasons.ts'
import { idleReason } from '../src/shared/group-reasons.ts'
import type { ConsumerView } from '../src/shared/kafka-view.ts'
import type { Millis } from '../src/shared/market.ts'
import { SECOND } from '../src/shared/market.ts'

type Member = { id: string; gone: boolean; state: ConsumerView['members'][number]['state'] }
type Span = { member: string; topic: string; partition: number; from: Millis; to?: Millis }

export interface FakeGroup {
  add(at: Millis): void
  /** Leaves in order: the others take over at once. */
  remove(id: string, at: Millis): void
  /** Vanishes: the others take over after the session time-out. */
  kill(id: string, at: Millis): void
  view(at: Millis): Pick<ConsumerView, 'members' | 'spans' | 'rebalances' | 'duplicates'>
}

const SESSION_TIMEOUT = 10 * SECOND

/** A group over the partitions of one topic. */
export function createFakeGroup(name: string, topic: string, partitions: number, first: number, at: Millis): FakeGroup {
  const members: Member[] = []
  const spans: Span[] = []
  const rebalances: ConsumerView['rebalances'][number][] = []
  let pending: { readonly at: Millis; readonly reason: GroupReason } | undefined
  let duplicates = 0
  let number = 0

  const assign = (from: Millis) => {
    const alive = members.filter((member) => !member.gone)
    for (const [index, member] of alive.entries()) member.state = index < partitions ? 'running' : 'idle'
    for (let partition = 0; partition < partitions && alive.length > 0; partition += 1) {
      // Who read it before keeps it, so that the lanes stay quiet.
      const before = spans.findLast((span) => span.partition === partition)?.member
      const taken = new Set(spans.filter((span) => span.from === from).map((span) => span.member))
      const kept = alive.find((member) => member.id === before && !taken.has(member.id))
      const free = alive.find(
        (member) => !taken.has(member.id) && !spans.some((span) => span.to === undefined && span.member === member.id),
      )
      const member = kept ?? free ?? alive[partition % alive.length]!
      spans.push({ member: member.id, topic, partition, from })
      member.state = 'running'
    }
    for (const member of alive)
      if (!spans.some((span) => span.to === undefined && span.member === member.id)) member.state = 'idle'
  }
  const rebalance = (from: Millis, pausedFor: Millis, reason: GroupReason, again: number) => {
    for (const span of spans) span.to ??= from
    rebalances.push({ at: from, pausedFor, reason, lost: 0, duplicates: again })
    duplicates += again
    assign(from + pausedFor)
  }
  const join = () => {
    number += 1
    members.push({ id: `${name}-${number}`, gone: false, state: 'joining' })
  }
  const settle = (now: Millis) => {
    if (!pending || pending.at > now) return
    const { at: due, reason } = pending
    pending = undefined
    rebalance(due, 1_800, reason, 11)
  }

  for (let index = 0; index < first; index += 1) join()
  assign(at)
  return {
    add(now) {
      settle(now)
      join()
      rebalance(now, 1_100, { code: 'added' }, 3)
    },
    remove(id, now) {
      settle(now)
      const member = members.find((each) => each.id === id)
      if (!member) return
      member.gone = true
      member.state = 'gone'
      rebalance(now, 900, { code: 'left', values: { member: id } }, 0)
    },
    kill(id, now) {
      settle(now)
      const member = members.find((each) => each.id === id)
      if (!member) return
      member.gone = true
      member.state = 'gone'
      for (const span of spans) if (span.member === id) span.to ??= now
      pending = { at: now + SESSION_TIMEOUT, reason: { code: 'killed', values: { member: id } } }
    },
    view(now) {
      settle(now)
      const idle = idleReason(partitions, members.filter((member) => !member.gone).length)
      return {
        duplicates,
        members: members.map((member) => ({
          id: member.id,
          state: member.state,
          assigned: spans
            .filter((span) => span.member === member.id && span.to === undefined)
            .map((span) => ({ topic: span.topic, partition: span.partition })),
          perSecond: member.state === 'running' ? 1_730 : 0,
          ...(member.state === 'idle' && idle ? { reason: idle } : {}),
        })),
        spans: spans.map((span) => ({ ...span })),
        rebalances: [...rebalances],
      }
    },
  }
}
