import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readMetrics, valueIn } from '../../../tests/prometheus-text.ts'
import type { ItemFeedState } from '../../shared/items-contract.ts'
import type { EngineFacts } from './facts.ts'
import { PARTS } from './failing-parts.ts'
import { clusterOf, consumerOf, factsOf, healthOf, NOW, outboxOf, venueHealthOf } from './fixtures.ts'
import { LABELS } from './metric.ts'
import { createMonitoring, METRICS } from './monitoring.ts'

const read = async (facts: EngineFacts | undefined) =>
  readMetrics(await createMonitoring(() => Promise.resolve(facts)).metrics())

const feedOf = (url: string, more: Partial<ItemFeedState> = {}): ItemFeedState => ({
  feed: 'crypto_news',
  url,
  state: 'live',
  since: NOW,
  attempt: 0,
  items: 5,
  duplicates: 6,
  refused: { title: 1, old: 2 },
  ...more,
})

/** Facts that give every metric there is something to tell. */
const FULL: EngineFacts = {
  ...factsOf(
    healthOf({
      venues: [
        venueHealthOf('upbit', { delay: { p50: -4, p99: 120 }, skew: -250, troubled: [] }),
        venueHealthOf('okx', { state: 'off', messages: 0 }),
      ],
      clock: { offset: 1_500, sources: 1 },
      engine: {
        startedAt: NOW,
        rss: 200_000_000,
        messagesPerSecond: 10,
        tradesPerSecond: 1,
        stall: 12,
        toHub: { p50: 1, p99: 33 },
      },
      csv: { file: 'x.csv', written: 90 },
    }),
    {
      cluster: clusterOf({
        outbox: outboxOf({
          records: 9,
          bytes: 900,
          oldestAt: NOW - 2_500,
          ack: { p50: 8, p99: 40 },
          presets: [
            { preset: 'own', records: 9, acked: 60 },
            { preset: 's1', records: 4, acked: 10 },
          ],
        }),
      }),
      groups: [
        { group: 'desk', state: 'Stable', members: 2, lag: '9007199254740993', unknown: 0, seconds: 12.5 },
        { group: 'un"quoted\\', state: 'Empty', unknown: 1 },
      ],
      consumers: [consumerOf('desk'), consumerOf('off', { on: false })],
    },
  ),
  feeds: [feedOf('https://a.example'), feedOf('https://b.example', { state: 'down' })],
  diskFree: 5_000,
}

test('A-77 passes a parser: every metric with its help and type, and only with the labels that are listed', async () => {
  const families = await read(FULL)
  expect([...families.keys()]).toEqual(METRICS.map(({ name }) => name))
  for (const { name, help, type } of METRICS) {
    expect(families.get(name)).toMatchObject({ help, type: type.toUpperCase() })
    expect(help).toMatch(/^\S.*\.$/)
  }
  const labels = [...families.values()].flatMap(({ samples }) => samples.flatMap((each) => Object.keys(each.labels)))
  expect(new Set(labels)).toEqual(new Set(LABELS))
})

test('docs/monitoring.md tells of each metric what it is, in the same words', async () => {
  const families = await read(FULL)
  const page = readFileSync(new URL('../../../docs/monitoring.md', import.meta.url), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `tapedeck_'))
  const labelsOf = (name: string) => Object.keys(families.get(name)?.samples[0]?.labels ?? {}).join(', ')
  expect(
    rows.map((row) =>
      row
        .slice(2, -2)
        .split('|')
        .map((cell) => cell.trim()),
    ),
  ).toEqual(METRICS.map(({ name, type, help }) => [`\`${name}\``, type, labelsOf(name), help]))
})

test('docs/monitoring.md tells of each part when it fails', () => {
  const page = readFileSync(new URL('../../../docs/monitoring.md', import.meta.url), 'utf8')
  expect([...page.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, part]) => part)).toEqual(PARTS)
})

