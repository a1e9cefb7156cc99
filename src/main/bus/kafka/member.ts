import { randomUUID } from 'node:crypto'
import type { Millis } from '../../../shared/market.ts'
import type { Member, MemberEvent, MemberOptions } from '../bus.ts'
import type { Cluster } from './cluster.ts'
import { PassingError, busFault } from './errors.ts'
import { USUAL_FETCH } from './fetcher.ts'
import type { FetchLimits } from './fetcher.ts'
import { StuckError, runGeneration } from './generation.ts'
import { joinGroup, leaveGroup } from './group.ts'
import type { Identity, Membership } from './group.ts'
import { backoff, pause } from './pause.ts'
import { findTopics } from './subscription.ts'
import type { Found } from './subscription.ts'

export interface MemberLimits {
  readonly fetch: FetchLimits
  readonly heartbeat: Millis
  /** Between two looks at whether the member moves, and how long it may stand still. */
  readonly look: Millis
  readonly patience: Millis
  /** Between two looks for new topics and partitions. */
  readonly refresh: Millis
}

export const USUAL_LIMITS: MemberLimits = {
  fetch: USUAL_FETCH,
  heartbeat: 1_000,
  look: 5_000,
  patience: 30_000,
  refresh: 30_000,
}

/** A join that takes longer waits for a member that has gone without a word. */
const USUAL_JOIN: Millis = 3_000
const FIRST_WAIT: Millis = 500
const LONGEST_WAIT: Millis = 15_000
/** While the cluster is away: it is back at any moment. */
const LONGEST_AWAY: Millis = 2_000
const BETWEEN_JOINS: Millis = 100

/**
 * A supervised member: whatever ends it is told as an event, and a new one is built in its place, on new connections, after
 * a wait. Nothing of it is ever thrown.
 */
export function createMember(
  openCluster: () => Cluster,
  options: MemberOptions,
  isReadOnly: boolean,
  limits: MemberLimits = USUAL_LIMITS,
): Member {
  const stop = new AbortController()
  let isKilled = false
  let cluster: Cluster | undefined

  const emit = (event: Omit<MemberEvent, 'at'>) => options.onEvent({ at: Date.now(), ...event })

  const supervise = async () => {
    let attempt = 0
    let wasStuck = false
    while (!stop.signal.aborted) {
      cluster = openCluster()
      try {
        await live(cluster, () => {
          if (wasStuck) emit({ kind: 'rebuilt', reason: { code: 'rebuilt' } })
          wasStuck = false
          attempt = 0
        })
      } catch (error) {
        if (!stop.signal.aborted) {
          wasStuck = error instanceof StuckError
          if (!wasStuck) emit({ kind: 'crashed', reason: { code: 'trouble', fault: busFault(error).fault } })
        }
      }
      cluster.close()
      await pause(backoff(attempt, FIRST_WAIT, LONGEST_WAIT), stop.signal)
      attempt += 1
    }
    emit({ kind: 'stopped', reason: { code: isKilled ? 'vanished' : 'closed' } })
  }

  /** From the first join to the end of this cluster's connections. What passes is waited out; the rest is thrown. */
  const live = async (over: Cluster, onAlive: () => void) => {
    const identity: Identity = { member: '' }
    let pausedAt = performance.now()
    let failures = 0
    const onReading = (joined: Membership) => {
      failures = 0
      onAlive()
      const pausedFor = Math.round(performance.now() - pausedAt)
      emit({ kind: 'joined', assigned: joined.assigned, generation: joined.generation, pausedFor })
    }
    while (!stop.signal.aborted) {
      try {
        const found = await findTopics(over, options.topics)
        const joined = await join(over, identity, [...found.keys()])
        if (!joined) {
          await pause(BETWEEN_JOINS, stop.signal)
          continue
        }
        const ending = await hold(over, joined, found, () => onReading(joined))
        pausedAt = performance.now()
        if (ending === 'left') return
        if (ending === 'lost') identity.member = ''
        emit({
          kind: 'rebalancing',
          generation: joined.generation,
          reason: { code: ending === 'rebalance' ? 'changed' : ending },
        })
      } catch (error) {
        if (!(error instanceof PassingError) || stop.signal.aborted) throw error
        emit({ kind: 'waiting', reason: { code: 'trouble', fault: error.fault } })
        await pause(backoff(failures, FIRST_WAIT, LONGEST_AWAY), stop.signal)
        failures += 1
      }
    }
  }
  /** Reads its share until the next rebalance; whatever else ends it, the others need not wait for its session. */
  const hold = async (over: Cluster, membership: Membership, found: Found, onReading: () => void) => {
    const leave = async () => {
      if (!isKilled) await leaveGroup(over, membership).catch(() => undefined)
    }
    try {
      const signal = stop.signal
      const ending = await runGeneration({
        cluster: over,
        membership,
        found,
        options,
        limits,
        isReadOnly,
        signal,
        onReading,
      })
      if (ending === 'left') await leave()
      return ending
    } catch (error) {
      await leave()
      throw error
    }
  }
  const join = async (over: Cluster, identity: Identity, topics: readonly string[]) => {
    const timer = setTimeout(() => emit({ kind: 'waiting', reason: { code: 'absent' } }), USUAL_JOIN)
    try {
      return await joinGroup(over, options.group, identity, topics)
    } finally {
      clearTimeout(timer)
    }
  }
  const done = supervise()
  return {
    id: randomUUID(),
    async close() {
      stop.abort()
      await done
    },
    kill() {
      isKilled = true
      cluster?.close()
      stop.abort()
    },
  }
}
