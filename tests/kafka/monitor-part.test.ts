import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/shared/bridge.ts'
import { createClient, createPortPair, serve } from '../../src/shared/bridge.ts'
import type {
  ClusterView,
  ConsumerView,
  DoctorStep,
  GroupDetail,
  GroupRow,
  Hop,
  ScanFrame,
} from '../../src/shared/kafka-view.ts'
import { kafkaContract } from '../../src/shared/kafka-contract.ts'
import { openOf } from '../../src/shared/bars.ts'
import type { MarketEvent } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import { ETH, second, trade } from '../../src/main/journal/fixtures.ts'
import type { KafkaPart } from '../../src/main/kafka/part.ts'
import { openKafkaPart } from '../../src/main/kafka/part.ts'
import { STOCK_TRADE } from '../../src/main/pipeline/presets/s1.ts'
import { createRedactor } from '../../src/main/secrets/redactor.ts'
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts'
import type { SettingsFile } from '../../src/main/settings-file.ts'
import { openSettings } from '../../src/main/settings-file.ts'
import type { TestStore } from '../../src/main/store/fixtures.ts'
import { openTestStore } from '../../src/main/store/fixtures.ts'
import type { Cluster } from './cluster.ts'
import { useCluster } from './cluster.ts'
import { silent, toRecords, until } from './setup.ts'
import { openBus } from '../../src/main/bus/kafka/open-bus.ts'
import { clusterProfileSchema } from '../../src/shared/kafka-settings.ts'

const TOPIC = 'tapedeck.trades.v1'
const BARS = 'tapedeck.bars-1s.v1'

let cluster: Cluster
let kept: TestStore
let settings: SettingsFile
let part: KafkaPart
let client: Client<typeof kafkaContract>
const seen: MarketEvent[] = []
const secrets = createMemorySecrets()

beforeAll(async () => {
  cluster = await useCluster({ nodes: 1 })
  kept = await openTestStore()
  settings = await openSettings(kept.folder, {})
  part = openKafkaPart({
    ...kept,
    began: await kept.journal.ends(),
    demo: false,
    collector: 'c0',
    settings,
    secrets,
    redactor: createRedactor(),
    log: silent,
    watched: () => ['upbit:BTC/KRW'],
    onEvents: (events) => seen.push(...events),
  })
  const [page, engine] = createPortPair()
  serve(kafkaContract, part.handlers, engine)
  client = createClient(page)
}, 120_000)
afterAll(async () => {
  await part?.close()
  await kept?.close()
  kept?.remove()
  await cluster?.close()
})

/** The newest value of a stream, once it is as wanted. */
async function newest<V>(
  open: (onValue: (value: V) => void) => () => void,
  isWanted: (value: V) => boolean,
): Promise<V> {
  let found: V | undefined
  const leave = open((value) => {
    if (isWanted(value)) found = value
  })
  await until(() => found !== undefined)
  leave()
  return found!
}
const state = (isWanted: (view: ClusterView) => boolean) =>
  newest<ClusterView>((take) => client.open('kafka.state', {}, take), isWanted)
const consumers = (isWanted: (view: readonly ConsumerView[]) => boolean) =>
  newest<readonly ConsumerView[]>((take) => client.open('consumers', {}, take), isWanted)

test('without a profile there is no cluster, and what needs one says so', async () => {
  const view = await state(() => true)
  const refused = await client.call('topics.list', {}).catch((error: Error) => error.message)
  expect({ state: view.state, brokers: view.brokers, refused }).toEqual({
    state: 'off',
    brokers: [],
    refused: 'No cluster is in use. Choose a profile first.',
  })
})

