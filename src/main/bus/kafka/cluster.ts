import { FaultError } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import type { ApiName, Apis, MetadataAnswer } from './apis.ts'
import type { Address, ClientConfig } from './client-config.ts'
import { CODES, COORDINATOR_CODES } from './codes.ts'
import { createConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import type { Cut } from './cut.ts'
import { PassingError, checkCode, codeFault } from './errors.ts'
import { firstOf } from './first-of.ts'
import { pause } from './pause.ts'

/** Requests on one lane of a broker wait for each other: what is held open there has a lane of its own. */
export type Lane = 'control' | 'produce' | 'fetch' | 'group'

/** The brokers of a cluster and who leads what, kept up to date by whoever meets a stale answer. All reject with FaultErrors. */
export interface Cluster {
  /** Asks whichever broker answers first. */
  any<N extends ApiName>(name: N, args: Apis[N]['args'], timeout?: Millis): Promise<Apis[N]['answer']>
  on<N extends ApiName>(
    node: number,
    name: N,
    args: Apis[N]['args'],
    options?: { readonly lane?: Lane; readonly timeout?: Millis },
  ): Promise<Apis[N]['answer']>
  /** Fresh from a broker. `undefined`: all topics; empty: the brokers alone. */
  metadata(topics: readonly string[] | undefined): Promise<MetadataAnswer>
  /** Node that leads a partition, from memory if it is there. */
  leader(topic: string, partition: number): Promise<number>
  /** Forgets who leads the partitions of a topic. */
  forget(topic: string): void
  coordinator(group: string): Promise<number>
  /** Closes all sockets at once. Whatever is under way rejects. */
  close(): void
}

const CONNECT: Millis = 4_000
const ANSWER: Millis = 10_000
/** Between the first tries of two brokers, when none is connected. */
const STAGGER: Millis = 700
/** A broker that has failed is asked last for this long. */
const AVOID: Millis = 5_000
/** The first group of a cluster waits until the topic of offsets is made. */
const ELECTION_TRIES = 50
const BETWEEN_TRIES: Millis = 200

export function createCluster(config: ClientConfig & { readonly cut: Cut }, logger: unknown): Cluster {
  const addresses = new Map<number, Address>()
  const connections = new Map<string, Connection>()
  const failedAt = new Map<string, number>()
  const leaders = new Map<string, readonly number[]>()
  const asking = new Map<string, Promise<MetadataAnswer>>()
  let hasReachedNode = false
  const stop = new AbortController()

  const connect = async (address: Address, lane: Lane): Promise<Connection> => {
    if (stop.signal.aborted) throw closed()
    const key = `${lane} ${nameOf(address)}`
    let connection = connections.get(key)
    if (!connection?.isOpen) {
      connection = createConnection(address, config, logger, CONNECT)
      connections.set(key, connection)
    }
    try {
      await connection.opened
      return connection
    } catch (error) {
      failedAt.set(connection.address, performance.now())
      throw stop.signal.aborted ? closed() : error
    }
  }

  const candidates = (): readonly Address[] => {
    const known = new Map([...addresses.values(), ...config.bootstrap].map((each) => [nameOf(each), each]))
    const isAvoided = (name: string) => performance.now() - (failedAt.get(name) ?? -Infinity) < AVOID
    const rank = (name: string) => (isAvoided(name) ? 2 : connections.get(`control ${name}`)?.isOpen ? 0 : 1)
    return [...known].toSorted(([a], [b]) => rank(a) - rank(b)).map(([, address]) => address)
  }

  const any = async <N extends ApiName>(name: N, args: Apis[N]['args'], timeout: Millis = ANSWER) => {
    for (let left = candidates().length; ; left -= 1) {
      const connection = await firstOf(candidates(), STAGGER, (address) => connect(address, 'control'))
      try {
        return await connection.ask(name, args, timeout)
      } catch (error) {
        if (stop.signal.aborted) throw closed()
        if (connection.isOpen || left <= 1) throw error
        failedAt.set(connection.address, performance.now())
      }
    }
  }

  const learn = (answer: MetadataAnswer) => {
    addresses.clear()
    for (const { nodeId, host, port } of answer.brokers) addresses.set(nodeId, { host, port })
    for (const { topic, topicErrorCode, partitionMetadata } of answer.topicMetadata) {
      if (topicErrorCode !== 0) {
        leaders.delete(topic)
        continue
      }
      const byPartition: number[] = []
      for (const { partitionId, leader } of partitionMetadata) byPartition[partitionId] = leader
      leaders.set(topic, byPartition)
    }
  }

  const metadata = (topics: readonly string[] | undefined): Promise<MetadataAnswer> => {
    const key = topics?.join() ?? '*'
    const under = asking.get(key)
    if (under) return under
    const asked = any('Metadata', { topics }).then((answer) => {
      learn(answer)
      return answer
    })
    asking.set(key, asked)
    const done = () => asking.delete(key)
    asked.then(done, done)
    return asked
  }

  const on: Cluster['on'] = async (node, name, args, { lane = 'control', timeout = ANSWER } = {}) => {
    if (!addresses.has(node)) await metadata([])
    const address = addresses.get(node)
    if (!address) throw new PassingError('cluster-away', `Broker ${node} is not in the cluster now.`)
    let connection: Connection
    try {
      connection = await connect(address, lane)
    } catch (error) {
      throw hasReachedNode || !(error instanceof PassingError) ? error : unreachable(address, error)
    }
    hasReachedNode = true
    try {
      return await connection.ask(name, args, timeout)
    } catch (error) {
      throw stop.signal.aborted ? closed() : error
    }
  }

  const unreachable = ({ host, port }: Address, error: FaultError): FaultError => {
    const isOwn = config.bootstrap.some((own) => own.host === host && own.port === port)
    if (isOwn) return error
    return new PassingError(
      'listener-unreachable',
      `The cluster answers, but says that its broker is at ${host}:${port}, which cannot be reached from here (${error.message}). Correct advertised.listeners of the broker.`,
    )
  }

  return {
    any,
    on,
    metadata,
    forget: (topic) => void leaders.delete(topic),
    async leader(topic, partition) {
      if (leaders.get(topic)?.[partition] === undefined) {
        const { topicMetadata } = await metadata([topic])
        checkCode(topicMetadata[0]?.topicErrorCode ?? CODES.unknownTopic, 'Metadata', `topic ${topic}`)
      }
      const node = leaders.get(topic)?.[partition]
      if (node === undefined) throw new FaultError('unknown-topic', `Topic ${topic} has no partition ${partition}.`)
      if (node < 0) {
        leaders.delete(topic)
        throw new PassingError('cluster-away', `Partition ${partition} of ${topic} has no leader now.`)
      }
      return node
    },
    async coordinator(group) {
      for (let left = ELECTION_TRIES; ; left -= 1) {
        const { errorCode, coordinator } = await any('GroupCoordinator', { groupId: group })
        if (!COORDINATOR_CODES.has(errorCode)) {
          checkCode(errorCode, 'GroupCoordinator', `group ${group}`)
          const { nodeId, host, port } = coordinator
          addresses.set(nodeId, { host, port })
          return nodeId
        }
        if (left <= 1) throw codeFault(errorCode, 'GroupCoordinator', `group ${group}`)
        await pause(BETWEEN_TRIES, stop.signal)
        if (stop.signal.aborted) throw closed()
      }
    },
    close() {
      stop.abort()
      for (const connection of connections.values()) connection.destroy()
      connections.clear()
    },
  }
}

function nameOf({ host, port }: Address): string {
  return `${host}:${port}`
}

function closed(): FaultError {
  return new FaultError('cancelled', 'This connection to the cluster was closed.')
}
