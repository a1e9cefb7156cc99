import { expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import type { Admin } from '../bus/bus.ts'
import { surveyGroups } from './lag-survey.ts'

const place = (topic: string, partition: number, offset: bigint) => ({ topic, partition, offset })
const partition = (number: number, leader: number | undefined) => ({
  partition: number,
  leader,
  replicas: [1],
  inSync: [1],
})

function admin(more: Partial<Admin>): Admin {
  return {
    describeGroups: (groups: readonly string[]) =>
      Promise.resolve(groups.map((group) => ({ group, state: 'Empty', protocol: 'consumer', members: [] }))),
    committed: () => Promise.resolve([place('t', 0, 4n), place('t', 1, 9n), place('gone', 0, 1n)]),
    describe: () => Promise.resolve(new Map([['t', [partition(0, 1), partition(1, undefined)]]])),
    ends: () =>
      Promise.resolve([
        { partition: 0, start: 0n, end: 10n },
        { partition: 1, start: undefined, end: undefined },
      ]),
    ...more,
  } as Admin
}
const denied = (right: string) => () =>
  Promise.reject(new FaultError('not-authorized', `Describe on ${right} is missing.`))

async function survey(more: Partial<Admin>, groups = ['g']) {
  const missing: string[] = []
  const times = { at: (_topic: string, _partition: number, offset: bigint) => Promise.resolve(Number(offset) * 500) }
  const found = await surveyGroups(groups, {
    admin: admin(more),
    times,
    timed: 10,
    onMissingRight: (feature, message) => missing.push(`${feature}: ${message}`),
  })
  return {
    groups: found.map(({ info, rows }) => ({
      group: info.group,
      members: info.members?.length,
      rows: rows.map((row) =>
        `${row.topic}/${row.partition} ${row.lag ?? '?'} ${row.note ?? ''} ${row.seconds ?? ''}`.trim(),
      ),
    })),
    missing,
  }
}

test('A-35 a deleted topic and a partition without a leader show "?", the rest has its lag, in market time too', async () => {
  expect(await survey({})).toEqual({
    // From record 3, the last committed one, to record 9.
    groups: [{ group: 'g', members: 0, rows: ['gone/0 ? deleted', 't/0 6  3', 't/1 ? leaderless'] }],
    missing: [],
  })
})

test('a partition that a member reads and nobody has committed is shown with its reader', async () => {
  const members = [{ id: 'm-1', clientId: 'reader', host: '/10.0.0.1', assigned: [{ topic: 't', partition: 0 }] }]
  const found = await survey({
    committed: () => Promise.resolve([]),
    describeGroups: () => Promise.resolve([{ group: 'g', state: 'Stable', protocol: 'consumer', members }]),
  })
  expect(found.groups).toEqual([{ group: 'g', members: 1, rows: ['t/0 10 never-committed 4.5'] }])
})

test('a missing right ends what needs it, named, and nothing else', async () => {
  expect({
    members: await survey({ describeGroups: denied('group g') }),
    ends: await survey({ ends: denied('topic t') }),
  }).toEqual({
    members: {
      groups: [{ group: 'g', members: undefined, rows: ['gone/0 ? deleted', 't/0 6  3', 't/1 ? leaderless'] }],
      missing: ['members of groups: Describe on group g is missing.'],
    },
    ends: {
      groups: [{ group: 'g', members: 0, rows: ['gone/0 ? deleted', 't/0 ? unknown', 't/1 ? leaderless'] }],
      missing: ['ends of topics: Describe on topic t is missing.'],
    },
  })
})

test('a group whose coordinator is moving is left out of this look; the others are in it', async () => {
  const found = await survey(
    {
      committed: (group) =>
        group === 'b'
          ? Promise.reject(new FaultError('cluster-away', 'moving'))
          : Promise.resolve([place('t', 0, 10n)]),
    },
    ['a', 'b', 'c'],
  )
  expect(found.groups.map(({ group, rows }) => [group, rows])).toEqual([
    ['a', ['t/0 0  0']],
    ['c', ['t/0 0  0']],
  ])
})
