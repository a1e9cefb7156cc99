import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import type { SASLOptions } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LISTENER_IDS } from '../../scripts/kafka/listeners.ts'
import type { ListenerId } from '../../scripts/kafka/listeners.ts'
import { createTopic, send, toClient } from './client.ts'
import { useCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { allow } from './rights.ts'

/** For what must fail: the first refusal counts. */
const ONCE = { retry: { retries: 0 } }
const TOPIC = 'listeners'
let cluster: Cluster

beforeAll(async () => {
  cluster = await useCluster({
    nodes: 1,
    listeners: LISTENER_IDS,
    restricted: true,
    settings: { 'message.max.bytes': '2000' },
  })
  await createTopic(toClient(cluster.brokers), TOPIC)
}, 120_000)
afterAll(() => cluster.close())

const login = (mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512', password = 's3cret') =>
  ({ mechanism, username: 'alice', password }) as SASLOptions
const trust = (): ConnectionOptions => ({ ca: readFileSync(cluster.certificates!.caFile) })
const showCertificate = (): ConnectionOptions => ({
  ...trust(),
  cert: readFileSync(cluster.certificates!.certFile),
  key: readFileSync(cluster.certificates!.keyFile),
})

/** Nodes that the cluster tells a client of, or the error that the client meets. */
async function ask(listener: ListenerId, options: { ssl?: ConnectionOptions; sasl?: SASLOptions }) {
  const admin = toClient(cluster.listeners[listener]!, { ...ONCE, ...options }).admin()
  try {
    await admin.connect()
    return (await admin.describeCluster()).brokers.map(({ host, port }) => `${host}:${port}`)
  } catch (error) {
    return (error as Error).message
  } finally {
    await admin.disconnect()
  }
}

test.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
  'a user logs in with %s, bare and encrypted',
  async (mechanism) => {
    expect(await ask('sasl', { sasl: login(mechanism) })).toEqual(cluster.listeners.sasl)
    expect(await ask('sasl-tls', { sasl: login(mechanism), ssl: trust() })).toEqual(cluster.listeners['sasl-tls'])
    expect(await ask('sasl', { sasl: login(mechanism, 'wrong') })).toMatch(/invalid/i)
  },
)

test('TLS stands for those who trust its certificate', async () => {
  expect(await ask('tls', { ssl: trust() })).toEqual(cluster.listeners.tls)
  expect(await ask('tls', { ssl: {} })).toMatch(/self-signed certificate/)
})

test('where a client certificate is asked for, only its owner comes in', async () => {
  expect(await ask('tls-client', { ssl: showCertificate() })).toEqual(cluster.listeners['tls-client'])
  expect(await ask('tls-client', { ssl: trust() })).not.toEqual(cluster.listeners['tls-client'])
})

test('the listener with the wrong address sends its clients to a host that does not exist', async () => {
  expect(await ask('wrong-address', {})).toMatch(/ENOTFOUND broker\.invalid|EAI_AGAIN broker\.invalid/)
})

test('a restricted user may do nothing before it is allowed, and then only that', { timeout: 60_000 }, async () => {
  const alice = toClient(cluster.listeners.sasl!, { ...ONCE, sasl: login('plain') })
  await expect(send(alice, TOPIC, ['a record'])).rejects.toThrow(/authorized/i)
  await allow(cluster.brokers, [{ user: 'alice', may: 'WRITE', on: 'TOPIC', name: TOPIC }])
  await send(alice, TOPIC, ['a record'])
  await expect(createTopic(alice, 'not-allowed')).rejects.toMatchObject({
    errors: [{ type: 'TOPIC_AUTHORIZATION_FAILED' }],
  })
})

test('a record over the limit is refused', async () => {
  await expect(send(toClient(cluster.brokers, ONCE), TOPIC, ['x'.repeat(3_000)])).rejects.toThrow(
    /larger than|too large/i,
  )
})
