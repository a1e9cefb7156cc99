import { expect, it } from 'vitest'
import { clusterProfileSchema } from '../../../shared/kafka-settings.ts'
import type { Refusal, Wire, WireCluster } from '../../bus/wire.ts'
import type { Visit } from '../visit.ts'
import { produce } from './produce.ts'

const known: WireCluster = {
  id: 'one',
  controller: 1,
  brokers: [{ id: 1, host: '127.0.0.1', port: 9092 }],
  topics: [{ name: 'tapedeck.doctor', internal: false, error: undefined, partitions: [{ partition: 0, leader: 1 }] }],
}
const unknown: WireCluster = { ...known, topics: [] }
const refusal = (error: string): Refusal => ({ error, said: 'the broker’s words' })

/** A broker that takes everything, but for what a test says. */
function wire(differently: Partial<Wire> = {}): Wire {
  return {
    offers: () => Promise.resolve(true),
    handshake: () => Promise.resolve({ error: undefined, mechanisms: [] }),
    signIn: () => Promise.resolve(undefined),
    cluster: () => Promise.resolve(known),
    createTopic: () => Promise.resolve(undefined),
    deleteTopic: () => Promise.resolve(undefined),
    producerId: () => Promise.resolve(undefined),
    produce: () => Promise.resolve({ offset: '7' }),
    fetch: () => Promise.resolve({ values: [] }),
    close() {},
    ...differently,
  }
}

async function find(differently: Partial<Wire>) {
  const visit: Visit = {
    profile: clusterProfileSchema.parse({ id: 'test', name: 'test', brokers: ['127.0.0.1:9092'] }),
    secrets: {},
    signal: new AbortController().signal,
    limits: { connect: 200, answer: 200 },
    openWire: () => wire(),
    token: () => Promise.resolve(''),
    atEnd() {},
  }
  const { finding } = await produce(visit, { cluster: unknown, wires: new Map([[1, wire(differently)]]) })
  return finding
}

it('A-44 too few replicas in sync are told', async () => {
  expect(await find({ produce: () => Promise.resolve({ refusal: refusal('NOT_ENOUGH_REPLICAS') }) })).toEqual({
    code: 'produce-replicas',
    values: { topic: 'tapedeck.doctor' },
  })
})

it('A-44 a topic policy is told in the broker’s words', async () => {
  const policy = {
    cluster: () => Promise.resolve(unknown),
    createTopic: () => Promise.resolve(refusal('POLICY_VIOLATION')),
  }
  expect(await find(policy)).toEqual({ code: 'produce-policy', values: { said: 'the broker’s words' } })
})

it('A-44 a topic that gets no leader is told', async () => {
  expect(await find({ cluster: () => Promise.resolve(unknown) })).toMatchObject({ code: 'produce-no-leader' })
})

it('A-44 the right to an idempotent producer is told apart from the right to write', async () => {
  expect(await find({ producerId: () => Promise.resolve(refusal('CLUSTER_AUTHORIZATION_FAILED')) })).toEqual({
    code: 'produce-no-right',
    values: {
      right: 'IdempotentWrite',
      resource: 'cluster',
      copy: "kafka-acls.sh --bootstrap-server 127.0.0.1:9092 --add --allow-principal 'User:ANONYMOUS' --operation IdempotentWrite --cluster",
    },
  })
})

it('A-44 what a leader says while a new topic spreads is tried again', async () => {
  let tries = 0
  const late = () => {
    tries += 1
    return Promise.resolve(tries < 2 ? { refusal: refusal('UNKNOWN_TOPIC_OR_PARTITION') } : { offset: '7' })
  }
  expect(await find({ produce: late })).toEqual({
    code: 'produce-ok',
    values: { topic: 'tapedeck.doctor', partition: '0', offset: '7' },
  })
})

it('A-44 any other refusal keeps its name', async () => {
  expect(await find({ produce: () => Promise.resolve({ refusal: refusal('UNKNOWN_SERVER_ERROR') }) })).toEqual({
    code: 'produce-refused',
    values: { error: 'UNKNOWN_SERVER_ERROR', said: 'the broker’s words' },
  })
})
