/** The fake engine's clusters: brokers, an outbox that fills and drains, groups, topics. All follow from the time alone. */

import type { ClusterView, GroupDetail, GroupRow, LagRow, OutboxView, TopicRow } from '../src/shared/kafka-view.ts'
import type { ClusterProfile, KafkaSettings } from '../src/shared/kafka-settings.ts'
import { clusterProfileSchema, kafkaSettingsSchema } from '../src/shared/kafka-settings.ts'
import type { Millis } from '../src/shared/market.ts'
import { SECOND } from '../src/shared/market.ts'

const profile = (id: string, brokers: string[], rest: object = {}): ClusterProfile =>
  clusterProfileSchema.parse({ id, name: id, brokers, ...rest })

/** Three clusters, none in use. */
export const FAKE_KAFKA: KafkaSettings = kafkaSettingsSchema.parse({
  profiles: [
    profile('local-3', ['localhost:9092', 'localhost:9094', 'localhost:9096']),
    profile('prod-seoul', ['kafka-1.example.com:9094', 'kafka-2.example.com:9094', 'kafka-3.example.com:9094'], {
      clientId: 'tapedeck-desk-07',
      tls: { on: true, caFile: '/etc/ssl/corp-root-ca.pem', certFile: null, keyFile: null, serverName: null },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'tapedeck-writer' },
      compression: 'zstd',
    }),
    profile('lab-mirror', ['mirror.example.com:9094'], { readOnly: true }),
  ],
  forward: { presets: ['own', 's0', 's2'], market: 'binance:BTC/USDT', prefix: 'cointicker' },
  consumers: [
    { name: 'csv-writer', topics: ['tapedeck.trades.v1'], group: 'csv-writer', members: 3, sink: 'csv' },
    { name: 'store-main', topics: ['tapedeck.*'], group: 'store-main', members: 2, sink: 'store' },
  ],
})

/** 'prod-seoul' goes away for 43 s of every 150 s, and drains for 20 s. */
const CYCLE = 150
const AWAY_FROM = 20
const AWAY_TO = 63
const IN_RATE = 4_984
const NET_RATE = 10_690
const FULL = (AWAY_TO - AWAY_FROM) * IN_RATE

const phaseOf = (at: Millis, since: Millis): number => ((at - since) / SECOND + 60) % CYCLE

function waitingAt(phase: number): number {
  if (phase < AWAY_FROM) return 0
  if (phase < AWAY_TO) return Math.round((phase - AWAY_FROM) * IN_RATE)
  return Math.max(0, Math.round(FULL - (phase - AWAY_TO) * NET_RATE))
}

function outboxAt(at: Millis, since: Millis, flaky: boolean, presets: readonly string[]): OutboxView {
  const phase = flaky ? phaseOf(at, since) : 0
  const records = waitingAt(phase)
  const away = phase >= AWAY_FROM && phase < AWAY_TO
  const history = Array.from({ length: 90 }, (_, index) => {
    const then = at - (89 - index) * SECOND
    const past = flaky ? phaseOf(then, since) : 0
    return { at: then, records: waitingAt(past), away: past >= AWAY_FROM && past < AWAY_TO }
  })
  return {
    records,
    bytes: records * 286,
    ...(records > 0 ? { oldestAt: away ? at - (phase - AWAY_FROM) * SECOND : at - 38_000 } : {}),
    inPerSecond: IN_RATE,
    outPerSecond: away ? 0 : records > 0 ? IN_RATE + NET_RATE : IN_RATE,
    ...(!away && records > 0 ? { drainSeconds: records / NET_RATE } : {}),
    acked: 48_214_300 + Math.round((at - since) / 2),
    retries: 12,
    ...(away ? {} : { ack: { p50: 11, p99: 84 } }),
    parked: flaky ? 3 : 0,
    presets: (presets as OutboxView['presets'][number]['preset'][]).map((preset) => ({
      preset,
      records: preset === 'own' ? records : 0,
      acked: preset === 'own' ? 48_120_004 : 94_296,
      ...(preset === 's2'
        ? {
            fault: {
              code: 'not-authorized' as const,
              message: 'The user tapedeck-writer lacks WRITE on topic stock_trade.',
            },
          }
        : {}),
    })),
    history,
  }
}

/** How the cluster in use stands. */
export function clusterAt(at: Millis, since: Millis, settings: KafkaSettings): ClusterView {
  const used = settings.profiles.find((each) => each.id === settings.active)
  if (!used) return { state: 'off', since, brokers: [], missingRights: [] }
  const flaky = used.id === 'prod-seoul'
  const named = { id: used.id, name: used.name, readOnly: used.readOnly }
  if (at - since < SECOND) return { profile: named, state: 'connecting', since, brokers: [], missingRights: [] }
  const phase = flaky ? phaseOf(at, since) : 0
  const away = phase >= AWAY_FROM && phase < AWAY_TO
  return {
    profile: named,
    state: away ? 'away' : 'up',
    since: away ? at - (phase - AWAY_FROM) * SECOND : since,
    ...(away ? { fault: { code: 'cluster-away' as const, message: 'No broker of prod-seoul answers.' } } : {}),
    clusterId: '7Qk2mXo4Q3ebkA1oS0uYzA',
    brokers: used.brokers.map((address, index) => ({ id: index + 1, address, isController: index === 1 })),
    missingRights: used.readOnly
      ? [{ right: 'DESCRIBE on group *', feature: 'members of groups' }]
      : flaky
        ? [{ right: 'DESCRIBE on group risk-desk', feature: 'members of groups' }]
        : [],
    ...(used.readOnly ? {} : { outbox: outboxAt(at, since, flaky, settings.forward.presets) }),
  }
}

