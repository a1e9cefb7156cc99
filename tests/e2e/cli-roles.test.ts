import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RoleStatus } from '../../src/shared/role-contract.ts'
import { encodeEvent } from '../../src/shared/wire.ts'
import { clock, trade } from '../../src/main/journal/fixtures.ts'
import type { Setup } from '../kafka/setup.ts'
import { setup } from '../kafka/setup.ts'
import type { Command } from '../tapedeck.ts'
import { start, tempFolder, until } from '../tapedeck.ts'
import { linesOf, statusOf } from './command-line.ts'

const home = tempFolder()
let kafka: Setup
beforeAll(async () => {
  kafka = await setup()
}, 120_000)
afterAll(async () => {
  await kafka?.close()
  rmSync(home, { recursive: true, force: true })
})

/** Waits until the role that runs on a folder says so. */
async function answered<T>(folder: string, isRight: (status: T) => boolean): Promise<T> {
  const ask = async () => {
    const { code, out } = await statusOf(folder, '--json')
    return code === 0 ? (linesOf(out)[0] as T) : undefined
  }
  const status = await until(ask, (found) => found !== undefined && isRight(found), 60_000)
  return status!
}

/** Ends a role in order, and checks that nothing of it is left to be found. */
async function ended(command: Command, folder: string, own: string): Promise<unknown> {
  expect(statSync(join(own, 'engine.json')).mode & 0o777).toBe(0o600)
  const { code, out, said } = await command.end('SIGTERM')
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' })
  expect(['engine.json', 'engine.pid'].filter((name) => existsSync(join(own, name)))).toEqual([])
  expect((await statusOf(folder)).code).toBe(4)
  return linesOf(out)[0]
}

test('status tells of collect what it tells of serve, but for an address: it has no page', async () => {
  const folder = join(home, 'collect')
  const command = start(['collect', '--demo', '--no-news', '--exchanges', 'upbit', '--rate', '100', '--data', folder])
  const status = await answered<{ health: { store: { trades: number } } }>(
    folder,
    ({ health }) => health.store.trades > 0,
  )
  expect(status).toMatchObject({
    role: 'collect',
    pid: command.pid,
    info: { folder: `${folder}-demo`, mode: { mode: 'demo' } },
    health: { venues: [{ venue: 'upbit' }] },
  })
  const { out } = await statusOf(folder)
  expect(out).toMatch(new RegExp(`^Tapedeck \\S+, collect, process ${command.pid}, DEMO`))
  expect(out).not.toContain('#token=')
  expect(await ended(command, folder, `${folder}-demo`)).toMatchObject({ demo: true })
}, 120_000)

test('status tells of consume its group, members, rate, lag, and what it parked or lost', async () => {
  const folder = join(home, 'consume')
  const [topic, group] = [await kafka.topic(2), kafka.group()]
  const values = Array.from({ length: 30 }, (_, index) => encodeEvent(trade(String(index), 1_767_571_200_000 + index)))
  await kafka.send(topic, 0, [...values, '{"instrument":"BTC"}'], { headers: { collector: 'another' } })
  const from = ['--bootstrap-servers', kafka.profile.brokers.join(','), '--topics', topic, '--group-id', group]
  const command = start(['consume', ...from, '--members', '3', '--data', folder])
  const isDone = ({ records, members, lag }: RoleStatus) =>
    records === 31 && members.every(({ state }) => state === 'running' || state === 'idle') && lag?.records === '0'
  const status = await answered<RoleStatus>(folder, isDone)
  expect(status).toMatchObject({
    role: 'consume',
    pid: command.pid,
    folder,
    cluster: { brokers: kafka.profile.brokers, state: 'up' },
    group,
    topics: [topic],
    duplicates: 0,
    parked: 1,
    lost: 0,
    lag: { records: '0', unknownPartitions: 0 },
  })
  expect(status.members.map(({ state, assigned }) => `${state} ${assigned.length}`).toSorted()).toEqual([
    'idle 0',
    'running 1',
    'running 1',
  ])
  const { out } = await statusOf(folder)
  expect(out.replaceAll(/\d+\/s/g, 'n/s').split('\n')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(new RegExp(`^Tapedeck \\S+, consume, process ${command.pid}$`)),
      `group    ${group}, reading ${topic}`,
      'records  31, n/s, 0 duplicates, 1 parked, 0 lost',
      'lag      0 records',
      expect.stringMatching(/^member {3}consume-\d idle, partitions: 0, n\/s: Partitions: 2, members: 3\. /),
    ]),
  )
  expect(await ended(command, folder, folder)).toMatchObject({ group, processed: 31, parked: 1, lost: 0 })
}, 120_000)

test('status tells of process what it made; on a folder that another has it tells of that one, and leaves its file', async () => {
  const folder = join(home, 'process')
  const [from, to, group] = [await kafka.topic(), await kafka.topic(), kafka.group()]
  const at = 1_767_571_200_000
  const values = Array.from({ length: 10 }, (_, second) => [
    encodeEvent(trade(String(second), at + second * 1_000)),
    encodeEvent(clock(at + second * 1_000 + 999)),
  ])
  await kafka.send(from, 0, [...values.flat(), 'no JSON'])
  const options = ['--bootstrap-servers', kafka.profile.brokers.join(','), '--from', from, '--to', to]
  const command = start(['process', ...options, '--group-id', group, '--data', folder])
  const status = await answered<RoleStatus>(folder, ({ records }) => records === 21)
  expect(status).toMatchObject({
    role: 'process',
    pid: command.pid,
    folder,
    group,
    topics: [from],
    parked: 1,
    lost: 0,
    made: { topic: to, late: 0 },
  })
  expect(status.made?.bars).toBeGreaterThan(0)
  const second = start(['process', ...options, '--group-id', group, '--data', folder])
  await until(second.said, (said) => said.includes(`"tapedeck status" tells of process ${command.pid}`), 60_000)
  expect((await second.end('SIGTERM')).code).toBe(0)
  const { out } = await statusOf(folder)
  expect(out).toContain(`, process, process ${command.pid}\n`)
  expect(out).toMatch(new RegExp(`^bars {5}\\d+ into ${to}, \\d+ late$`, 'm'))
  expect(await ended(command, folder, folder)).toMatchObject({ group, lost: 0 })
}, 120_000)
