import { expect, test } from 'vitest'
import { javaMajor } from '../../scripts/kafka/java.ts'
import { decodeNodes } from '../../scripts/kafka/metadata.ts'
import { nodeProperties } from '../../scripts/kafka/node-properties.ts'
import type { ClusterPlan } from '../../scripts/kafka/node-properties.ts'
import { portsFrom } from '../../scripts/kafka/plan-nodes.ts'
import { mainClass, TOOL_NAMES } from '../../scripts/kafka/tools.ts'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'

const NODE = {
  id: 1,
  folder: 'data/node1',
  port: 19_092,
  controllerPort: 19_093,
  listeners: { sasl: 19_094, 'wrong-address': 19_095 },
}
const PLAN: ClusterPlan = {
  nodes: [NODE],
  users: { alice: 's3cret' },
  restricted: true,
  certificates: undefined,
  settings: { 'message.max.bytes': '2000', 'num.io.threads': '1' },
}

function propertiesOf(plan: ClusterPlan): Readonly<Record<string, string>> {
  const lines = nodeProperties(plan, plan.nodes[0]!).trimEnd().split('\n')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

test('a node listens where it is planned, tells the wrong address where that is asked for, and guards its rights', () => {
  const properties = propertiesOf(PLAN)
  expect(properties).toMatchObject({
    'controller.quorum.voters': '1@127.0.0.1:19093',
    listeners:
      'PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093,SASL://127.0.0.1:19094,WRONG_ADDRESS://127.0.0.1:19095',
    'advertised.listeners': 'PLAINTEXT://127.0.0.1:19092,SASL://127.0.0.1:19094,WRONG_ADDRESS://broker.invalid:9092',
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,WRONG_ADDRESS:PLAINTEXT',
    'listener.name.sasl.plain.sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="s3cret";',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'auto.create.topics.enable': 'false',
    'min.insync.replicas': '1',
  })
})

test('settings of the caller go before those made here', () => {
  const properties = propertiesOf(PLAN)
  expect([properties['message.max.bytes'], properties['num.io.threads']]).toEqual(['2000', '1'])
})

test('three nodes keep three copies and need two', () => {
  const properties = propertiesOf({ ...PLAN, nodes: [NODE, { ...NODE, id: 2 }, { ...NODE, id: 3 }] })
  expect([properties['default.replication.factor'], properties['min.insync.replicas']]).toEqual(['3', '2'])
})

test('the ports of nodes and listeners follow from the first', () => {
  expect(portsFrom(19_092, 3, 3)).toEqual([19_092, 19_093, 19_094, 29_092, 29_093, 29_094, 39_092, 39_093, 39_094])
  expect(() => portsFrom(60_000, 3, 2)).toThrow('--port 60000 leaves no room for 3 nodes. Choose one up to 45534.')
})

test('an answer of a node is read up to the brokers, with and without a rack', () => {
  const text = (value: string) => {
    const bytes = Buffer.from(value)
    return Buffer.concat([Buffer.from([0, bytes.length]), bytes])
  }
  const int = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
  const body = Buffer.concat([
    int(0),
    int(2),
    Buffer.concat([int(1), text('127.0.0.1'), int(19_092), Buffer.from([0xff, 0xff])]),
    Buffer.concat([int(2), text('호스트'), int(29_092), text('rack-1')]),
    int(1),
  ])
  expect(decodeNodes(Buffer.concat([int(body.length), body]))).toEqual([
    { id: 1, address: '127.0.0.1:19092' },
    { id: 2, address: '호스트:29092' },
  ])
})

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('the version in %j is %s', (output, major) => {
  expect(javaMajor(output)).toBe(major)
})

test('each tool has a main class in each version', () => {
  for (const version of KAFKA_VERSIONS)
    for (const name of TOOL_NAMES) expect(mainClass(version, name)).toMatch(/^(org\.apache\.)?kafka\.[\w.]+[a-z]$/)
})
