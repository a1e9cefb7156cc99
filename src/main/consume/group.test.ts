import { expect, test } from 'vitest'
import { consumerSchema } from '../../shared/kafka-settings.ts'
import type { InBatch, MemberOptions } from '../bus/bus.ts'
import { createCountSink } from './count-sink.ts'
import { openGroup } from './group.ts'

const batch = (from: number, count: number): InBatch => ({
  topic: 't',
  partition: 0,
  end: BigInt(from + count),
  records: Array.from({ length: count }, (_, index) => ({
    topic: 't',
    partition: 0,
    offset: BigInt(from + index),
    key: null,
    value: null,
    headers: {},
    timestamp: 0,
  })),
})

function open(members: number) {
  const opened: MemberOptions[] = []
  const closed: string[] = []
  let now = 1_000
  const group = openGroup({
    spec: consumerSchema.parse({ name: 'r', topics: ['t'], group: 'g', members, sink: 'none' }),
    open: (options) => {
      opened.push(options)
      const id = String(opened.length)
      return {
        id,
        close: () => Promise.resolve(void closed.push(`close ${id}`)),
        kill: () => void closed.push(`kill ${id}`),
      }
    },
    sink: createCountSink(),
    now: () => now,
  })
  return { group, opened, closed, wait: (time: number) => (now += time) }
}

test('what retention removed unread is lost, and counted once however often it is met', () => {
  const { group, opened } = open(2)
  const met = [
    [10n, 15n],
    [10n, 15n], // a rebuilt member meets it again
    [12n, 18n],
    [30n, 31n],
  ] as const
  const lost = met.map(([from, to], index) => {
    opened[index % 2]!.onGone!({ topic: 't', partition: 0, from, to })
    return group.totals().lost
  })
  expect(lost).toEqual([5, 5, 8, 9])
})

test('members are shown as they are told to be, a member without a share with the reason', () => {
  const { group, opened } = open(3)
  const tell = (member: number, kind: 'joined' | 'crashed' | 'stuck' | 'waiting', more = {}) =>
    opened[member]!.onEvent({ at: 1_000, kind, ...more })
  tell(0, 'joined', { assigned: [{ topic: 't', partition: 0 }] })
  tell(1, 'joined', { assigned: [] })
  tell(2, 'waiting', { reason: { code: 'absent' } })
  expect(group.view().members.map(({ id, state, reason }) => ({ id, state, reason }))).toEqual([
    { id: 'r-1', state: 'running', reason: undefined },
    {
      id: 'r-2',
      state: 'idle',
      reason: { code: 'idle-too-many', values: { partitions: '1', members: '3' } },
    },
    { id: 'r-3', state: 'waiting', reason: { code: 'absent' } },
  ])
})

test('members are added up to eight, removed in order, killed without a word', async () => {
  const { group, closed } = open(2)
  await group.resize(8)
  expect(() => group.add()).toThrow('"r" has 8 members; remove one first.')
  group.kill('r-1')
  await group.remove('r-8')
  await group.resize(5)
  expect(() => group.kill('r-1')).toThrow('no member r-1')
  expect({ closed, left: group.view().members.map(({ id, state }) => `${id} ${state}`) }).toEqual({
    closed: ['kill 1', 'close 8', 'close 7'],
    left: ['r-2', 'r-3', 'r-4', 'r-5', 'r-6'].map((id) => `${id} joining`).concat('r-1 gone'),
  })
})

test('the rate is of the last five whole seconds', async () => {
  const { group, opened, wait } = open(1)
  await opened[0]!.onBatch(batch(0, 50))
  wait(1_000)
  const view = group.view()
  wait(6_000)
  expect([view.perSecond, view.members[0]!.perSecond, group.view().perSecond]).toEqual([10, 10, 0])
})