const GROUPS: readonly (readonly [string, string, number, number, number, number, number])[] = [
  // name, state, members, lag, seconds, slope, unknown
  ['csv-writer', 'Stable', 3, 1_180, 2.4, 131, 0],
  ['store-main', 'Stable', 2, 212, 0.3, 0, 0],
  ['bars-1m', 'Stable', 3, 418, 0.6, 400, 0],
  ['alerts', 'Stable', 1, 0, 0, 0, 0],
  ['insights', 'PreparingRebalance', 4, 36_204, 41, 950, 0],
  ['risk-desk', 'Stable', 1, 482_113, 5_520, -88, 1],
  ['audit-archive', 'Empty', 0, 88_402, 1_440, -61, 0],
]

export function groupsAt(at: Millis): readonly GroupRow[] {
  const wobble = Math.round(40 * Math.sin(at / 3_000))
  return GROUPS.map(([group, state, members, lag, seconds, slope, unknown]) => ({
    group,
    state,
    members,
    lag: String(Math.max(0, lag === 0 ? 0 : lag + wobble)),
    unknown,
    seconds,
    slope,
    ...(slope > 0 ? { clearSeconds: lag / slope } : {}),
  }))
}

const NOTES: Readonly<Record<string, readonly (LagRow['note'] | undefined)[]>> = {
  'risk-desk': [undefined, 'retention-passed', 'leaderless', 'never-committed'],
}

export function groupAt(name: string, at: Millis): GroupDetail | undefined {
  const row = groupsAt(at).find((each) => each.group === name)
  if (!row) return undefined
  const lag = Number(row.lag)
  const partitions: LagRow[] = Array.from({ length: 6 }, (_, partition) => {
    const note = NOTES[name]?.[partition]
    const end = 18_204_113 + partition * 977
    const behind = Math.round((lag / 6) * (1 + (partition - 2.5) / 10))
    return {
      topic: 'tapedeck.trades.v1',
      partition,
      end: String(end),
      start: '9204000',
      ...(note === 'leaderless' || note === 'never-committed'
        ? {}
        : { committed: String(note ? 8_900_000 : end - behind) }),
      ...(note === 'leaderless' ? {} : { lag: String(behind), seconds: row.seconds ?? 0 }),
      ...(note ? { note } : {}),
      ...(row.members ? { member: `${name}-${(partition % row.members) + 1}` } : {}),
    }
  })
  return {
    ...row,
    partitions,
    memberRows: Array.from({ length: row.members ?? 0 }, (_, index) => ({
      id: `${name}-${index + 1}-5f2c`,
      clientId: `${name}-${index + 1}`,
      host: index === 0 ? '/127.0.0.1' : '/10.20.4.51',
      assigned: partitions
        .filter((_, partition) => partition % (row.members ?? 1) === index)
        .map(({ topic, partition }) => ({ topic, partition })),
    })),
    history: Array.from({ length: 300 }, (_, index) => {
      const then = at - (299 - index) * 2_000
      const past = Math.max(0, lag + (row.slope ?? 0) * ((at - then) / 1_000) + lag * 0.04 * Math.sin(then / 9_000))
      return { at: then, lag: Math.round(past), seconds: lag === 0 ? 0 : ((row.seconds ?? 0) * past) / lag }
    }),
  }
}

const NAMES = [
  'tapedeck.trades.v1',
  'tapedeck.tickers.v1',
  'tapedeck.books.v1',
  'tapedeck.bars-1s.v1',
  'bit_topic',
  'stock_trade',
  'cointicker.raw.upbit',
  'cointicker.raw.bithumb',
  'cointicker.raw.coinone',
  'cointicker.processed',
  '__consumer_offsets',
  '__transaction_state',
] as const

/** 'local-3' has 9,000 names, the others 42. */
export function topicNames(active: string | null): readonly string[] {
  const rest = (active === 'local-3' ? 9_000 : 42) - NAMES.length
  return [
    ...NAMES,
    ...Array.from(
      { length: rest },
      (_, index) => `team-${'abcdefg'[index % 7]}.events.${String(index).padStart(4, '0')}`,
    ),
  ]
}

export function topicRow(name: string): TopicRow {
  const seed = Array.from(name).reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const own = name.startsWith('tapedeck')
  return {
    name,
    partitions: own ? 12 : name.startsWith('__') ? 50 : 3,
    replication: name === 'bit_topic' ? 1 : 3,
    underReplicated: name === 'team-c.events.0002' ? 2 : 0,
    leaderless: name === 'team-d.events.0003' ? 1 : 0,
    records: String(seed * 104_729 * (own ? 90 : 1)),
    perSecond: own ? seed * 1.7 : seed % 11,
  }
}
