import type { InRecord } from '../bus.ts'
import { unpack } from './codecs.ts'
import type { FetchedPartition } from './fetch-answer.ts'
import { FaultError } from '../../../shared/faults.ts'

/** Where the fields of a record batch lie, from its first byte. */
const AT = {
  length: 8,
  magic: 16,
  attributes: 21,
  lastDelta: 23,
  baseTime: 27,
  maxTime: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const
/** Bytes before those that the length counts. */
const BEFORE_LENGTH = 12
const MAGIC = 2
const COMPRESSION = 0x7
const APPEND_TIME = 0x8
const TRANSACTIONAL = 0x10
const CONTROL = 0x20

/** Records of a fetched partition from an offset on, and the offset behind the last batch: compacted and aborted records leave holes. */
export interface Unpacked {
  readonly records: readonly InRecord[]
  readonly next: bigint
}

/** Unpacks what was fetched. Records of aborted transactions and the marks of transactions are left out. */
export async function unpackRecords(fetched: FetchedPartition, from: bigint): Promise<Unpacked> {
  const { bytes, topic, partition } = fetched
  const records: InRecord[] = []
  const isAborted = createAbortedFilter(fetched)
  let next = from
  for (let at = 0; at + AT.records <= bytes.length;) {
    const size = BEFORE_LENGTH + bytes.readInt32BE(at + AT.length)
    // The tail is cut off where the fetch was full.
    if (at + size > bytes.length) break
    const batch = bytes.subarray(at, at + size)
    at += size
    if (batch.readInt8(AT.magic) !== MAGIC)
      throw new FaultError(
        'bad-request',
        `Records of ${topic} ${partition} are in the format before Kafka 0.11, which is not read here.`,
      )
    const base = batch.readBigInt64BE(0)
    const behind = base + BigInt(batch.readInt32BE(AT.lastDelta)) + 1n
    if (behind <= from) continue
    next = behind
    const attributes = batch.readInt16BE(AT.attributes)
    if (isAborted(batch, attributes, behind) || (attributes & CONTROL) !== 0) continue
    const packed = batch.subarray(AT.records)
    const plain = (attributes & COMPRESSION) === 0 ? packed : await unpack(attributes & COMPRESSION, packed)
    const head = {
      topic,
      partition,
      base,
      from,
      count: batch.readInt32BE(AT.count),
      baseTime: Number(batch.readBigInt64BE(AT.baseTime)),
      appendTime: (attributes & APPEND_TIME) === 0 ? undefined : Number(batch.readBigInt64BE(AT.maxTime)),
    }
    readRecords(plain, head, records)
  }
  return { records, next }
}

/** Tells batches of aborted transactions, in the order of their offsets. */
function createAbortedFilter({ aborted }: FetchedPartition) {
  const waiting = aborted.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1))
  const open = new Set<bigint>()
  return (batch: Buffer, attributes: number, behind: bigint): boolean => {
    while (waiting[0] && waiting[0].firstOffset < behind) open.add(waiting.shift()!.producerId)
    if ((attributes & TRANSACTIONAL) === 0 || open.size === 0) return false
    const producerId = batch.readBigInt64BE(AT.producerId)
    // A mark ends the transaction: it is the abort, for a commit would not be in the list.
    if ((attributes & CONTROL) !== 0) open.delete(producerId)
    return open.has(producerId)
  }
}

interface BatchHead {
  readonly topic: string
  readonly partition: number
  readonly base: bigint
  readonly from: bigint
  readonly count: number
  readonly baseTime: number
  readonly appendTime: number | undefined
}

function readRecords(bytes: Buffer, head: BatchHead, into: InRecord[]): void {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]
      if (byte === undefined)
        throw new FaultError(
          'bad-request',
          `A record batch of ${head.topic} ${head.partition} at offset ${head.base} is damaged.`,
        )
      value += (byte & 0x7f) * shift
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
  }
  const data = (): Buffer | null => {
    const length = varint()
    return length < 0 ? null : bytes.subarray(at, (at += length))
  }
  for (let i = 0; i < head.count; i += 1) {
    varint()
    at += 1
    const time = head.baseTime + varint()
    const offset = head.base + BigInt(varint())
    const key = data()
    const value = data()
    const headers: Record<string, Uint8Array> = {}
    for (let left = varint(); left > 0; left -= 1) {
      const name = data()!.toString('utf8')
      headers[name] = data() ?? EMPTY
    }
    if (offset < head.from) continue
    into.push({
      topic: head.topic,
      partition: head.partition,
      offset,
      key,
      value,
      headers,
      timestamp: head.appendTime ?? time,
    })
  }
}

const EMPTY = new Uint8Array()
