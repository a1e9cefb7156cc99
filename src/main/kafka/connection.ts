import type { ClusterView } from '../../shared/kafka-view.ts'
import type { ClusterProfile, KafkaSettings } from '../../shared/kafka-settings.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Bus, BrokerInfo } from '../bus/bus.ts'
import type { Forwarder } from '../forward/forwarder.ts'
import { runForwarder } from '../forward/forwarder.ts'
import type { Cursor, Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { LagHistory } from '../monitor/lag-history.ts'
import type { LagMonitor } from '../monitor/lag-monitor.ts'
import { runLagMonitor } from '../monitor/lag-monitor.ts'
import type { Offsets } from '../monitor/offsets.ts'
import { createOffsets } from '../monitor/offsets.ts'
import type { Topics } from '../monitor/topics.ts'
import { createTopics } from '../monitor/topics.ts'

/** One cluster in use: the bus, and what stands on it. */
export interface Connection {
  readonly profile: ClusterProfile
  readonly bus: Bus
  readonly topics: Topics
  readonly offsets: Offsets
  readonly monitor: LagMonitor
  view(): ClusterView
  /** The cluster's own id, once it has answered. */
  cluster(): Promise<string>
  /** Forwards by other settings. */
  forward(settings: KafkaSettings['forward']): Promise<void>
  /** Sends what is owed for at most so long, then leaves. */
  close(within: Millis): Promise<void>
}

export interface ConnectionOptions {
  readonly bus: Bus
  /** Absent: nothing is forwarded (a role without a journal of its own). */
  readonly journal: Journal | undefined
  readonly history: LagHistory | undefined
  readonly forward: KafkaSettings['forward']
  /** Where presets begin that are on from the start and never ran. Undefined, and those switched on later: from then on. */
  readonly begin: readonly Cursor[] | undefined
  readonly demo: boolean
  readonly collector: string
  /** Groups of this app. */
  readonly groups: () => readonly string[]
  readonly onMoved: Parameters<typeof createOffsets>[0]['onMoved']
  readonly log: Log
}

const LOOK: Millis = 10 * SECOND

export function openConnection(options: ConnectionOptions): Connection {
  const { bus, journal, log } = options
  const { id, name, readOnly } = bus.profile
  let brokers: readonly BrokerInfo[] = []
  let clusterId: string | undefined
  let settings = options.forward
  let forwarder = start(options.begin)
  let looking: Promise<string> | undefined

  function start(begin?: readonly Cursor[]): Forwarder | undefined {
    const { demo, collector } = options
    return journal && runForwarder({ journal, bus, settings, demo, collector, log, ...(begin && { begin }) })
  }
  const look = (): Promise<string> => {
    looking ??= bus.admin
      .cluster()
      .then((found) => {
        clusterId = found.id
        brokers = found.brokers
        return found.id
      })
      .finally(() => (looking = undefined))
    return looking
  }
  const glance = () => {
    if (bus.state().state === 'up') look().catch(() => undefined)
  }
  const offState = bus.onState(glance)
  const timer = setInterval(glance, LOOK)
  glance()
  const cluster = async () => clusterId ?? look()

  const monitor = runLagMonitor({ bus, cluster, history: options.history, own: options.groups, log })
  return {
    profile: bus.profile,
    bus,
    topics: createTopics(bus),
    offsets: createOffsets({ bus, onMoved: options.onMoved }),
    monitor,
    cluster,
    view() {
      const { state, since, fault } = bus.state()
      const drillUntil = bus.cutUntil()
      return {
        profile: { id, name, readOnly },
        state,
        since,
        ...(fault ? { fault: fault as NonNullable<ClusterView['fault']> } : {}),
        ...(drillUntil === undefined ? {} : { drillUntil }),
        ...(clusterId === undefined ? {} : { clusterId }),
        brokers,
        missingRights: monitor.missingRights(),
        ...(forwarder ? { outbox: forwarder.view() } : {}),
      }
    },
    async forward(next) {
      settings = next
      await forwarder?.close(0)
      forwarder = start()
    },
    async close(within) {
      clearInterval(timer)
      offState()
      await monitor.close()
      await forwarder?.close(within)
      await bus.close()
    },
  }
}
