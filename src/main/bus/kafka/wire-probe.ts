import oauthBearer from 'kafkajs/src/broker/saslAuthenticator/oauthBearer.js'
import plain from 'kafkajs/src/broker/saslAuthenticator/plain.js'
import scram256 from 'kafkajs/src/broker/saslAuthenticator/scram256.js'
import scram512 from 'kafkajs/src/broker/saslAuthenticator/scram512.js'
import kafkaErrors from 'kafkajs/src/protocol/error.js'
import apiKeys from 'kafkajs/src/protocol/requests/apiKeys.js'
import kafkaProtocol from 'kafkajs/src/protocol/requests/index.js'
import type { Credentials, OpenWire, Refusal, Wire, WireCluster } from '../wire.ts'
import { WireError } from '../wire.ts'
import { openFrames } from './wire-frames.ts'

const MECHANISMS: Readonly<Record<string, typeof plain>> = {
  PLAIN: plain,
  'SCRAM-SHA-256': scram256,
  'SCRAM-SHA-512': scram512,
  OAUTHBEARER: oauthBearer,
}
const QUIET = { debug() {}, error() {} }
/** How long a broker may take over a request that waits for other brokers. */
const BROKER_PATIENCE = 5_000
const ERRORS = new Map(kafkaErrors.errorCodes.map((each) => [each.code, each]))

/** Speaks Kafka for the connection doctor: kafkajs' encoders over a socket of the doctor's own. */
export const openWireProbe: OpenWire = (socket, options) => {
  const frames = openFrames(socket, options)
  let versions: Promise<Readonly<Record<number, { readonly maxVersion: number }>>> | undefined

  /** Newest version of each request that the broker takes. */
  const offered = () => {
    versions ??= frames
      .ask<Versions>(definitionOf('ApiVersions').protocol({ version: 2 })(undefined))
      .then((answer) => Object.fromEntries(answer.apiVersions.map((each) => [each.apiKey, each])))
    return versions
  }
  const ask = async <Answer>(name: string, args: unknown): Promise<Answer> => {
    const apiKey = apiKeys[name] ?? -1
    const all = await offered()
    if (!all[apiKey]) throw new WireError('unsupported', name)
    return frames.ask<Answer>(kafkaProtocol.lookup(all)(apiKey, definitionOf(name))(args))
  }

  const wire: Wire = {
    offers: async (request) => (await offered())[apiKeys[request] ?? -1] !== undefined,
    async handshake(mechanism) {
      const answer = await ask<Handshake>('SaslHandshake', { mechanism })
      return { error: refusalOf(answer.errorCode)?.error, mechanisms: answer.enabledMechanisms }
    },
    signIn: (credentials) => signIn(credentials, (authBytes) => ask<Authenticated>('SaslAuthenticate', { authBytes })),
    async cluster(topics = []) {
      const answer = await ask<Metadata>('Metadata', { topics, allowAutoTopicCreation: false })
      return toCluster(answer)
    },
    async createTopic({ name, partitions, replication, configs }) {
      const answer = await ask<TopicErrors>('CreateTopics', {
        topics: [
          {
            topic: name,
            numPartitions: partitions,
            replicationFactor: replication ?? -1,
            configEntries: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
          },
        ],
        timeout: BROKER_PATIENCE,
      })
      return refusalOfFirst(answer.topicErrors)
    },
    async deleteTopic(name) {
      const answer = await ask<TopicErrors>('DeleteTopics', { topics: [name], timeout: BROKER_PATIENCE })
      return refusalOfFirst(answer.topicErrors)
    },
    async producerId() {
      const answer = await ask<{ errorCode: number }>('InitProducerId', { transactionTimeout: BROKER_PATIENCE })
      return refusalOf(answer.errorCode)
    },
    async produce(topic, partition, value) {
      const messages = [{ key: null, value: Buffer.from(value), headers: {}, timestamp: Date.now() }]
      const answer = await ask<Produced>('Produce', {
        acks: -1,
        timeout: BROKER_PATIENCE,
        topicData: [{ topic, partitions: [{ partition, messages, firstSequence: 0 }] }],
      })
      const result = answer.topics[0]?.partitions[0]
      if (!result) throw new WireError('foreign', 'Produce')
      const refusal = refusalOf(result.errorCode)
      return refusal ? { refusal } : { offset: result.baseOffset }
    },
    async fetch(topic, partition, offset) {
      const answer = await ask<Fetched>('Fetch', {
        maxWaitTime: 1_000,
        minBytes: 1,
        maxBytes: 1_048_576,
        // Uncommitted too: the probe's own record must not wait for someone's open transaction.
        isolationLevel: 0,
        topics: [{ topic, partitions: [{ partition, fetchOffset: offset, maxBytes: 1_048_576 }] }],
      })
      const result = answer.responses[0]?.partitions[0]
      const refusal = refusalOf(answer.errorCode ?? 0) ?? refusalOf(result?.errorCode ?? 0)
      if (refusal) return { refusal }
      return { values: (result?.messages ?? []).map((each) => each.value?.toString('utf8') ?? '') }
    },
    close: frames.close,
  }
  return wire
}

