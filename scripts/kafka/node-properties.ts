import type { Certificates } from './certificates.ts'
import { STORE_PASSWORD } from './certificates.ts'
import { asksPassword, isEncrypted, kafkaName, LISTENERS } from './listeners.ts'
import type { ListenerId } from './listeners.ts'

/** Where one node lies and listens. */
export interface NodePlan {
  readonly id: number
  readonly folder: string
  /** Of the plain listener, which the nodes also use among themselves. */
  readonly port: number
  readonly controllerPort: number
  readonly listeners: Readonly<Partial<Record<ListenerId, number>>>
}

export interface ClusterPlan {
  readonly nodes: readonly NodePlan[]
  /** Who may log in by SASL, with their passwords. */
  readonly users: Readonly<Record<string, string>>
  /** Users who log in by SASL may do only what access rules allow; the plain listener may do everything. */
  readonly restricted: boolean
  readonly certificates: Certificates | undefined
  /** Broker settings that go before those made here. */
  readonly settings: Readonly<Record<string, string>>
}

/** The text of a node's server.properties. */
export function nodeProperties(plan: ClusterPlan, node: NodePlan): string {
  const all = {
    ...rolesOf(plan, node),
    ...replicationOf(plan.nodes.length),
    ...FOR_ONE_MACHINE,
    ...securityOf(plan, node),
    ...plan.settings,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('')
}

type Properties = Readonly<Record<string, string>>

function rolesOf({ nodes }: ClusterPlan, { id, folder, port, controllerPort, listeners }: NodePlan): Properties {
  const extra = Object.entries(listeners) as [ListenerId, number][]
  const bound = extra.map(([listener, at]) => `${kafkaName(listener)}://127.0.0.1:${at}`)
  const told = extra.map(([listener, at]) => {
    const own = `${isEncrypted(listener) ? 'localhost' : '127.0.0.1'}:${at}`
    return `${kafkaName(listener)}://${LISTENERS[listener].advertised ?? own}`
  })
  const protocols = extra.map(([listener]) => `${kafkaName(listener)}:${LISTENERS[listener].protocol}`)
  const plain = `PLAINTEXT://127.0.0.1:${port}`
  return {
    'process.roles': 'broker,controller',
    'node.id': String(id),
    'controller.quorum.voters': nodes.map((each) => `${each.id}@127.0.0.1:${each.controllerPort}`).join(','),
    listeners: [plain, `CONTROLLER://127.0.0.1:${controllerPort}`, ...bound].join(','),
    'advertised.listeners': [plain, ...told].join(','),
    'listener.security.protocol.map': ['PLAINTEXT:PLAINTEXT', 'CONTROLLER:PLAINTEXT', ...protocols].join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': folder,
  }
}

/** Three nodes keep every record three times and acknowledge it when two have it, as a production cluster does. */
function replicationOf(nodes: number): Properties {
  const copies = String(nodes)
  const needed = nodes === 3 ? '2' : '1'
  return {
    'default.replication.factor': copies,
    'min.insync.replicas': needed,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': needed,
    // Where this topic is missing, 4.x asks for three copies of it.
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': needed,
  }
}

const FOR_ONE_MACHINE: Properties = {
  'auto.create.topics.enable': 'false',
  'offsets.topic.num.partitions': '8',
  'transaction.state.log.num.partitions': '4',
  'group.initial.rebalance.delay.ms': '0',
  'num.network.threads': '2',
  'num.io.threads': '4',
  // A killed node is missed after three seconds instead of nine.
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '3000',
}

function securityOf({ users, restricted, certificates }: ClusterPlan, node: NodePlan): Properties {
  const properties: Record<string, string> = {}
  const extra = Object.keys(node.listeners) as ListenerId[]
  const accepted = Object.entries(users).map(([user, password]) => `user_${user}="${password}"`)
  for (const listener of extra) {
    const prefix = `listener.name.${kafkaName(listener).toLowerCase()}`
    if (asksPassword(listener)) {
      properties['sasl.enabled.mechanisms'] = 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512'
      properties[`${prefix}.plain.sasl.jaas.config`] =
        `org.apache.kafka.common.security.plain.PlainLoginModule required ${accepted.join(' ')};`
      for (const mechanism of ['scram-sha-256', 'scram-sha-512'])
        properties[`${prefix}.${mechanism}.sasl.jaas.config`] =
          'org.apache.kafka.common.security.scram.ScramLoginModule required;'
    }
    if (LISTENERS[listener].clientCertificate) properties[`${prefix}.ssl.client.auth`] = 'required'
  }
  if (certificates && extra.some(isEncrypted)) {
    properties['ssl.keystore.type'] = 'PKCS12'
    properties['ssl.keystore.location'] = certificates.keyStore
    properties['ssl.keystore.password'] = STORE_PASSWORD
    properties['ssl.key.password'] = STORE_PASSWORD
    properties['ssl.truststore.type'] = 'PKCS12'
    properties['ssl.truststore.location'] = certificates.trustStore
    properties['ssl.truststore.password'] = STORE_PASSWORD
  }
  if (restricted) {
    properties['authorizer.class.name'] = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'
    // The nodes themselves, which meet on the plain listener, have no name.
    properties['super.users'] = 'User:ANONYMOUS'
  }
  return properties
}