test('W2 settings connect, forward and consume; one own trade is followed through every hop, and from its offset back to its candle', async () => {
  const profile = { id: 'own', name: 'Own', brokers: [...cluster.brokers], compression: 'none' }
  const reader = { name: 'readers', topics: [TOPIC], group: 'part-readers', members: 2, start: 'earliest' }
  await settings.set({ kafka: { profiles: [profile], active: 'own', consumers: [reader] } })
  // What is journaled before the forwarder stands is not its business.
  const up = await state((view) => view.brokers.length === 1 && view.outbox?.presets.length === 1)
  expect({ state: up.state, profile: up.profile, outbox: up.outbox?.records, rights: up.missingRights }).toEqual({
    state: 'up',
    profile: { id: 'own', name: 'Own', readOnly: false },
    outbox: 0,
    rights: [],
  })

  const at = Date.now()
  const openAt = openOf(at, SECOND)
  await kept.put(trade('mine', at), { ...second(openAt, '100'), receivedAt: at + 3 * SECOND })
  await until(async () => (await client.call('topics.list', {})).includes(TOPIC))
  const [view] = await consumers(([each]) => (each?.processed ?? 0) >= 1)
  expect({ processed: view?.processed, sink: view?.sink, members: view?.members.length }).toEqual({
    processed: 1,
    sink: 'store',
    members: 2,
  })
  let hops: readonly Hop[] = []
  await until(async () => {
    hops = await client.call('trace.trade', { instrument: 'upbit:BTC/KRW', id: 'mine', at })
    return hops.some(({ hop }) => hop === 'consumed')
  })
  const place = hops.find(({ hop }) => hop === 'sent')?.where
  const [topic = '', number, offset = ''] = place!.split('/')
  const record = { topic, partition: Number(number), offset }
  const there = { at: expect.any(Number), where: place, record }
  expect(hops).toEqual([
    { hop: 'exchange', at },
    { hop: 'socket', at: at + 5 },
    { hop: 'journal', at: expect.any(Number), where: place },
    { hop: 'aggregate', at: expect.any(Number), where: `${BARS}/${number}/0`, bar: { openAt, revision: 0 } },
    { hop: 'sent', ...there },
    { hop: 'acked', ...there },
    { hop: 'consumed', ...there },
    { hop: 'stored', at: expect.any(Number), where: 'market.db' },
  ])
  const [sent = 0, acked = 0, consumed = 0] = hops.flatMap((hop) => (hop.record ? [hop.at] : []))
  // It may come back before its acknowledgement does.
  expect([sent <= acked, sent <= consumed]).toEqual([true, true])
  expect(await client.call('trace.record', record)).toEqual({ instrument: 'upbit:BTC/KRW', at })

  await client.call('topics.create', { name: 'notes', partitions: 1, replication: 1, configs: {} })
  await until(async () => (await client.call('topics.list', {})).includes('notes'))
  await client.call('messages.send', { topic: 'notes', partition: 0, key: null, value: '{"a":1}', headers: {} })
  const [note, none] = ['0', '99'].map((each) => ({ topic: 'notes', partition: 0, offset: each }))
  expect(await client.call('trace.record', note!)).toBeUndefined()
  await expect(client.call('trace.record', none!)).rejects.toThrow('Offset 99 of notes P0 cannot be read')
}, 60_000)

test('what another collector forwards reaches the store and the pages, and the group’s lag is watched', async () => {
  const bus = openBus({
    profile: clusterProfileSchema.parse({ id: 'x', name: 'x', brokers: cluster.brokers, compression: 'none' }),
    secrets: {},
    log: silent,
  })
  const producer = bus.producer()
  const at = Date.now()
  await producer.send(
    TOPIC,
    0,
    toRecords([trade('theirs', at, { instrument: ETH }), trade('theirs', at, { instrument: ETH })]),
  )
  await until(() => kept.query("SELECT 1 FROM trades WHERE id = 'theirs'").length === 1)
  await until(() => seen.length > 0)
  expect(seen.map(({ instrument, data }) => [instrument, data.kind === 'trade' && data.id])).toEqual([[ETH, 'theirs']])

  const rows = await newest<readonly GroupRow[]>(
    (take) => client.open('groups', {}, take),
    (each) => each.some(({ group, lag }) => group === 'part-readers' && lag === '0'),
  )
  const detail = await newest<GroupDetail>(
    (take) => client.open('group', { group: 'part-readers' }, take),
    (each) => each.memberRows?.length === 2,
  )
  expect({
    row: rows.find(({ group }) => group === 'part-readers')?.state,
    read: detail.partitions.every(({ member }) => member !== undefined),
  }).toEqual({
    row: 'Stable',
    read: true,
  })
  await producer.close()
  await bus.close()
}, 60_000)

