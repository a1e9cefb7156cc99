import type { ConsumerView } from '../../shared/kafka-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { GroupReason } from '../../shared/group-reasons.ts'
import { idleReason } from '../../shared/group-reasons.ts'
import type { ConsumerSpec } from '../../shared/kafka-settings.ts'
import type { Millis } from '../../shared/market.ts'
import type { Gone, InBatch, Member, MemberEvent, MemberOptions } from '../bus/bus.ts'
import type { Rate } from './rate.ts'
import { createRate } from './rate.ts'
import type { ConsumeSink } from './sink.ts'
import { createTimeline } from './timeline.ts'

type MemberState = ConsumerView['members'][number]['state']

export interface GroupOptions {
  readonly spec: ConsumerSpec
  readonly open: (options: MemberOptions) => Member
  readonly sink: ConsumeSink
  readonly now?: () => Millis
}

/** What a group has done since it was opened. */
export interface GroupTotals {
  readonly processed: number
  readonly own: number
  readonly duplicates: number
  readonly parked: number
  readonly lost: number
  readonly startedAt: Millis
  readonly lastAt?: Millis
}

/** A consumer group's members in this process, and what they did. */
export interface ConsumerGroup {
  readonly spec: ConsumerSpec
  readonly sink: ConsumeSink
  view(): ConsumerView
  totals(): GroupTotals
  /** Opens or closes members until there are so many. */
  resize(members: number): Promise<void>
  add(): void
  /** Leaves the group in order; without a name: the youngest. */
  remove(member?: string): Promise<void>
  /** Vanishes without a word, as a killed process does. */
  kill(member?: string): void
  close(): Promise<void>
}

const MOST = 8

interface Live {
  readonly name: string
  readonly member: Member
  readonly rate: Rate
  state: MemberState
  assigned: readonly { readonly topic: string; readonly partition: number }[]
  reason: GroupReason | undefined
}

export function openGroup(options: GroupOptions): ConsumerGroup {
  const { spec, sink } = options
  const now = options.now ?? Date.now
  const timeline = createTimeline()
  const rate = createRate(now)
  const live: Live[] = []
  /** Killed ones stay in sight. */
  let gone: Live[] = []
  /** Up to where what retention removed has been counted, by partition: a rebuilt member meets it again. */
  const countedTo = new Map<string, bigint>()
  const sums = { processed: 0, own: 0, duplicates: 0, parked: 0, lost: 0 }
  const startedAt = now()
  let lastAt: Millis | undefined
  let named = 0

  const take = async (each: Live, batch: InBatch): Promise<void> => {
    const { duplicates, own, parked } = await sink.take(batch)
    sums.processed += batch.records.length
    sums.own += own
    sums.duplicates += duplicates
    sums.parked += parked
    lastAt = now()
    rate.add(batch.records.length)
    each.rate.add(batch.records.length)
    if (duplicates > 0) timeline.duplicates(duplicates, lastAt)
  }
  const countLost = ({ topic, partition, from, to }: Gone): void => {
    const counted = countedTo.get(`${topic}/${partition}`) ?? from
    if (to <= counted) return
    countedTo.set(`${topic}/${partition}`, to)
    const lost = Number(to - (counted > from ? counted : from))
    sums.lost += lost
    timeline.lost(lost)
  }

  const onEvent = (each: Live, event: MemberEvent): void => {
    const { at, reason } = event
    each.reason = reason
    switch (event.kind) {
      case 'joined':
        each.assigned = event.assigned ?? []
        each.state = each.assigned.length === 0 ? 'idle' : 'running'
        timeline.joined(each.name, at, each.assigned)
        break
      case 'rebalancing':
        each.state = 'joining'
        timeline.began(at, reason ?? { code: 'changed' })
        timeline.stopped(each.name, at)
        break
      case 'crashed':
        each.state = 'crashed'
        each.assigned = []
        timeline.began(at, { code: 'crashed', values: { member: each.name } })
        timeline.gone(each.name, at)
        break
      case 'stuck':
      case 'waiting':
        each.state = event.kind
        break
      case 'rebuilt':
        each.state = 'joining'
        break
      case 'stopped':
        each.state = 'gone'
        break
      case 'heartbeat':
        break
    }
  }

  const add = (): void => {
    if (live.length >= MOST)
      throw new FaultError('bad-request', `"${spec.name}" has ${MOST} members; remove one first.`)
    named += 1
    const name = `${spec.name}-${named}`
    timeline.began(now(), { code: 'added' })
    const each: Live = {
      name,
      rate: createRate(now),
      state: 'joining',
      assigned: [],
      reason: undefined,
      member: options.open({
        group: spec.group,
        name,
        topics: spec.topics,
        start: spec.start,
        resumeAt: sink.resumeAt,
        onBatch: (batch) => take(each, batch),
        onGone: countLost,
        ...(sink.commitAt ? { commitAt: sink.commitAt } : {}),
        onEvent: (event) => onEvent(each, event),
      }),
    }
    live.push(each)
  }
  const find = (name: string | undefined): Live => {
    const each = name === undefined ? live.at(-1) : live.find((one) => one.name === name)
    if (!each) throw new FaultError('not-found', `"${spec.name}" has no member ${name ?? ''} that runs.`)
    live.splice(live.indexOf(each), 1)
    return each
  }
  const remove = async (name?: string): Promise<void> => {
    const each = find(name)
    if (live.length > 0) timeline.began(now(), { code: 'left', values: { member: each.name } })
    await each.member.close()
    timeline.gone(each.name, now())
  }

  for (let index = 0; index < spec.members; index += 1) add()

  const toView = ({ name, state, assigned, rate: own, reason }: Live): ConsumerView['members'][number] => {
    const why = reason ?? (state === 'idle' ? idle() : undefined)
    return { id: name, state, assigned, perSecond: own.perSecond(), ...(why === undefined ? {} : { reason: why }) }
  }
  const idle = (): GroupReason =>
    idleReason(
      live.reduce((sum, { assigned }) => sum + assigned.length, 0),
      live.length,
    ) ?? { code: 'idle-none-left' }

  return {
    spec,
    sink,
    add,
    remove,
    kill(name) {
      const each = find(name)
      const at = now()
      each.member.kill()
      timeline.killed(each.name, at)
      each.state = 'gone'
      each.assigned = []
      gone = [...gone, each].slice(-MOST)
    },
    async resize(members) {
      while (live.length < members) add()
      while (live.length > members) await remove()
    },
    view: () => ({
      name: spec.name,
      group: spec.group,
      bus: spec.bus,
      sink: spec.sink,
      on: true,
      processed: sums.processed,
      perSecond: rate.perSecond(),
      duplicates: sums.duplicates,
      lost: sums.lost,
      parked: sums.parked,
      members: [...live, ...gone].map(toView),
      spans: timeline.spans(),
      rebalances: timeline.rebalances(),
    }),
    totals: () => ({ ...sums, startedAt, ...(lastAt === undefined ? {} : { lastAt }) }),
    async close() {
      const closing = live.map(({ member }) => member.close())
      // A batch under way is kept now, so that its member can leave.
      await sink.close()
      await Promise.all(closing)
    },
  }
}
