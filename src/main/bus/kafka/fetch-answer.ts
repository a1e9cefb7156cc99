/** The answer to Fetch, cut into partitions. What a partition holds is unpacked later, so that one bad batch stays its own partition's trouble. */

export interface FetchedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  /** Offset behind the newest record that all in-sync replicas have. */
  readonly end: bigint
  /** Offset behind the newest record whose transaction is decided. */
  readonly stable: bigint
  readonly aborted: readonly AbortedTransaction[]
  /** Record batches; the last may be cut off. */
  readonly bytes: Buffer
}

export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/** First versions in which a field is there. */
const WITH = { sessions: 7, logStart: 5, preferredReplica: 11 } as const

/** Fetch versions 4 to 11. */
export function decodeFetch(
  bytes: Buffer,
  version: number,
): {
  readonly clientSideThrottleTime: number
  readonly errorCode: number
  readonly partitions: readonly FetchedPartition[]
} {
  let at = 0
  const int16 = () => bytes.readInt16BE((at += 2) - 2)
  const int32 = () => bytes.readInt32BE((at += 4) - 4)
  const int64 = () => bytes.readBigInt64BE((at += 8) - 8)
  const text = () => {
    const length = int16()
    return bytes.toString('utf8', at, (at += length))
  }
  const list = <T>(read: () => T): T[] => Array.from({ length: Math.max(0, int32()) }, read)
  const slice = () => {
    const length = Math.max(0, int32())
    return bytes.subarray(at, (at += length))
  }

  const clientSideThrottleTime = int32()
  const errorCode = version >= WITH.sessions ? int16() : 0
  if (version >= WITH.sessions) int32()
  const topics = list(() => {
    const topic = text()
    return list((): FetchedPartition => {
      const partition = int32()
      const code = int16()
      const end = int64()
      const stable = int64()
      if (version >= WITH.logStart) int64()
      const aborted = list(() => ({ producerId: int64(), firstOffset: int64() }))
      if (version >= WITH.preferredReplica) int32()
      return { topic, partition, errorCode: code, end, stable, aborted, bytes: slice() }
    })
  })
  return { clientSideThrottleTime, errorCode, partitions: topics.flat() }
}
