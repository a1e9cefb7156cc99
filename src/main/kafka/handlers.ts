import type { Handlers, Sink } from '../../shared/bridge.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { kafkaContract } from '../../shared/kafka-contract.ts'
import type { ClusterView, ConsumerView, DoctorStep, GroupDetail } from '../../shared/kafka-view.ts'
import { CLOCK_KEY, SECOND } from '../../shared/market.ts'
import { readRecordReason } from '../../shared/record-reasons.ts'
import { readEvent } from '../consume/read-batch.ts'
import type { Consumers } from '../consume/consumers.ts'
import { openWireProbe } from '../bus/kafka/wire-probe.ts'
import { runDoctor } from '../doctor/doctor.ts'
import type { Connection } from './connection.ts'
import { FROM_ENVIRONMENT } from './environment.ts'
import { importKafkaConfig } from './import.ts'
import type { KafkaInForce } from './profile.ts'
import { latest } from '../latest.ts'
import { toMessageRow } from '../monitor/message-row.ts'
import { browse, sendMessage } from '../monitor/messages.ts'
import { readRecord } from '../monitor/record-times.ts'
import { resend } from '../monitor/resend.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { hasClusterSecrets, keepClusterSecrets, readClusterSecrets } from '../secrets/secret-store.ts'
import type { Trace } from './trace.ts'

/** What the handlers stand on. */
export interface KafkaParts {
  readonly view: () => ClusterView
  readonly connection: () => Connection | undefined
  readonly inForce: () => KafkaInForce
  readonly consumers: Consumers
  readonly trace: Trace
  readonly secrets: SecretStore
  /** Connects anew, with other secrets. */
  readonly reconnect: () => Promise<void>
  /** Called once a second, and when the connection has changed. */
  readonly onChange: (listener: () => void) => () => void
}

/** The engine's answers to the Kafka part of the contract. A missing one does not compile. */
export function createKafkaHandlers(parts: KafkaParts): Handlers<typeof kafkaContract> {
  const { consumers, secrets } = parts
  const use = (): Connection => {
    const connection = parts.connection()
    if (connection) return connection
    throw new FaultError('cluster-away', 'No cluster is in use. Choose a profile first.')
  }
  /** Sends what `read` gives, now and whenever something has changed. */
  const follow = <V>(sink: Sink<V>, read: () => V): (() => void) => {
    const send = latest(sink)
    send(read())
    return parts.onChange(() => send(read()))
  }

  return {
    'kafka.state': (_params, sink) => follow(sink, parts.view),
    'kafka.secret.set': async ({ profile, ...given }) => {
      const kept = await keepClusterSecrets(secrets, profile, {
        ...(given.password === undefined ? {} : { password: given.password }),
        ...(given.keyPassphrase === undefined ? {} : { keyPassphrase: given.keyPassphrase }),
      })
      if (parts.connection()?.profile.id === profile) void parts.reconnect()
      return { kept }
    },
    'kafka.secret.state': ({ profile }) => {
      if (profile === FROM_ENVIRONMENT) {
        const given = parts.inForce().secrets
        const isSet = given?.password !== undefined || given?.keyPassphrase !== undefined
        return { set: isSet, kept: isSet ? 'environment' : 'none' }
      }
      const isSet = hasClusterSecrets(secrets, profile)
      return { set: isSet, kept: isSet ? secrets.available() : 'none' }
    },
    'kafka.doctor': ({ profile, password }, sink: Sink<readonly DoctorStep[]>) => {
      const aborter = new AbortController()
      const send = latest(sink)
      const run = async () => {
        const known =
          profile.id === FROM_ENVIRONMENT
            ? (parts.inForce().secrets ?? {})
            : await readClusterSecrets(secrets, profile.id)
        const given = password === undefined ? known : { ...known, password }
        const steps = await runDoctor(profile, given, { signal: aborter.signal, onStep: send, openWire: openWireProbe })
        sink.send(steps) // as they ended, even where a slow page has not taken the ones before
        sink.end()
      }
      run().catch((error: unknown) => sink.end(toFault(error)))
      return () => aborter.abort()
    },
    'kafka.drill': ({ seconds }) => use().bus.cut(seconds * SECOND),
    'kafka.import': ({ yaml }) => importKafkaConfig(yaml),

    'topics.list': () => use().topics.list(),
    'topics.rows': ({ topics }) => use().topics.rows(topics),
    'topics.describe': async ({ topic }) => {
      const { topics, monitor } = use()
      return { ...(await topics.describe(topic)), groups: monitor.readersOf(topic) }
    },
    'topics.create': (topic) => use().topics.create(topic),
    'topics.configure': ({ topic, configs }) => use().topics.configure(topic, configs),
    'topics.delete': ({ topic, confirm }) => use().topics.remove(topic, confirm),

    groups: (_params, sink) => follow(sink, () => parts.connection()?.monitor.groups() ?? []),
    group: ({ group }, sink) => followGroup(parts, group, sink),
    'offsets.plan': (request) => use().offsets.plan(request),
    'offsets.reset': ({ id }) => use().offsets.reset(id),
    'offsets.undo': ({ id }) => use().offsets.undo(id),

    messages: (query, sink) => browse(use().bus, query, sink),
    'messages.send': (message) => sendMessage(use().bus, message),
    'messages.resend': (request) => resend(use().bus, request, new AbortController().signal),

    consumers: (_params, sink: Sink<readonly ConsumerView[]>) => follow(sink, consumers.views),
    'consumers.member': ({ name, action, member }) => consumers.member(name, action, member),
    'consumers.parked': async ({ name }) =>
      (await consumers.find(name).sink.parked()).map((row) => {
        const { topic, partition, offset, at, reason, value } = row
        const shown = toMessageRow({
          ...row,
          offset: BigInt(offset),
          key: null,
          headers: {},
          timestamp: at,
        })
        return {
          topic,
          partition,
          offset: String(offset),
          at,
          reason: readRecordReason(reason),
          value: value === null ? '' : shown.value!,
        }
      }),
    'consumers.retry': ({ name }) => consumers.find(name).sink.retry(),

    'trace.trade': (query) => parts.trace.trade(query),
    'trace.record': async ({ topic, partition, offset }) => {
      const record = await readRecord(use().bus, topic, partition, BigInt(offset))
      if (record?.offset !== BigInt(offset))
        throw new FaultError(
          'not-found',
          `Offset ${offset} of ${topic} P${partition} cannot be read: it is gone, or the broker is slow.`,
        )
      try {
        const { instrument, at } = readEvent(record.value)
        return instrument === CLOCK_KEY ? undefined : { instrument, at }
      } catch {
        // A record of another kind lies at no place in a chart.
        return undefined
      }
    },
  }
}

/** One group in full, while a page looks at it. */
function followGroup(parts: KafkaParts, group: string, sink: Sink<GroupDetail>): () => void {
  const send = latest(sink)
  let connection: Connection | undefined
  let leave: (() => void) | undefined
  let isLeft = false
  const tell = () => {
    connection?.monitor.detail(group).then(
      (detail) => {
        if (detail && !isLeft) send(detail)
      },
      () => undefined,
    )
  }
  const join = () => {
    const now = parts.connection()
    if (now === connection) return
    leave?.()
    connection = now
    const offs = now && [now.monitor.watch(group), now.monitor.onChange(tell)]
    leave = offs && (() => offs.forEach((off) => off()))
    tell()
  }
  join()
  const off = parts.onChange(join)
  return () => {
    isLeft = true
    off()
    leave?.()
  }
}
