import type { ClusterView, ConsumerView, GroupRow, OutboxView } from '../../shared/kafka-view.ts'
import { SECOND } from '../../shared/market.ts'
import type { EngineFacts } from './facts.ts'
import type { Metric, Sample } from './metric.ts'
import { one, oneOf, percentiles } from './metric.ts'

type MemberState = ConsumerView['members'][number]['state']

// Keys of records: a state that is added elsewhere and not here does not compile.
const CLUSTER_STATES = Object.keys({
  off: true,
  connecting: true,
  up: true,
  away: true,
} satisfies Record<ClusterView['state'], true>)
const MEMBER_STATES = Object.keys({
  joining: true,
  running: true,
  idle: true,
  waiting: true,
  crashed: true,
  stuck: true,
  gone: true,
} satisfies Record<MemberState, true>)
/** A cluster may have thousands of groups. Ours are told in any case, and of the others so many in all. */
const MOST_GROUPS = 100

/** Kafka: the outbox, what the cluster took and what it would not, groups by their lag, and our own consumers. */
export const KAFKA_METRICS: readonly Metric<EngineFacts>[] = [
  {
    name: 'tapedeck_kafka_state',
    type: 'gauge',
    help: 'State of the connection to the cluster: 1 for the one that holds.',
    samples: ({ kafka }) => oneOf(CLUSTER_STATES, kafka.cluster.state),
  },
  {
    name: 'tapedeck_kafka_brokers',
    type: 'gauge',
    help: 'Brokers that the cluster told of.',
    samples: ({ kafka }) => one(kafka.cluster.brokers.length || undefined),
  },
  outboxMetric('tapedeck_outbox_records', 'gauge', 'Journal records that are not yet acknowledged.', ({ records }) =>
    one(records),
  ),
  outboxMetric(
    'tapedeck_outbox_bytes',
    'gauge',
    'Bytes of the journal records that are not yet acknowledged.',
    ({ bytes }) => one(bytes),
  ),
  outboxMetric(
    'tapedeck_outbox_oldest_age_seconds',
    'gauge',
    'Age of the oldest record that is not yet acknowledged; 0 where all are.',
    ({ oldestAt }, now) => one(oldestAt === undefined ? 0 : Math.max(0, now - oldestAt) / SECOND),
  ),
  outboxMetric(
    'tapedeck_outbox_preset_records',
    'gauge',
    'What each preset still owes of the journal.',
    ({ presets }) => presets.map(({ preset, records }) => ({ labels: { preset }, value: records })),
  ),
  outboxMetric('tapedeck_acked_records_total', 'counter', 'Records that the cluster acknowledged.', ({ presets }) =>
    presets.map(({ preset, acked }) => ({ labels: { preset }, value: acked })),
  ),
  outboxMetric(
    'tapedeck_ack_seconds',
    'gauge',
    'From sending to the acknowledgement, of the last 1,000 batches.',
    ({ ack }) => percentiles(ack),
  ),
  outboxMetric('tapedeck_produce_errors_total', 'counter', 'Sends that failed; each is tried again.', ({ retries }) =>
    one(retries),
  ),
  outboxMetric('tapedeck_outbox_parked_records', 'gauge', 'Records that the cluster refused for good.', ({ parked }) =>
    one(parked),
  ),
  groupMetric('tapedeck_group_lag_records', 'Records between a group and the ends of its topics.', ({ lag }) =>
    lag === undefined ? undefined : Number(lag),
  ),
  groupMetric(
    'tapedeck_group_lag_seconds',
    'The same in market time, of the partition furthest behind.',
    (row) => row.seconds,
  ),
  groupMetric('tapedeck_group_members', 'Members of a group, on whatever machine.', ({ members }) => members),
  consumerMetric('tapedeck_consumed_records_total', 'Records that our consumers read.', (each) => each.processed),
  consumerMetric('tapedeck_consumed_duplicates_total', 'Records that were stored already.', (each) => each.duplicates),
  consumerMetric('tapedeck_consumed_lost_total', 'Records that the cluster removed unread.', (each) => each.lost),
  consumerMetric(
    'tapedeck_consumed_parked_total',
    'Records that could not be read and were set aside.',
    (each) => each.parked,
  ),
  {
    name: 'tapedeck_consumer_members',
    type: 'gauge',
    help: 'Members of our consumers by their state.',
    samples: ({ kafka }) =>
      running(kafka.consumers).flatMap(({ name, group, members }) =>
        MEMBER_STATES.map((state) => ({
          labels: { consumer: name, group, state },
          value: members.filter((member) => member.state === state).length,
        })),
      ),
  },
]

type Name = Metric<EngineFacts>['name']

function outboxMetric(
  name: Name,
  type: Metric<EngineFacts>['type'],
  help: string,
  read: (outbox: OutboxView, now: number) => readonly Sample[],
): Metric<EngineFacts> {
  const samples = ({ kafka, health }: EngineFacts): readonly Sample[] =>
    kafka.cluster.outbox ? read(kafka.cluster.outbox, health.at) : []
  return { name, type, help, samples }
}

function groupMetric(name: Name, help: string, read: (row: GroupRow) => number | undefined): Metric<EngineFacts> {
  const samples = ({ kafka }: EngineFacts): readonly Sample[] => {
    const own = new Set(kafka.consumers.map(({ group }) => group))
    const first = kafka.groups.filter(({ group }) => own.has(group))
    const others = kafka.groups.filter(({ group }) => !own.has(group)).slice(0, Math.max(0, MOST_GROUPS - first.length))
    return [...first, ...others].flatMap((row) => {
      const value = read(row)
      return value === undefined ? [] : [{ labels: { group: row.group }, value }]
    })
  }
  return { name, type: 'gauge', help, samples }
}

function consumerMetric(name: Name, help: string, read: (consumer: ConsumerView) => number): Metric<EngineFacts> {
  const samples = ({ kafka }: EngineFacts): readonly Sample[] =>
    running(kafka.consumers).map((consumer) => ({
      labels: { consumer: consumer.name, group: consumer.group },
      value: read(consumer),
    }))
  return { name, type: 'counter', help, samples }
}

function running(consumers: readonly ConsumerView[]): readonly ConsumerView[] {
  return consumers.filter(({ on }) => on)
}