test('a member is killed and added by command, a consumer is switched off by its settings', async () => {
  await client.call('consumers.member', { name: 'readers', action: 'kill', member: 'readers-2' })
  await consumers(([each]) => each?.members.some(({ id, state: now }) => id === 'readers-2' && now === 'gone') ?? false)
  await client.call('consumers.member', { name: 'readers', action: 'add' })
  const { kafka } = settings.state.settings
  await settings.set({ kafka: { consumers: kafka.consumers.map((each) => ({ ...each, on: false })) } })
  const [off] = await consumers(([each]) => each?.on === false && each.members.length === 0)
  const refused = await client.call('consumers.parked', { name: 'readers' }).catch((error: Error) => error.message)
  expect({ processed: off?.processed, refused }).toEqual({
    processed: 0,
    refused: 'The consumer "readers" does not run. Switch it on first.',
  })
}, 60_000)

test('a preset that is switched on later begins with what is collected from then on', async () => {
  await settings.set({ kafka: { forward: { presets: ['own', 's1'], market: 'upbit:BTC/KRW', prefix: 'cointicker' } } })
  await state((view) => view.outbox?.presets.length === 2)
  await kept.put(trade('after', Date.now()))
  await state((view) => view.outbox?.presets.every(({ acked }) => acked > 0) ?? false)
  const query = { topic: STOCK_TRADE, from: 'earliest', follow: false, limit: 10 } as const
  const { rows } = await newest<ScanFrame>(
    (take) => client.open('messages', query, take),
    ({ rows: found }) => found.length > 0,
  )
  expect(rows.map(({ key }) => key)).toEqual(['after'])
}, 60_000)

test('with the profile gone the cluster is left, and the built-in log can be consumed in its place', async () => {
  const local = {
    name: 'local',
    bus: 'journal',
    topics: ['tapedeck.*'],
    group: 'local',
    members: 2,
    sink: 'none',
    start: 'earliest',
  }
  await settings.set({ kafka: { active: null, consumers: [local] } })
  await state((view) => view.state === 'off')
  const [view] = await consumers(([each]) => each?.name === 'local' && each.processed > 0)
  await kept.put(trade('later', Date.now()))
  const [later] = await consumers(([each]) => (each?.processed ?? 0) > view!.processed)
  expect(later?.members.map(({ state: now, assigned }) => [now, assigned.length])).toEqual([
    ['running', 7],
    ['running', 6],
  ])
}, 60_000)

test('a deleted profile takes its secrets with it', async () => {
  await client.call('kafka.secret.set', { profile: 'own', password: 'canary', keyPassphrase: 'canary too' })
  const kept = await client.call('kafka.secret.state', { profile: 'own' })
  await settings.set({ kafka: { profiles: [] } })
  await until(async () => !(await client.call('kafka.secret.state', { profile: 'own' })).set)
  expect([kept, await secrets.get('kafka:own:password'), await secrets.get('kafka:own:key-passphrase')]).toEqual([
    { set: true, kept: 'this-run' },
    undefined,
    undefined,
  ])
})

test('the doctor’s stream ends with the last of its steps', async () => {
  const profile = clusterProfileSchema.parse({ id: 'nobody', name: 'Nobody', brokers: ['127.0.0.1:1'] })
  let steps: readonly DoctorStep[] = []
  const fault = await new Promise((ended) =>
    client.open('kafka.doctor', { profile }, (value) => void (steps = value), ended),
  )
  expect([fault, steps.map(({ state: now }) => now)]).toEqual([
    undefined,
    ['ok', 'failed', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting'],
  ])
})
