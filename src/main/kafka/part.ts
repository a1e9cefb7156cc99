import { join } from 'node:path'
import type { Handlers } from '../../shared/bridge.ts'
import type { kafkaContract } from '../../shared/kafka-contract.ts'
import type { ClusterView, ConsumerView, GroupRow } from '../../shared/kafka-view.ts'
import type { ConsumerSpec } from '../../shared/kafka-settings.ts'
import type { InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { openBus } from '../bus/kafka/open-bus.ts'
import type { Consumers } from '../consume/consumers.ts'
import { createConsumers } from '../consume/consumers.ts'
import { createJournalMembers, journalGroup } from '../consume/journal-members.ts'
import { createSinks } from '../consume/sinks.ts'
import { runStatusTopic } from '../consume/status-topic.ts'
import { createTopicTest } from '../consume/topic-patterns.ts'
import { retireForwards } from '../forward/groups.ts'
import type { Cursor, Journal, PartitionEnds } from '../journal/journal.ts'
import type { Connection } from './connection.ts'
import { openConnection } from './connection.ts'
import { createKafkaHandlers } from './handlers.ts'
import type { KafkaInForce } from './profile.ts'
import { resolveKafka } from './profile.ts'
import type { Log } from '../log.ts'
import type { LagHistory } from '../monitor/lag-history.ts'
import { openLagHistory } from '../monitor/lag-history.ts'
import { createOthersEvents } from './others-events.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { forgetClusterSecrets, readClusterSecrets } from '../secrets/secret-store.ts'
import type { SettingsFile } from '../settings-file.ts'
import type { Reader, Store } from '../store/store.ts'
import type { KafkaStanding } from './trace.ts'
import { createTrace } from './trace.ts'

export interface KafkaPartOptions {
  readonly folder: string
  readonly demo: boolean
  /** The data folder's uuid. */
  readonly collector: string
  readonly journal: Journal
  /** The journal's ends before this run's first record: presets that are on now and never ran begin there. */
  readonly began: readonly PartitionEnds[]
  readonly store: Store
  readonly reader: Reader
  readonly settings: SettingsFile
  readonly secrets: SecretStore
  /** Is told the secrets in use. */
  readonly redactor: Redactor
  readonly log: Log
  /** Markets that are collected here: their pages need nobody else's records. */
  readonly watched: () => readonly InstrumentKey[]
  /** What other collectors saw, for the pages. */
  readonly onEvents: (events: readonly MarketEvent[]) => void
}

/** All that concerns Kafka: follows the settings, opening and closing the cluster, the forwarder and the consumers. */
export interface KafkaPart {
  readonly handlers: Handlers<typeof kafkaContract>
  /** How the cluster, its groups and our consumers stand now. */
  now(): KafkaNow
  /** Leaves in order: consumers, forwarder (which sends what is owed, for a few seconds), bus. The journal closes after it. */
  close(): Promise<void>
}

/** What the pages that show Kafka are made of, at one moment. */
export interface KafkaNow {
  readonly cluster: ClusterView
  readonly groups: readonly GroupRow[]
  readonly consumers: readonly ConsumerView[]
}

/** What this engine owes a cluster is sent for so long before it closes. */
const DRAIN: Millis = 3 * SECOND
/** Stands for a cluster where none is in use. */
const NO_CLUSTER = 'none'

export function openKafkaPart(options: KafkaPartOptions): KafkaPart {
  const { journal, store, settings, log, folder, demo, collector } = options
  /** A thread and a file, for those who have a cluster. */
  let history: LagHistory | undefined
  const trace = createTrace({ ...options, kafka: () => standingOf(inForce, connection) })
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const offSince = Date.now()
  let connection: Connection | undefined
  let inForce: KafkaInForce = resolveKafka(settings.state.settings.kafka)
  let opened = ''
  let forwarded = ''

  const journalMember = createJournalMembers(journal)
  const consumers: Consumers = createConsumers({
    open: (bus) => (bus === 'journal' ? journalMember : connection && ((member) => connection!.bus.member(member))),
    sink: createSinks({
      store,
      journal,
      cluster: async () => (connection ? connection.cluster() : NO_CLUSTER),
      collector,
      demo,
      csv() {
        const { csv, zone } = settings.state.settings
        return { ...csv, zone, folder: csv.folder ?? join(folder, 'outputs') }
      },
      onEvents: createOthersEvents(options.watched, options.onEvents),
      onReturned: trace.returned,
      log,
    }),
    log,
  })
  let leaveStatus: (() => Promise<void>) | undefined

  const disconnect = async (): Promise<void> => {
    const old = connection
    connection = undefined
    await consumers.update(inForce.kafka.consumers)
    await leaveStatus?.()
    leaveStatus = undefined
    await old?.close(DRAIN)
  }
  const connect = async (begin: readonly Cursor[] | undefined): Promise<void> => {
    const { profile, kafka } = inForce
    if (!profile) return retireForwards(journal)
    const secrets = inForce.secrets ?? (await readClusterSecrets(options.secrets, profile.id))
    options.redactor.add(...Object.values(secrets))
    history ??= await openLagHistory(join(folder, 'kafka.db'), (message) =>
      log.warn(`The history of lag has a hole: ${message}`),
    )
    connection = openConnection({
      bus: openBus({ profile, secrets, log }),
      journal,
      history,
      forward: kafka.forward,
      begin,
      demo,
      collector,
      groups: () => inForce.kafka.consumers.filter(({ on, bus }) => on && bus === 'kafka').map(({ group }) => group),
      onMoved: (group, places) =>
        consumers.rewind(
          group,
          places.map(({ offset, ...place }) => ({ ...place, offset: offset === undefined ? offset : Number(offset) })),
        ),
      log,
    })
    if (kafka.forward.presets.includes('s3'))
      leaveStatus = runStatusTopic({
        bus: connection.bus,
        prefix: kafka.forward.prefix,
        groups: consumers.groups,
        log,
      })
  }
  const follow = async (anew = false, begin?: readonly Cursor[]): Promise<void> => {
    inForce = resolveKafka(settings.state.settings.kafka)
    const { profile, kafka } = inForce
    const wanted = JSON.stringify([profile, kafka.forward.presets.includes('s3') && kafka.forward.prefix])
    const forward = JSON.stringify(kafka.forward)
    if (anew || wanted !== opened) {
      opened = wanted
      await disconnect()
      await connect(begin)
    } else if (forward !== forwarded) await connection?.forward(kafka.forward)
    forwarded = forward
    retire(kafka.consumers)
    await consumers.update(kafka.consumers)
    changed()
  }
  /** Consumers of the journal that are no longer in the settings: it need not wait for them. */
  let inJournal = new Set<string>()
  const retire = (specs: readonly ConsumerSpec[]) => {
    const kept = new Set(specs.filter(({ bus }) => bus === 'journal').map(({ group }) => journalGroup(group)))
    for (const group of inJournal) if (!kept.has(group)) journal.setGroup(group, undefined)
    inJournal = kept
  }

  let working: Promise<void> = Promise.resolve()
  const run = (anew?: boolean, begin?: readonly Cursor[]): Promise<void> => {
    working = working
      .then(() => follow(anew, begin))
      .catch((error: unknown) => log.error(`Kafka: ${error instanceof Error ? error.message : String(error)}`))
    return working
  }
  for (const { field, message } of inForce.problems) log.warn(`${field}: ${message}`)
  void run(
    false,
    options.began.map(({ topic, partition, end }) => ({ topic, partition, offset: end })),
  )
  let last = settings.state.settings.kafka
  const leaveSettings = settings.onChange(({ settings: next }) => {
    if (JSON.stringify(next.kafka) === JSON.stringify(last)) return
    for (const { id } of last.profiles)
      if (!next.kafka.profiles.some((profile) => profile.id === id))
        forgetClusterSecrets(options.secrets, id).catch((error: unknown) =>
          log.warn(`The secrets of the deleted profile "${id}" are still kept: ${String(error)}`),
        )
    last = next.kafka
    void run()
  })
  const ticking = setInterval(changed, SECOND)

  const off: ClusterView = { state: 'off', since: offSince, brokers: [], missingRights: [] }
  const view = (): ClusterView => ({
    ...(connection?.view() ?? off),
    ...(inForce.source === 'environment' && inForce.profile ? { environment: inForce.profile } : {}),
  })
  return {
    now: () => ({ cluster: view(), groups: connection?.monitor.groups() ?? [], consumers: consumers.views() }),
    handlers: createKafkaHandlers({
      view,
      connection: () => connection,
      inForce: () => inForce,
      consumers,
      trace,
      secrets: options.secrets,
      reconnect: () => run(true),
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }),
    async close() {
      leaveSettings()
      clearInterval(ticking)
      trace.close()
      listeners.clear()
      await working
      await consumers.close()
      await leaveStatus?.()
      await connection?.close(DRAIN)
      await history?.close()
    },
  }
}

function standingOf({ kafka }: KafkaInForce, connection: Connection | undefined): KafkaStanding {
  const readers = kafka.consumers.filter(({ on, bus, sink }) => on && bus === 'kafka' && sink === 'store')
  return {
    state: connection?.bus.state().state ?? 'off',
    ...(connection ? { cluster: connection.profile.id } : {}),
    readOnly: connection?.profile.readOnly ?? false,
    forwards: kafka.forward.presets.includes('own'),
    reads: createTopicTest(readers.flatMap(({ topics }) => topics)),
  }
}
