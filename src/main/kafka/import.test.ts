import { describe, expect, it } from 'vitest'
import { importKafkaConfig } from './import.ts'

const OLDER = `
kafka:
  bootstrap_servers:
    - "localhost:9092"
    - 192.168.1.101:9092
  topics:
    raw_prefix: "cointicker.raw"
    processed_prefix: cointicker.processed
    insights_prefix: cointicker.insights
  producer:
    acks: all
    retries: 3
    batch_size: 10
    timeout: 10
  consumer:
    group_id: cointicker-consumer
    auto_offset_reset: earliest
    enable_auto_commit: true
    timeout: 10
`

it('S3-26…37 an older kafka_config.yaml becomes a profile, a prefix and a consumer, and says what was left and why', () => {
  const { profile, prefix, consumer, notes, findings } = importKafkaConfig(OLDER)
  expect(profile).toMatchObject({
    id: 'imported',
    name: 'localhost:9092',
    brokers: ['localhost:9092', '192.168.1.101:9092'],
    sasl: null,
    readOnly: false,
  })
  expect([prefix, consumer]).toEqual([
    'cointicker',
    {
      name: 'cointicker-consumer',
      bus: 'kafka',
      topics: ['cointicker.raw.*'],
      group: 'cointicker-consumer',
      members: 1,
      start: 'earliest',
      sink: 'store',
      on: true,
    },
  ])
  expect(findings.map(({ code, values }) => [code, values['value']])).toEqual([
    ['prefix', 'cointicker.raw'],
    ['retries', '3'],
    ['batch-size', '10'],
    ['timeout', '10'],
    ['auto-commit', undefined],
    ['timeout', '10'],
  ])
  expect(notes.join('\n')).not.toMatch(/\{\{|undefined/)
})

it('S3-36 auto-commit is turned round, with the reason', () => {
  const { notes, findings } = importKafkaConfig(OLDER)
  const place = findings.findIndex((each) => each.code === 'auto-commit')
  expect(notes[place]).toContain('offsets are committed after the records are stored')
})

it('security is taken over, a password is not', () => {
  const imported = importKafkaConfig(`
bootstrap_servers: broker.example.com:9094
security_protocol: SASL_SSL
sasl_mechanism: SCRAM-SHA-256
sasl_plain_username: alice
sasl_plain_password: canary-secret
ssl_cafile: /etc/ca.pem
producer: { compression_type: zstd, acks: 1 }
`)
  expect(imported.profile).toMatchObject({
    tls: { on: true, caFile: '/etc/ca.pem' },
    sasl: { mechanism: 'SCRAM-SHA-256', username: 'alice' },
    compression: 'zstd',
  })
  expect(imported.findings.map((each) => each.code)).toEqual(['password', 'acks'])
  expect(JSON.stringify(imported)).not.toContain('canary')
})

it('a key that nobody knows, a broker that is none, and a missing list are told', () => {
  const { profile, findings } = importKafkaConfig('kafka: { bootstrap_servers: ["a b:1"], hdfs: { namenode: x } }')
  expect(profile.brokers).toEqual(['localhost:9092'])
  expect(findings).toEqual([
    { code: 'bad-broker', values: { field: 'bootstrap_servers', value: 'a b:1' } },
    { code: 'unknown', values: { field: 'hdfs.namenode' } },
    { code: 'no-brokers', values: {} },
  ])
})

describe('what is no such file is refused in one sentence', () => {
  it.each([
    ['kafka: [1', 'The text is not valid YAML (line 1).'],
    ['just words', 'The text holds no settings. It must be a kafka_config.yaml.'],
    ['', 'The text holds no settings. It must be a kafka_config.yaml.'],
    ['bootstrap_servers: a:1\nclient_id: ""', 'clientId: '],
  ])('%j', (text, message) => {
    expect(() => importKafkaConfig(text)).toThrow(
      expect.objectContaining({ fault: { code: 'bad-request', message: expect.stringContaining(message) } }),
    )
  })

  it('a file made to blow up is refused, not unfolded', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
      .join('\n')}`
    expect(() => importKafkaConfig(bomb)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'bad-request' }) }),
    )
  })
})
