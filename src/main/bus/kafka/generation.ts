import { FaultError } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import type { InBatch, MemberOptions } from '../bus.ts'
import type { Place } from './assign.ts'
import type { Cluster } from './cluster.ts'
import { CODES, COORDINATOR_CODES } from './codes.ts'
import { createCommits } from './commits.ts'
import { PassingError, busFault, checkCode } from './errors.ts'
import { createFetcher } from './fetcher.ts'
import type { Line } from './fetcher.ts'
import { REBALANCE, SESSION, heartbeat } from './group.ts'
import type { Membership } from './group.ts'
import type { MemberLimits } from './member.ts'
import { listOffset } from './offsets.ts'
import { pause } from './pause.ts'
import { findPositions } from './positions.ts'
import type { Look } from './progress.ts'
import { createProgressWatch } from './progress.ts'
import { findTopics, isSameFound, isWhole } from './subscription.ts'
import type { Found } from './subscription.ts'

/** Why a generation has ended: the group rebalances, does not know us any more, or was out of reach for a session; or we were asked to leave. */
export type Ending = 'rebalance' | 'lost' | 'silent' | 'left'

export interface GenerationOptions {
  readonly cluster: Cluster
  readonly membership: Membership
  readonly found: Found
  readonly options: MemberOptions
  readonly limits: MemberLimits
  readonly isReadOnly: boolean
  readonly signal: AbortSignal
  readonly onReading: () => void
}

/** Until a topic that is named is there: it may be made at any moment. */
const SOON: Millis = 2_000
/** Waits for batches in hand when a generation ends; the group waits a little longer for us. */
const DRAIN: Millis = REBALANCE - 5_000

/**
 * Reads the member's share from one rebalance to the next. Rejects where the member must be built anew: what was read could
 * not be handled, does not move, or may not be read.
 */
export async function runGeneration(given: GenerationOptions): Promise<Ending> {
  const { cluster, options, limits, signal } = given
  let { membership } = given
  const stop = new AbortController()
  const fetcher = createFetcher(cluster, limits.fetch)
  const commits = createCommits(cluster, () => membership)
  const lines = new Map<string, Line & Place>()
  const watch = createProgressWatch(limits.patience)
  let end: (ending: Ending) => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const ended = new Promise<Ending>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  ended.catch(() => undefined)
  const leave = () => end('left')
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave)

  const open = ({ topic, partition }: Place, from: bigint) => {
    const place = `${topic} ${partition}`
    const line = fetcher.add({
      topic,
      partition,
      from,
      onBatch: (batch) => handle(place, batch),
      onGone: options.onGone,
      onEnd: ({ code, message }) => fail(new FaultError(code, message)),
    })
    lines.set(place, {
      topic,
      partition,
      get position() {
        return line.position
      },
      get isBusy() {
        return line.isBusy
      },
      close: line.close,
    })
  }
  const handle = async (place: string, batch: InBatch) => {
    try {
      await options.onBatch(batch)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      fail(new FaultError('internal', `Records of ${place} could not be handled: ${reason}`))
      throw error
    }
    const line = lines.get(place)
    if (!line || given.isReadOnly) return
    commits.add(line, options.commitAt?.(batch.topic, batch.partition) ?? line.position)
  }

  const beat = async () => {
    let aliveAt = performance.now()
    for (; !stop.signal.aborted; await pause(limits.heartbeat, stop.signal)) {
      try {
        const code = await heartbeat(cluster, membership)
        if (COORDINATOR_CODES.has(code))
          membership = { ...membership, coordinator: await cluster.coordinator(membership.group) }
        else if (code === CODES.rebalanceInProgress) end('rebalance')
        else if (code === CODES.illegalGeneration) return end('rebalance')
        else if (code === CODES.unknownMember) return end('lost')
        else {
          checkCode(code, 'Heartbeat', `group ${membership.group}`)
          options.onEvent({ at: Date.now(), kind: 'heartbeat', generation: membership.generation })
        }
        aliveAt = performance.now()
      } catch (error) {
        if (!(error instanceof PassingError)) return fail(error)
        if (performance.now() - aliveAt > SESSION) return end('silent')
        membership = await cluster.coordinator(membership.group).then(
          (coordinator) => ({ ...membership, coordinator }),
          () => membership,
        )
      }
    }
  }

  const look = async () => {
    for (;;) {
      await pause(limits.look, stop.signal)
      if (stop.signal.aborted) return
      const looks = await Promise.all(
        [...lines].map(async ([place, { topic, partition, position }]): Promise<Look> => {
          const found = await listOffset(cluster, topic, partition, 'end').catch(() => undefined)
          return { place, position, end: found }
        }),
      )
      const [stuck] = watch(performance.now(), looks)
      if (stuck === undefined) continue
      const code = lines.get(stuck)?.isBusy ? 'stuck-busy' : 'stuck-silent'
      options.onEvent({ at: Date.now(), kind: 'stuck', reason: { code, values: { place: stuck } } })
      return fail(new StuckError('timed-out', `${stuck} did not move for ${limits.patience / 1_000} s.`))
    }
  }

  const refresh = async () => {
    for (;;) {
      await pause(isWhole(options.topics, given.found) ? limits.refresh : Math.min(limits.refresh, SOON), stop.signal)
      if (stop.signal.aborted) return
      const now = await findTopics(cluster, options.topics).catch(() => undefined)
      if (now && !isSameFound(now, given.found)) return end('rebalance')
    }
  }

  const work = Promise.all([beat(), look(), refresh()])
  try {
    for (const { topic, partition, offset } of await findPositions(
      cluster,
      membership.group,
      membership.assigned,
      options,
    ))
      open({ topic, partition }, offset)
    given.onReading()
    return await ended
  } catch (error) {
    throw busFault(error)
  } finally {
    signal.removeEventListener('abort', leave)
    const drained = new AbortController()
    await Promise.race([fetcher.close(), pause(DRAIN, drained.signal)])
    drained.abort()
    await commits.flush()
    commits.close()
    stop.abort()
    await work
  }
}

/** A member that is assigned and does not move. */
export class StuckError extends FaultError {}
