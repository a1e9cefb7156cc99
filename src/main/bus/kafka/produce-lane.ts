import type { Apis, WireMessage } from './apis.ts'
import type { Cluster } from './cluster.ts'
import { PassingError } from './errors.ts'

/** One batch on its way to its partition's leader. */
export interface Shipment {
  readonly topic: string
  readonly partition: number
  readonly messages: readonly WireMessage[]
  readonly bytes: number
  readonly producerId: string
  readonly producerEpoch: number
  readonly firstSequence: number
}

export interface Receipt {
  readonly errorCode: number
  readonly baseOffset: string
}

export type ProduceLane = (shipment: Shipment) => Promise<Receipt>

/** How long the broker waits for its replicas, and how long we wait for the broker. */
const REPLICAS = 8_000
const ANSWER = 10_000
/** Of one request, unless its first batch alone is larger. */
const REQUEST_BYTES = 4_000_000

interface Waiting {
  readonly shipment: Shipment
  resolve(receipt: Receipt): void
  reject(error: unknown): void
}

/**
 * Ships batches to one broker, one request at a time: what comes meanwhile travels together in the next. So a partition's
 * batches stay in order, and many partitions share the wait for replicas.
 */
export function createProduceLane(cluster: Cluster, node: number, compression: number): ProduceLane {
  const waiting: Waiting[] = []
  let isBusy = false

  const run = async () => {
    isBusy = true
    for (let load = takeLoad(waiting); load.length > 0; load = takeLoad(waiting)) await ship(load)
    isBusy = false
  }
  const ship = async (load: readonly Waiting[]) => {
    try {
      const answer = await cluster.on(node, 'Produce', toRequest(load, compression), {
        lane: 'produce',
        timeout: ANSWER,
      })
      const receipts = new Map(
        answer.topics.flatMap(({ topicName, partitions }) =>
          partitions.map((receipt) => [`${topicName} ${receipt.partition}`, receipt] as const),
        ),
      )
      for (const { shipment, resolve, reject } of load) {
        const receipt = receipts.get(`${shipment.topic} ${shipment.partition}`)
        if (receipt) resolve(receipt)
        else
          reject(
            new PassingError(
              'cluster-away',
              `Broker ${node} did not acknowledge ${shipment.topic} ${shipment.partition}.`,
            ),
          )
      }
    } catch (error) {
      for (const { reject } of load) reject(error)
    }
  }

  return (shipment) =>
    new Promise((resolve, reject) => {
      waiting.push({ shipment, resolve, reject })
      if (!isBusy) void run()
    })
}

/** The next batches of one producer id, each partition once. */
function takeLoad(waiting: Waiting[]): readonly Waiting[] {
  const first = waiting[0]
  if (!first) return []
  let bytes = 0
  let count = 0
  for (const { shipment } of waiting) {
    bytes += shipment.bytes
    if (shipment.producerId !== first.shipment.producerId || (count > 0 && bytes > REQUEST_BYTES)) break
    count += 1
  }
  return waiting.splice(0, count)
}

function toRequest(load: readonly Waiting[], compression: number): Apis['Produce']['args'] {
  const { producerId, producerEpoch } = load[0]!.shipment
  const topics = Map.groupBy(load, ({ shipment }) => shipment.topic)
  return {
    acks: -1,
    timeout: REPLICAS,
    compression,
    producerId,
    producerEpoch,
    topicData: [...topics].map(([topic, of]) => ({
      topic,
      partitions: of.map(({ shipment }) => ({
        partition: shipment.partition,
        firstSequence: shipment.firstSequence,
        messages: shipment.messages,
      })),
    })),
  }
}
