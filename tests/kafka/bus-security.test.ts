import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Bus } from '../../src/main/bus/bus.ts'
import type { SASL_MECHANISMS } from '../../src/shared/kafka-settings.ts'
import type { ProfileInput } from './bus-setup.ts'
import { collectingMember, numbered, openTestBus, readRecords, until } from './bus-setup.ts'
import { useCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { allow } from './rights.ts'

const PASSWORD = 's3cret'
const TOPIC = 'secured'
/** OAUTHBEARER with Kafka's unsigned tokens; a login lasts three seconds. */
const TOKENS = {
  'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
  'listener.name.sasl.oauthbearer.sasl.jaas.config':
    'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="node";',
  'listener.name.sasl.oauthbearer.connections.max.reauth.ms': '3000',
}

let cluster: Cluster
const open: Bus[] = []
beforeAll(async () => {
  cluster = await useCluster({
    nodes: 1,
    listeners: ['sasl', 'tls', 'tls-client', 'sasl-tls', 'wrong-address'],
    restricted: true,
    settings: TOKENS,
  })
  const { bus } = openTestBus(cluster.brokers)
  await bus.admin.create({ name: TOPIC, partitions: 1, replication: 1, configs: {} })
  await bus.close()
}, 180_000)
afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()))
})
afterAll(() => cluster?.close())

function connect(listener: keyof Cluster['listeners'], input: ProfileInput, password?: string) {
  const opened = openTestBus(cluster.listeners[listener]!, input, password)
  open.push(opened.bus)
  return opened
}
const login = (mechanism: (typeof SASL_MECHANISMS)[number]): ProfileInput => ({
  sasl: { mechanism, username: 'alice' },
})
const trust = () => ({ on: true, caFile: cluster.certificates!.caFile })
/** The state that it comes to: 'up', or the fault's code. */
const outcome = async ({ bus }: { bus: Bus }) => {
  await until('a state', () => bus.state().state !== 'connecting')
  return bus.state().fault?.code ?? bus.state().state
}

test.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'a user logs in with %s, bare and encrypted, and a wrong password is told without being shown',
  async (mechanism) => {
    expect(await outcome(connect('sasl', login(mechanism), PASSWORD))).toBe('up')
    expect(await outcome(connect('sasl-tls', { ...login(mechanism), tls: trust() }, PASSWORD))).toBe('up')
    const refused = connect('sasl', login(mechanism), 'canary-7f3a')
    expect(await outcome(refused)).toBe('sasl-failed')
    await expect(refused.bus.admin.topics()).rejects.toMatchObject({ fault: { code: 'sasl-failed' } })
    expect(JSON.stringify([refused.lines, refused.bus.state()])).not.toContain('canary-7f3a')
  },
)

test('TLS stands with those who trust its certificate and show theirs where it is asked for', async () => {
  const own = { certFile: cluster.certificates!.certFile, keyFile: cluster.certificates!.keyFile }
  expect(await outcome(connect('tls', { tls: trust() }))).toBe('up')
  expect(await outcome(connect('tls-client', { tls: { ...trust(), ...own } }))).toBe('up')
  expect(await outcome(connect('tls', { tls: { on: true } }))).toBe('tls-failed')
  expect(await outcome(connect('tls', { tls: { ...trust(), serverName: 'elsewhere.test' } }))).toBe('tls-failed')
  expect(await outcome(connect('tls-client', { tls: trust() }))).not.toBe('up')
  expect(await outcome(connect('tls', { tls: { on: true, caFile: '/nowhere/ca.pem' } }))).toBe('bad-setting')
})

test('A-44 a cluster that sends its clients to a wrong address is told apart from one that is away', async () => {
  const { bus } = connect('wrong-address', {})
  await expect(bus.admin.ends(TOPIC)).resolves.toEqual([{ partition: 0, start: undefined, end: undefined }])
  const reading = bus.producer().send(TOPIC, 0, numbered(1))
  reading.catch(() => undefined)
  await expect(bus.admin.create({ name: 'x', partitions: 1, replication: 1, configs: {} })).rejects.toMatchObject({
    fault: { code: 'listener-unreachable', message: expect.stringContaining('broker.invalid:9092') },
  })
})