async function signIn(
  credentials: Credentials,
  authenticate: (authBytes: Buffer) => Promise<Authenticated>,
): Promise<Refusal | undefined> {
  const { mechanism, username, secret } = credentials
  const provider = MECHANISMS[mechanism]
  if (!provider) throw new WireError('unsupported', mechanism)
  let refusal: Refusal | undefined
  const sasl = { username, password: secret, oauthBearerProvider: () => Promise.resolve({ value: secret }) }
  const conversation = provider(sasl)({
    host: '',
    port: 0,
    logger: QUIET,
    async saslAuthenticate({ request, response }) {
      let answer = await authenticate(await request.encode())
      // RFC 7628: a refused token is told in an answer of its own, which the client acknowledges before the error comes.
      const told = mechanism === 'OAUTHBEARER' ? answer.authBytes.subarray(4).toString('utf8') : ''
      if (told !== '') answer = await authenticate(Buffer.from('\u0000\u0000\u0000\u0001\u0001', 'latin1'))
      const said = answer.errorMessage ?? told
      if (answer.errorCode !== 0) {
        refusal = { error: nameOf(answer.errorCode), said }
        throw new Error('refused')
      }
      return response && response.parse(await response.decode(answer.authBytes))
    },
  })
  try {
    await conversation.authenticate()
    return undefined
  } catch (error) {
    if (refusal) return refusal
    if (error instanceof WireError) throw error
    return { error: 'SASL_AUTHENTICATION_FAILED', said: error instanceof Error ? error.message : String(error) }
  }
}

function toCluster(answer: Metadata): WireCluster {
  return {
    id: answer.clusterId ?? '',
    controller: answer.controllerId,
    brokers: answer.brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
    topics: answer.topicMetadata.map((each) => ({
      name: each.topic,
      internal: each.isInternal,
      error: refusalOf(each.topicErrorCode)?.error,
      partitions: each.partitionMetadata.map(({ partitionId, leader }) => ({ partition: partitionId, leader })),
    })),
  }
}

function definitionOf(name: string) {
  const definition = kafkaProtocol.requests[name]
  if (!definition) throw new WireError('unsupported', name)
  return definition
}

function refusalOfFirst(errors: TopicErrors['topicErrors']): Refusal | undefined {
  const first = errors[0]
  return first && refusalOf(first.errorCode, first.errorMessage)
}

function refusalOf(code: number, said?: string | null): Refusal | undefined {
  return code === 0 ? undefined : { error: nameOf(code), said: said ?? ERRORS.get(code)?.message ?? '' }
}

const nameOf = (code: number) => ERRORS.get(code)?.type ?? `ERROR_${code}`

// What kafkajs' decoders return, as far as it is used.
interface Versions {
  readonly apiVersions: readonly { readonly apiKey: number; readonly maxVersion: number }[]
}
interface Handshake {
  readonly errorCode: number
  readonly enabledMechanisms: readonly string[]
}
interface Authenticated {
  readonly errorCode: number
  readonly errorMessage: string | null
  /** Length-prefixed. */
  readonly authBytes: Buffer
}
interface Metadata {
  readonly clusterId: string | null
  readonly controllerId: number
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[]
  readonly topicMetadata: readonly {
    readonly topic: string
    readonly isInternal: boolean
    readonly topicErrorCode: number
    readonly partitionMetadata: readonly { readonly partitionId: number; readonly leader: number }[]
  }[]
}
interface TopicErrors {
  readonly topicErrors: readonly { readonly errorCode: number; readonly errorMessage?: string | null }[]
}
interface Produced {
  readonly topics: readonly {
    readonly partitions: readonly { readonly errorCode: number; readonly baseOffset: string }[]
  }[]
}
interface Fetched {
  readonly errorCode?: number
  readonly responses: readonly {
    readonly partitions: readonly {
      readonly errorCode: number
      readonly messages: readonly { readonly value: Buffer | null }[]
    }[]
  }[]
}