test.each([
  ['tapedeck_engine_up', {}, 1],
  ['tapedeck_info', { version: '1.2.3', mode: 'live' }, 1],
  ['tapedeck_start_timestamp_seconds', {}, NOW / 1_000 - 100],
  ['tapedeck_stall_seconds', {}, 0.012],
  ['tapedeck_hub_delay_seconds', { percentile: '99' }, 0.033],
  ['tapedeck_clock_offset_seconds', {}, 1.5],
  ['tapedeck_disk_free_bytes', {}, 5_000],
  ['tapedeck_venue_state', { venue: 'upbit', state: 'live' }, 1],
  ['tapedeck_venue_state', { venue: 'upbit', state: 'down' }, 0],
  ['tapedeck_venue_state', { venue: 'okx', state: 'off' }, 1],
  ['tapedeck_trades_total', { venue: 'upbit' }, 100],
  ['tapedeck_trades_total', { venue: 'okx' }, undefined],
  ['tapedeck_delay_seconds', { venue: 'upbit', percentile: '50' }, -0.004],
  ['tapedeck_last_data_timestamp_seconds', { venue: 'upbit' }, NOW / 1_000 - 0.25],
  ['tapedeck_malformed_frames_total', { venue: 'upbit' }, 5],
  ['tapedeck_feed_addresses', { feed: 'crypto_news', state: 'down' }, 1],
  ['tapedeck_feed_items_total', { feed: 'crypto_news' }, 10],
  ['tapedeck_feed_refused_total', { feed: 'crypto_news' }, 6],
  ['tapedeck_kafka_state', { state: 'up' }, 1],
  ['tapedeck_outbox_oldest_age_seconds', {}, 2.5],
  ['tapedeck_outbox_preset_records', { preset: 's1' }, 4],
  ['tapedeck_acked_records_total', { preset: 'own' }, 60],
  ['tapedeck_ack_seconds', { percentile: '50' }, 0.008],
  ['tapedeck_produce_errors_total', {}, 2],
  ['tapedeck_group_lag_seconds', { group: 'desk' }, 12.5],
  ['tapedeck_group_lag_records', { group: 'un"quoted\\' }, undefined],
  ['tapedeck_consumed_records_total', { consumer: 'desk', group: 'group of desk' }, 500],
  ['tapedeck_consumed_records_total', { consumer: 'off' }, undefined],
  ['tapedeck_consumer_members', { consumer: 'desk', state: 'running' }, 1],
] as const)('A-77 %s%j is %s', async (name, labels, value) => {
  expect(valueIn(await read(FULL), name, labels)).toBe(value)
})

test('what is not known is left out, and without an engine only that is told', async () => {
  const families = await read(factsOf())
  const kafka = [...families.keys()].filter((name) => /outbox|ack|group|consume/.test(name))
  expect(kafka).toEqual([])
  expect([...(await read(undefined)).keys()]).toEqual(['tapedeck_engine_up'])
  expect(valueIn(await read(undefined), 'tapedeck_engine_up')).toBe(0)
})

test('a part that fails is told by name, and by health with its reason', async () => {
  const health = healthOf({
    store: { bytes: 1, trades: 1, behind: 1, fault: { code: 'disk-full', message: 'It is full.' } },
  })
  const monitoring = createMonitoring(() => Promise.resolve(factsOf(health)))
  const families = readMetrics(await monitoring.metrics())
  expect(families.get('tapedeck_part_failing')?.samples.filter(({ value }) => value === 1)).toEqual([
    { labels: { part: 'store' }, value: 1 },
  ])
  expect(await monitoring.health()).toEqual({
    status: 'failing',
    parts: [{ part: 'store', code: 'disk-full', message: 'It is full.' }],
  })
})

test('A-77 a counter never falls: parts that are made anew go on where the last ones stood', async () => {
  let facts: EngineFacts | undefined
  const monitoring = createMonitoring(() => Promise.resolve(facts))
  const tradesAt = async (trades: number) => {
    facts = factsOf(healthOf({ venues: [venueHealthOf('upbit', { trades })] }))
    return valueIn(readMetrics(await monitoring.metrics()), 'tapedeck_trades_total', { venue: 'upbit' })
  }
  const told = [await tradesAt(10), await tradesAt(25), await tradesAt(3)]
  facts = undefined
  await monitoring.metrics()
  expect([...told, await tradesAt(0), await tradesAt(7)]).toEqual([10, 25, 28, 28, 35])
})

test('of thousands of groups a hundred are told, ours among them', async () => {
  const groups = Array.from({ length: 3_000 }, (_, index) => ({
    group: `group-${index}`,
    state: 'Stable',
    lag: '1',
    unknown: 0,
  }))
  const own = consumerOf('last', { group: 'group-2999' })
  const families = await read(factsOf(healthOf(), { cluster: clusterOf(), groups, consumers: [own] }))
  const told = families.get('tapedeck_group_lag_records')!.samples.map(({ labels }) => labels['group'])
  expect(told).toHaveLength(100)
  expect(told).toContain('group-2999')
})
