import type { Fault } from '../../../shared/faults.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import type { Millis } from '../../../shared/market.ts'
import type { Log } from '../../log.ts'
import type { Bus } from '../bus.ts'
import type { Cluster } from './cluster.ts'
import { busFault } from './errors.ts'
import { pause } from './pause.ts'

/** Between two questions to the cluster, while it answers and while it does not. */
const BEAT: Millis = 1_500
const AWAY_BEAT: Millis = 1_000
const ANSWER: Millis = 1_500
/** Without an answer from any broker for so long, the cluster is away. */
const PATIENCE: Millis = 2_000

const NO_ANSWER: Fault = { code: 'cluster-away', message: 'No broker of the cluster answers.' }

/** Asks the cluster over and over whether it is there. Closing it closes the given cluster. */
export function createStateWatch(
  cluster: Cluster,
  profile: ClusterProfile,
  log: Pick<Log, 'info' | 'warn'>,
): Pick<Bus, 'state' | 'onState'> & { close(): void } {
  const stop = new AbortController()
  const listeners = new Set<() => void>()
  let state: ReturnType<Bus['state']> = { state: 'connecting', since: Date.now() }

  const enter = (next: 'up' | 'away', fault?: Fault) => {
    const isNews = state.state !== next
    if (!isNews && state.fault?.message === fault?.message) return
    state = { state: next, since: isNews ? Date.now() : state.since, ...(fault && { fault }) }
    if (isNews && next === 'up') log.info(`Kafka ${profile.name}: connected.`)
    if (isNews && next === 'away') log.warn(`Kafka ${profile.name}: ${fault?.message ?? 'away.'}`)
    for (const listener of listeners) listener()
  }
  const beat = async () => {
    while (!stop.signal.aborted) {
      const late = setTimeout(() => enter('away', NO_ANSWER), PATIENCE)
      try {
        await cluster.any('Metadata', { topics: [] }, ANSWER)
        if (!stop.signal.aborted) enter('up')
      } catch (error) {
        if (!stop.signal.aborted) enter('away', busFault(error).fault)
      } finally {
        clearTimeout(late)
      }
      await pause(state.state === 'up' ? BEAT : AWAY_BEAT, stop.signal)
    }
  }
  void beat()

  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stop.abort()
      listeners.clear()
      cluster.close()
    },
  }
}