test('a missing right ends only what needs it, by its name', { timeout: 60_000 }, async () => {
  const { bus } = connect('sasl', login('SCRAM-SHA-256'), PASSWORD)
  const denied = (right: string) => ({ fault: { code: 'not-authorized', message: expect.stringContaining(right) } })
  const producer = bus.producer()
  expect(await bus.admin.topics()).toEqual([])
  await expect(bus.admin.describe([TOPIC])).rejects.toMatchObject(denied(`Describe on topic ${TOPIC}`))
  await expect(bus.admin.committed('team')).rejects.toMatchObject(denied('Describe on group team'))
  await expect(bus.admin.create({ name: 'mine', partitions: 1, replication: 1, configs: {} })).rejects.toMatchObject(
    denied('Create on topic mine'),
  )
  expect(await bus.admin.describeGroups(['team'])).toEqual([
    { group: 'team', state: 'NotAuthorized', protocol: '', members: undefined },
  ])

  await allow(cluster.brokers, [{ user: 'alice', may: 'DESCRIBE', on: 'TOPIC', name: TOPIC }])
  expect(await bus.admin.topics()).toEqual([TOPIC])
  await expect(producer.send(TOPIC, 0, numbered(1))).rejects.toMatchObject(denied(`Write on topic ${TOPIC}`))
  const first = bus.read(TOPIC, 0, 0n, new AbortController().signal)[Symbol.asyncIterator]()
  await expect(first.next()).rejects.toMatchObject(denied(`Read on topic ${TOPIC}`))
  const { events, kinds } = collectingMember(bus, 'team', [TOPIC])
  await until('the member says why', () => kinds().includes('crashed'))
  expect(events.find(({ kind }) => kind === 'crashed')?.reason).toMatchObject({
    code: 'trouble',
    fault: { code: 'not-authorized', message: expect.stringContaining('group team') as string },
  })

  await allow(cluster.brokers, [
    { user: 'alice', may: 'WRITE', on: 'TOPIC', name: TOPIC },
    { user: 'alice', may: 'READ', on: 'TOPIC', name: TOPIC },
  ])
  await producer.send(TOPIC, 0, numbered(3))
  expect(await readRecords(bus, TOPIC, 0, 3)).toHaveLength(3)
})

test(
  'OAUTHBEARER fetches tokens with client credentials, and goes on beyond the end of a login',
  { timeout: 60_000 },
  async () => {
    const asked: { authorization: string | undefined; body: string }[] = []
    const toToken = (life: number) => {
      const now = Math.floor(Date.now() / 1_000)
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
      return `${encode({ alg: 'none' })}.${encode({ sub: 'alice', iat: now, exp: now + life })}.`
    }
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        asked.push({ authorization: request.headers.authorization, body })
        response.end(JSON.stringify({ access_token: toToken(60), expires_in: 5 }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
    const opened = connect('sasl', { sasl: { mechanism: 'OAUTHBEARER', username: 'alice', tokenUrl } }, PASSWORD)
    expect(await outcome(opened)).toBe('up')
    const states: string[] = []
    opened.bus.onState(() => states.push(opened.bus.state().state))
    await until('a second token', () => asked.length >= 2, 30_000)
    await opened.bus.admin.cluster()
    expect(states).toEqual([])
    expect(asked[0]).toEqual({
      authorization: `Basic ${Buffer.from(`alice:${PASSWORD}`).toString('base64')}`,
      body: 'grant_type=client_credentials',
    })
    await new Promise((resolve) => server.close(resolve))

    const away = connect('sasl', { sasl: { mechanism: 'OAUTHBEARER', username: 'alice', tokenUrl } }, PASSWORD)
    expect(await outcome(away)).toBe('sasl-failed')
    expect(away.bus.state().fault?.message).toContain(tokenUrl)
  },
)
