import type { Fault, FaultError } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import type { Gone, InBatch } from '../bus.ts'
import type { TopicPartitions } from './apis.ts'
import type { Cluster } from './cluster.ts'
import { CODES, LEADER_CODES } from './codes.ts'
import { PassingError, busFault, codeFault } from './errors.ts'
import type { FetchedPartition } from './fetch-answer.ts'
import { listOffset } from './offsets.ts'
import { backoff, pause } from './pause.ts'
import { unpackRecords } from './record-batch.ts'

/** What reads one partition from an offset on. */
export interface LineOptions {
  readonly topic: string
  readonly partition: number
  readonly from: bigint
  /** Awaited before more is fetched of this partition. Records come in order, each once. */
  readonly onBatch: (batch: InBatch) => Promise<void>
  /** Told before it goes on with the first record that is still there. */
  readonly onGone?: ((gone: Gone) => void) | undefined
  /** Reading has stopped for good, for a reason that does not pass: an unknown topic, a missing right. */
  readonly onEnd: (fault: Fault) => void
}

export interface Line {
  /** Offset wanted next. */
  readonly position: bigint
  /** A batch is being handled. */
  readonly isBusy: boolean
  close(): void
}

/** Reads many partitions, all of one broker's in one request. Waits out what passes, for good. */
export interface Fetcher {
  add(options: LineOptions): Line
  /** Resolves when no batch is being handled any more. */
  close(): Promise<void>
}

export interface FetchLimits {
  /** Of one partition in one answer; a single batch that is larger comes whole. */
  readonly partitionBytes: number
  /** Of one answer. */
  readonly answerBytes: number
}
export const USUAL_FETCH: FetchLimits = { partitionBytes: 1_000_000, answerBytes: 8_000_000 }

/** How long a broker holds a request that has nothing to answer. */
const HOLD: Millis = 250
/** The same while another partition of that broker is being handled, and will want more soon. */
const SHORT_HOLD: Millis = 20
const ANSWER: Millis = 8_000
const FIRST_WAIT: Millis = 50
const LONGEST_WAIT: Millis = 2_000
/** How long a topic may be unknown: it may have been made a moment ago. */
const UNKNOWN_TOPIC: Millis = 5_000

interface Reading extends LineOptions {
  position: bigint
  handling: Promise<void> | undefined
  isClosed: boolean
  failures: number
  unknownSince: number | undefined
}

