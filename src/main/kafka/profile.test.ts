import { describe, expect, it } from 'vitest'
import { clusterProfileSchema, DEFAULT_KAFKA } from '../../shared/kafka-settings.ts'
import type { KafkaSettings } from '../../shared/kafka-settings.ts'
import { readBrokers } from './environment.ts'
import { resolveKafka } from './profile.ts'

const saved: KafkaSettings = {
  ...DEFAULT_KAFKA,
  profiles: [clusterProfileSchema.parse({ id: 'prod', name: 'Production', brokers: ['kafka.example.com:9094'] })],
  active: 'prod',
}

it('without variables the saved profile is in force, or none', () => {
  expect(resolveKafka(saved, {})).toEqual({
    kafka: saved,
    profile: saved.profiles[0],
    source: 'settings',
    secrets: undefined,
    variables: [],
    problems: [],
  })
  expect(resolveKafka(DEFAULT_KAFKA, {})).toMatchObject({ profile: undefined, source: 'none' })
})

it('KAFKA_BOOTSTRAP_SERVERS makes a profile that wins over the active one, which is kept', () => {
  const { kafka, profile, source, variables, problems } = resolveKafka(saved, {
    KAFKA_BOOTSTRAP_SERVERS: '192.168.1.100:9092,192.168.1.101:9092',
  })
  expect(profile).toEqual(
    clusterProfileSchema.parse({
      id: 'environment',
      name: 'environment',
      brokers: ['192.168.1.100:9092', '192.168.1.101:9092'],
    }),
  )
  expect([kafka.active, kafka.profiles.map((each) => each.id)]).toEqual(['environment', ['prod', 'environment']])
  expect([source, variables, problems]).toEqual(['environment', ['KAFKA_BOOTSTRAP_SERVERS'], []])
})

it('user, password and protocol come from the environment too; the password stays out of the profile', () => {
  const inForce = resolveKafka(saved, {
    KAFKA_BOOTSTRAP_SERVERS: 'kafka:9093',
    KAFKA_SECURITY_PROTOCOL: 'sasl_ssl',
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'alice',
    KAFKA_SASL_PASSWORD: ' canary-secret ',
    KAFKA_SSL_CAFILE: '/etc/ca.pem',
  })
  expect(inForce.profile).toMatchObject({
    tls: { on: true, caFile: '/etc/ca.pem' },
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'alice', tokenUrl: null },
  })
  expect(inForce.secrets).toEqual({ password: ' canary-secret ' })
  expect(JSON.stringify(inForce.kafka)).not.toContain('canary')
})

it('KAFKA_TOPIC_PREFIX, KAFKA_TOPICS and KAFKA_GROUP_ID count without a cluster of the environment’s', () => {
  const { kafka, profile, source } = resolveKafka(saved, {
    KAFKA_TOPIC_PREFIX: 'mine',
    KAFKA_TOPICS: 'mine.raw.*, other.topic',
    KAFKA_GROUP_ID: 'readers',
  })
  expect([profile?.id, source, kafka.forward.prefix]).toEqual(['prod', 'settings', 'mine'])
  expect(kafka.consumers).toEqual([
    {
      name: 'environment',
      bus: 'kafka',
      topics: ['mine.raw.*', 'other.topic'],
      group: 'readers',
      members: 1,
      start: 'earliest',
      sink: 'store',
      on: true,
    },
  ])
  expect(resolveKafka(saved, { KAFKA_GROUP_ID: 'readers' }).kafka.consumers[0]?.topics).toEqual(['cointicker.raw.*'])
})

describe('what is not valid is told with its variable, and what was saved stays in force', () => {
  const brokers = { KAFKA_BOOTSTRAP_SERVERS: 'kafka:9092' }
  it.each([
    ['KAFKA_BOOTSTRAP_SERVERS', { KAFKA_BOOTSTRAP_SERVERS: 'http://kafka:9092/path' }],
    ['KAFKA_SECURITY_PROTOCOL', { ...brokers, KAFKA_SECURITY_PROTOCOL: 'TLS' }],
    ['KAFKA_SASL_MECHANISM', { ...brokers, KAFKA_SASL_MECHANISM: 'GSSAPI' }],
    ['KAFKA_SASL_TOKEN_URL', { ...brokers, KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_TOKEN_URL: 'no address' }],
    ['KAFKA_SASL_PASSWORD', { KAFKA_SASL_PASSWORD: 'without a cluster' }],
    ['KAFKA_TOPIC_PREFIX', { KAFKA_TOPIC_PREFIX: 'with blanks' }],
    ['KAFKA_GROUP_ID', { KAFKA_GROUP_ID: 'x'.repeat(201) }],
  ])('%s', (field, environment) => {
    const inForce = resolveKafka(saved, environment)
    expect(inForce.problems).toEqual([{ field, message: expect.stringMatching(/\.$/) }])
    expect([inForce.profile?.id, inForce.kafka.forward.prefix, inForce.kafka.consumers]).toEqual([
      'prod',
      'cointicker',
      [],
    ])
  })

  it('an active profile that is not there', () => {
    expect(resolveKafka({ ...saved, active: 'gone' }, {})).toMatchObject({
      profile: undefined,
      source: 'none',
      problems: [{ field: 'kafka.active', message: 'There is no profile "gone". No cluster is used.' }],
    })
  })
})

it.each([
  ['localhost:9092', ['localhost:9092']],
  [' a:1 , b:2 ', ['a:1', 'b:2']],
  ['["a:1", "b:2"]', ['a:1', 'b:2']],
  ["['a:1','b:2']", ['a:1', 'b:2']],
  ['SASL_SSL://a:1,PLAINTEXT://b:2', ['a:1', 'b:2']],
  ['kafka', ['kafka:9092']],
  ['[::1]:9092', ['[::1]:9092']],
  ['[::1]', ['[::1]:9092']],
])('brokers written as %s are read', (text, brokers) => {
  expect(readBrokers(text)).toEqual(brokers)
})
