import { FaultError } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import type { Ack, OutRecord, Producer, ProducerOptions } from '../bus.ts'
import type { WireMessage } from './apis.ts'
import type { Cluster } from './cluster.ts'
import { CODES, LEADER_CODES } from './codes.ts'
import { COMPRESSION_NUMBERS } from './codecs.ts'
import type { Compression } from './codecs.ts'
import { PassingError, busFault, checkCode, codeFault } from './errors.ts'
import { backoff, pause } from './pause.ts'
import { createProduceLane } from './produce-lane.ts'
import type { ProduceLane, Receipt } from './produce-lane.ts'

/** A batch is tried this long within one session, where a repeat cannot double it; then it is given back. */
const DELIVERY: Millis = 120_000
/** How long a topic may be unknown: it may have been made a moment ago. */
const UNKNOWN_TOPIC: Millis = 5_000
const FIRST_WAIT: Millis = 50
const LONGEST_WAIT: Millis = 1_000
/** Sequences of the protocol are 31 bits long. */
const LAST_SEQUENCE = 2 ** 31

/** A producer id with its sequences: within it the cluster knows a repeated batch by its sequence and keeps it once. */
interface Session {
  readonly id: string
  readonly epoch: number
  readonly sequences: Map<string, number>
}

export function createProducer(cluster: Cluster, compression: Compression, options: ProducerOptions): Producer {
  const stop = new AbortController()
  const lanes = new Map<number, ProduceLane>()
  const last = new Map<string, Promise<unknown>>()
  let session: Promise<Session> | undefined

  const openSession = async (topic: string): Promise<Session> => {
    const answer = await cluster.any('InitProducerId', { transactionTimeout: 60_000 })
    // Whoever may write to a topic may be idempotent.
    if (answer.errorCode === CODES.clusterNotAuthorized)
      throw codeFault(CODES.topicNotAuthorized, 'Produce', `topic ${topic}`)
    checkCode(answer.errorCode, 'InitProducerId', 'an idempotent producer')
    return { id: answer.producerId, epoch: answer.producerEpoch, sequences: new Map() }
  }
  const laneTo = (node: number) => {
    const lane = lanes.get(node) ?? createProduceLane(cluster, node, COMPRESSION_NUMBERS[compression])
    lanes.set(node, lane)
    return lane
  }

  /** One try. A code other than 0 is for the caller to weigh. */
  const ship = async (topic: string, partition: number, batch: Batch): Promise<Receipt & { readonly of: Session }> => {
    session ??= openSession(topic)
    const opening = session
    batch.session ??= await opening.catch((error: unknown) => {
      if (session === opening) session = undefined
      throw error
    })
    const of = batch.session
    const node = await cluster.leader(topic, partition)
    const receipt = await laneTo(node)({
      topic,
      partition,
      messages: batch.messages,
      bytes: batch.bytes,
      producerId: of.id,
      producerEpoch: of.epoch,
      firstSequence: of.sequences.get(`${topic} ${partition}`) ?? 0,
    })
    return { ...receipt, of }
  }

  const deliver = async (topic: string, partition: number, batch: Batch): Promise<Ack> => {
    const begin = performance.now()
    const place = `${topic} ${partition}`
    for (let attempt = 0; ; attempt += 1) {
      let fault: FaultError
      try {
        const { errorCode, baseOffset, of } = await ship(topic, partition, batch)
        if (errorCode === 0) {
          const sequence = of.sequences.get(place) ?? 0
          of.sequences.set(place, (sequence + batch.messages.length) % LAST_SEQUENCE)
          return { topic, partition, base: BigInt(baseOffset) }
        }
        if (LEADER_CODES.has(errorCode) || errorCode === CODES.unknownTopic) cluster.forget(topic)
        fault = codeFault(errorCode, 'Produce', `topic ${topic}`)
      } catch (error) {
        fault = busFault(error)
        cluster.forget(topic)
      }
      if (stop.signal.aborted) throw closed()
      const waited = performance.now() - begin
      const isPassing =
        fault instanceof PassingError || (fault.fault.code === 'unknown-topic' && waited < UNKNOWN_TOPIC)
      if (!isPassing || waited > DELIVERY) throw fault
      options.onRetry?.(fault.fault)
      await pause(backoff(attempt, FIRST_WAIT, LONGEST_WAIT), stop.signal)
    }
  }

  const send = async (topic: string, partition: number, records: readonly OutRecord[]): Promise<Ack> => {
    if (stop.signal.aborted) throw closed()
    if (records.length === 0) throw new FaultError('bad-request', `There are no records to send to ${topic}.`)
    const batch = toBatch(records)
    try {
      return await deliver(topic, partition, batch)
    } catch (error) {
      // Whether the cluster has it is not known: what comes next must not be taken for its repeat.
      if (batch.session && (await session?.catch(() => undefined)) === batch.session) session = undefined
      throw error
    }
  }

  return {
    async send(topic, partition, records) {
      const place = `${topic} ${partition}`
      const before = last.get(place)
      const sent = (async () => {
        await before
        return send(topic, partition, records)
      })()
      const settled = sent.then(
        () => undefined,
        () => undefined,
      )
      last.set(place, settled)
      void settled.then(() => last.get(place) === settled && last.delete(place))
      return sent
    },
    async close() {
      stop.abort()
      cluster.close()
      await Promise.all(last.values())
    },
  }
}

interface Batch {
  readonly messages: readonly WireMessage[]
  readonly bytes: number
  /** In which it was first tried: only there is a repeat of it known. */
  session?: Session
}

/** Beside key and value, of a record. */
const RECORD_OVERHEAD = 100

function toBatch(records: readonly OutRecord[]): Batch {
  const messages = records.map(({ key, value, headers, timestamp }) => ({
    key,
    value: value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value,
    headers,
    timestamp,
  }))
  const bytes = records.reduce(
    (sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0) + RECORD_OVERHEAD,
    0,
  )
  return { messages, bytes }
}

function closed(): FaultError {
  return new FaultError('cancelled', 'This producer was closed.')
}
