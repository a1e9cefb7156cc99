import { randomUUID } from 'node:crypto'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'
import { checkWritable } from './writable.ts'

export type ResetTarget = 'earliest' | 'latest' | { readonly at: Millis } | { readonly by: number }

interface Place {
  readonly topic: string
  readonly partition: number
}
interface Move extends Place {
  readonly now: bigint | undefined
  readonly target: bigint
}
interface Plan {
  readonly group: string
  readonly moves: readonly Move[]
  readonly at: Millis
}
interface Undo {
  readonly group: string
  /** All the group had committed before. */
  readonly before: readonly (Place & { readonly offset: bigint })[]
  readonly moves: readonly Move[]
}

export interface OffsetPlan {
  readonly id: string
  readonly rows: readonly {
    readonly topic: string
    readonly partition: number
    readonly now?: string
    readonly then: string
  }[]
}

/** Moving a group's offsets: planned first, done on command, read back, and undone on command. */
export interface Offsets {
  plan(request: {
    readonly group: string
    readonly topics: readonly string[]
    readonly to: ResetTarget
  }): Promise<OffsetPlan>
  /** Refused with 'group-active' while members are in the group. Returns what undoes it. */
  reset(id: string): Promise<{ readonly undo: string }>
  undo(id: string): Promise<void>
}

const KEPT: Millis = 30 * MINUTE
const KEPT_UNDOS = 50

export function createOffsets(options: {
  readonly bus: Bus
  /** Offsets of a group were moved; `undefined`: it has none there any more. */
  readonly onMoved: (
    group: string,
    places: readonly (Place & { readonly offset: bigint | undefined })[],
  ) => Promise<void>
  readonly now?: () => Millis
}): Offsets {
  const { bus, onMoved } = options
  const { admin } = bus
  const now = options.now ?? Date.now
  const plans = new Map<string, Plan>()
  const undos = new Map<string, Undo>()

  const checkIdle = async (group: string): Promise<void> => {
    const [info] = await admin.describeGroups([group])
    const members = info?.members
    if (members?.length === 0 || info?.state === 'Empty' || info?.state === 'Dead') return
    const names = members?.map(({ clientId, host }) => `${clientId} on ${host.replace('/', '')}`).join(', ')
    throw new FaultError(
      'group-active',
      `The group "${group}" is in use${names === undefined ? '; its members are not visible' : ` by ${names}`}. Stop them first: members that run would go on from where they are.`,
    )
  }
  const write = async (group: string, wanted: readonly (Place & { readonly offset: bigint })[]): Promise<void> => {
    if (wanted.length === 0) return
    await admin.commit(group, wanted)
    const found = await admin.committed(group, [...new Set(wanted.map(({ topic }) => topic))])
    const off = wanted.find(({ topic, partition, offset }) => offsetOf(found, { topic, partition }) !== offset)
    if (off)
      throw new FaultError(
        'internal',
        `${off.topic} ${off.partition} of group "${group}" stands at ${offsetOf(found, off) ?? 'no offset'} and not at ${off.offset}. Look at the group and try again.`,
      )
  }

  return {
    async plan({ group, topics, to }) {
      const committed = await admin.committed(group, topics)
      const moves: Move[] = []
      for (const topic of topics) {
        const at = typeof to === 'object' && 'at' in to ? await admin.offsetsAt(topic, to.at) : []
        for (const { partition, start, end } of await admin.ends(topic)) {
          if (start === undefined || end === undefined) continue
          const found = offsetOf(committed, { topic, partition })
          const target = (): bigint => {
            if (to === 'earliest') return start
            if (to === 'latest') return end
            if ('by' in to) return (found ?? start) + BigInt(to.by)
            return at.find((each) => each.partition === partition)?.offset ?? end
          }
          moves.push({ topic, partition, now: found, target: clamp(target(), start, end) })
        }
      }
      for (const [id, plan] of plans) if (now() - plan.at > KEPT) plans.delete(id)
      const id = randomUUID()
      plans.set(id, { group, moves, at: now() })
      const rows = moves.map(({ topic, partition, now: from, target }) => ({
        topic,
        partition,
        ...(from === undefined ? {} : { now: String(from) }),
        then: String(target),
      }))
      return { id, rows }
    },
    async reset(id) {
      checkWritable(bus)
      const plan = plans.get(id)
      if (!plan) throw new FaultError('not-found', 'This plan is too old or was carried out. Make a new one.')
      const { group, moves } = plan
      await checkIdle(group)
      const before = await admin.committed(group)
      const wanted = moves.map(({ topic, partition, target }) => ({ topic, partition, offset: target }))
      plans.delete(id)
      await write(group, wanted)
      await onMoved(group, wanted)
      const undo = randomUUID()
      undos.set(undo, { group, before, moves })
      const oldest = undos.size > KEPT_UNDOS ? undos.keys().next().value : undefined
      if (oldest !== undefined) undos.delete(oldest)
      return { undo }
    },
    async undo(id) {
      checkWritable(bus)
      const undo = undos.get(id)
      if (!undo) throw new FaultError('not-found', 'This change was undone already, or is of an earlier run.')
      const { group, before, moves } = undo
      await checkIdle(group)
      // An offset cannot be taken back singly: where there was none, the group is made anew with what it had.
      if (moves.some(({ now: from }) => from === undefined)) await admin.removeGroup(group)
      await write(group, before)
      undos.delete(id)
      await onMoved(
        group,
        moves.map(({ topic, partition, now: offset }) => ({ topic, partition, offset })),
      )
    },
  }
}

function offsetOf(
  offsets: readonly (Place & { readonly offset: bigint })[],
  { topic, partition }: Place,
): bigint | undefined {
  return offsets.find((each) => each.topic === topic && each.partition === partition)?.offset
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  return value < least ? least : value > most ? most : value
}