export function createFetcher(cluster: Cluster, limits: FetchLimits): Fetcher {
  const stop = new AbortController()
  const readings = new Set<Reading>()
  /** Readings by the broker that leads them, with what wakes its loop. */
  const loops = new Map<number, { readonly of: Set<Reading>; wake: () => void }>()

  const end = (reading: Reading, fault: Fault) => {
    if (reading.isClosed) return
    reading.isClosed = true
    readings.delete(reading)
    reading.onEnd(fault)
  }

  /** Finds the leader of a reading and puts it into that broker's loop. */
  const place = async (reading: Reading) => {
    while (!reading.isClosed && !stop.signal.aborted) {
      try {
        const node = await cluster.leader(reading.topic, reading.partition)
        reading.unknownSince = undefined
        if (!reading.isClosed) join(node, reading)
        return
      } catch (error) {
        if (!(await outlive(reading, busFault(error)))) return
      }
    }
  }
  /** Waits before another try; false: there is none. */
  const outlive = async (reading: Reading, fault: FaultError): Promise<boolean> => {
    const isUnknown = fault.fault.code === 'unknown-topic'
    if (isUnknown) reading.unknownSince ??= performance.now()
    const isNew = isUnknown && performance.now() - (reading.unknownSince ?? 0) < UNKNOWN_TOPIC
    if (stop.signal.aborted) return false
    if (!(fault instanceof PassingError) && !isNew) {
      end(reading, fault.fault)
      return false
    }
    reading.failures += 1
    await pause(backoff(reading.failures, FIRST_WAIT, LONGEST_WAIT), stop.signal)
    return !reading.isClosed && !stop.signal.aborted
  }

  const join = (node: number, reading: Reading) => {
    const loop = loops.get(node)
    if (loop) {
      loop.of.add(reading)
      loop.wake()
      return
    }
    const made = { of: new Set([reading]), wake: () => undefined }
    loops.set(node, made)
    void run(node, made)
  }
  const leave = (node: number, reading: Reading) => {
    loops.get(node)?.of.delete(reading)
    cluster.forget(reading.topic)
  }

  const run = async (node: number, loop: { readonly of: Set<Reading>; wake: () => void }) => {
    while (!stop.signal.aborted) {
      for (const reading of loop.of) if (reading.isClosed) loop.of.delete(reading)
      const free = [...loop.of].filter(({ handling }) => handling === undefined)
      if (free.length === 0) {
        if (loop.of.size === 0) break
        await new Promise<void>((resolve) => {
          loop.wake = resolve
        })
        continue
      }
      await fetchOnce(node, free, free.length < loop.of.size ? SHORT_HOLD : HOLD)
    }
    loops.delete(node)
    for (const reading of loop.of) if (!reading.isClosed && !stop.signal.aborted) void place(reading)
  }

  const fetchOnce = async (node: number, free: readonly Reading[], hold: Millis) => {
    try {
      const answer = await cluster.on(
        node,
        'Fetch',
        {
          replicaId: -1,
          isolationLevel: 1,
          maxWaitTime: hold,
          minBytes: 1,
          maxBytes: limits.answerBytes,
          topics: toTopics(free, limits),
        },
        { lane: 'fetch', timeout: hold + ANSWER },
      )
      if (answer.errorCode !== 0) throw codeFault(answer.errorCode, 'Fetch', 'this reader')
      const byPlace = new Map(answer.partitions.map((fetched) => [`${fetched.topic} ${fetched.partition}`, fetched]))
      for (const reading of free) {
        const fetched = byPlace.get(`${reading.topic} ${reading.partition}`)
        if (fetched && !reading.isClosed) await take(node, reading, fetched)
      }
    } catch (error) {
      const fault = busFault(error)
      for (const reading of free) {
        leave(node, reading)
        void retry(reading, fault)
      }
    }
  }
  const retry = async (reading: Reading, fault: FaultError) => {
    if (await outlive(reading, fault)) await place(reading)
  }

  const take = async (node: number, reading: Reading, fetched: FetchedPartition) => {
    const { errorCode, topic, partition } = fetched
    if (errorCode === CODES.offsetOutOfRange) return handle(node, reading, toRange(node, reading))
    if (errorCode !== 0) {
      leave(node, reading)
      if (!LEADER_CODES.has(errorCode) || reading.failures > 0)
        return void retry(reading, codeFault(errorCode, 'Fetch', `topic ${topic}`))
      reading.failures += 1
      return void place(reading)
    }
    reading.failures = 0
    if (fetched.bytes.length === 0) return
    let unpacked
    try {
      unpacked = await unpackRecords(fetched, reading.position)
    } catch (error) {
      return end(reading, busFault(error).fault)
    }
    const { records, next } = unpacked
    if (reading.isClosed) return
    reading.position = next
    if (records.length > 0) handle(node, reading, reading.onBatch({ topic, partition, records, end: fetched.end }))
  }
  /** Moves a reading whose offset is gone to the first that is there; one that is ahead of the end waits where it is. */
  const toRange = async (node: number, reading: Reading) => {
    try {
      const start = await listOffset(cluster, reading.topic, reading.partition, 'start')
      if (reading.position < start) {
        const { topic, partition, position: from } = reading
        reading.position = start
        reading.onGone?.({ topic, partition, from, to: start })
      } else await pause(LONGEST_WAIT, stop.signal)
    } catch (error) {
      leave(node, reading)
      void retry(reading, busFault(error))
    }
  }
  const handle = (node: number, reading: Reading, work: Promise<void>) => {
    const done = () => {
      reading.handling = undefined
      loops.get(node)?.wake()
    }
    reading.handling = work.then(done, (error: unknown) => {
      done()
      end(reading, busFault(error).fault)
    })
  }

  return {
    add(options) {
      const reading: Reading = {
        ...options,
        position: options.from,
        handling: undefined,
        isClosed: false,
        failures: 0,
        unknownSince: undefined,
      }
      readings.add(reading)
      void place(reading)
      return {
        get position() {
          return reading.position
        },
        get isBusy() {
          return reading.handling !== undefined
        },
        close() {
          reading.isClosed = true
          readings.delete(reading)
        },
      }
    },
    async close() {
      stop.abort()
      const handling = [...readings].flatMap((reading) => reading.handling ?? [])
      for (const reading of readings) reading.isClosed = true
      for (const { wake } of loops.values()) wake()
      await Promise.all(handling)
    },
  }
}

function toTopics(readings: readonly Reading[], { partitionBytes }: FetchLimits) {
  const topics = Map.groupBy(readings, ({ topic }) => topic)
  return [...topics].map(
    ([topic, of]): TopicPartitions<{ partition: number; fetchOffset: string; maxBytes: number }> => ({
      topic,
      partitions: of.map(({ partition, position }) => ({
        partition,
        fetchOffset: position.toString(),
        maxBytes: partitionBytes,
      })),
    }),
  )
}
