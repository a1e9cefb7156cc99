import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { METRICS } from '../../src/main/metrics/monitoring.ts'
import { readDashboard, readQuery } from '../docker/dashboard.ts'
import type { Cluster } from '../kafka/cluster.ts'
import { useCluster } from '../kafka/cluster.ts'
import type { ReadFamily } from '../prometheus-text.ts'
import { readMetrics, valueIn } from '../prometheus-text.ts'
import type { Command } from '../tapedeck.ts'
import { connect, run, start, tempFolder, until } from '../tapedeck.ts'

const home = tempFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Where a command says that its metrics are. */
async function addressOf(command: Command): Promise<string> {
  const said = await until(
    () => /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(command.said())?.[0],
    (address) => address !== undefined,
    30_000,
  )
  return said!
}

async function metricsAt(address: string): Promise<ReadonlyMap<string, ReadFamily>> {
  return readMetrics(await (await fetch(`${address}/metrics`)).text())
}

interface Answered {
  readonly status: number
  readonly body: unknown
}
async function healthAt(address: string): Promise<Answered> {
  const answer = await fetch(`${address}/health`)
  return { status: answer.status, body: await answer.json() }
}

const sumOf = (families: ReadonlyMap<string, ReadFamily>, name: string) =>
  (families.get(name)?.samples ?? []).reduce((sum, { value }) => sum + value, 0)

describe('A-77 A-78 the metrics of a real engine, with the demo’s market and a real Kafka', () => {
  let cluster: Cluster
  let app: Command
  let address: string
  let leave: (() => void) | undefined
  beforeAll(async () => {
    cluster = await useCluster({ nodes: 1 })
    app = start(['serve', '--demo', '--data', `${home}/demo`, '--rate', '200', '--metrics', '0'], {
      environment: {
        KAFKA_BOOTSTRAP_SERVERS: cluster.brokers.join(),
        KAFKA_TOPICS: 'demo.tapedeck.trades.v1',
        KAFKA_GROUP_ID: 'metrics',
      },
    })
    address = await addressOf(app)
    // A page makes the way to it a number too.
    const page = await connect(app)
    page.open('market', { focus: 'upbit:BTC/KRW', follow: [], hidden: false }, () => undefined)
    leave = () => page.close()
  }, 120_000)
  afterAll(async () => {
    leave?.()
    await app?.end()
    await cluster?.close()
  })

  test('A-77 pass a parser and hold every metric there is, but those of CSV, which is off', async () => {
    const missing = (families: ReadonlyMap<string, ReadFamily>) =>
      METRICS.map(({ name }) => name).filter((name) => !families.has(name))
    const optional = ['tapedeck_csv_records_total']
    expect(
      await until(
        async () => missing(await metricsAt(address)),
        (names) => names.length <= optional.length,
        60_000,
      ),
    ).toEqual(optional)
  }, 90_000)

  test('A-78 every query of the dashboard names metrics that it has, with the labels that it uses', async () => {
    const families = await metricsAt(address)
    const wrong = readDashboard().panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr, legendFormat }) => {
        const { metrics, labels } = readQuery(expr)
        const wanted = [...labels, ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!)]
        const had = metrics.flatMap((name) => families.get(name)?.samples[0] ?? [])
        return had.length === metrics.length && had.every((each) => wanted.every((label) => label in each.labels))
          ? []
          : [expr]
      }),
    )
    expect(wrong).toEqual([])
  })

  test('A-77 its counters grow with the market, and never fall', async () => {
    const growing = [
      'tapedeck_messages_total',
      'tapedeck_trades_total',
      'tapedeck_acked_records_total',
      'tapedeck_consumed_records_total',
    ]
    const first = await metricsAt(address)
    const last = await until(
      () => metricsAt(address),
      (now) => growing.every((name) => sumOf(now, name) > sumOf(first, name)),
      30_000,
    )
    const counters = [...first].filter(([, { type }]) => type === 'COUNTER')
    for (const [name, { samples }] of counters)
      for (const { labels, value } of samples) expect(valueIn(last, name, labels)).toBeGreaterThanOrEqual(value)
    expect(counters.length).toBeGreaterThan(10)
  }, 60_000)

  test('A-77 what runs is in the labels: mode, venues by state, presets, groups', async () => {
    const families = await metricsAt(address)
    expect(valueIn(families, 'tapedeck_info', { mode: 'demo', host: 'headless' })).toBe(1)
    expect(valueIn(families, 'tapedeck_venue_state', { venue: 'upbit', state: 'live' })).toBe(1)
    expect(valueIn(families, 'tapedeck_kafka_state', { state: 'up' })).toBe(1)
    expect(valueIn(families, 'tapedeck_acked_records_total', { preset: 'own' })).toBeGreaterThan(0)
    expect(valueIn(families, 'tapedeck_group_lag_records', { group: 'metrics' })).toBeGreaterThanOrEqual(0)
    expect(valueIn(families, 'tapedeck_consumer_members', { state: 'running' })).toBe(1)
  })

  test('A-77 health is well', async () => {
    expect(
      await until(
        () => healthAt(address),
        ({ status }) => status === 200,
      ),
    ).toEqual({
      status: 200,
      body: { status: 'ok' },
    })
  })

  test('A-77 the page’s server tells the same to whoever has its token', async () => {
    const [, port, token = ''] = /:(\d+)\/#token=(\S+)/.exec(app.out()) ?? []
    const ask = (headers: Readonly<Record<string, string>>) => fetch(`http://127.0.0.1:${port}/metrics`, { headers })
    expect((await ask({})).status).toBe(401)
    const families = readMetrics(await (await ask({ authorization: `Bearer ${token}` })).text())
    expect(valueIn(families, 'tapedeck_engine_up')).toBe(1)
    // And it is in nothing that the open door tells.
    expect(await (await fetch(`${address}/metrics`)).text()).not.toContain(token)
  })
})

describe('A-77 health over exchanges that fail', () => {
  let emulator: Emulator
  let app: Command | undefined
  beforeAll(async () => {
    emulator = await spawnEmulator({ rate: 100, venues: ['upbit'] })
  })
  afterAll(async () => {
    await app?.end()
    await emulator?.close()
  })

  test('A-77 turns 503 with the sources named when all refuse, and 200 when one is back', async () => {
    app = start(['serve', '--live', '--exchanges', 'upbit', '--data', `${home}/live`], {
      environment: { TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`, TAPEDECK_METRICS: '127.0.0.1:0' },
    })
    const address = await addressOf(app)
    await until(
      () => metricsAt(address),
      (families) =>
        valueIn(families, 'tapedeck_venue_state', { state: 'live' }) === 1 &&
        sumOf(families, 'tapedeck_trades_total') > 0,
      30_000,
    )
    expect(await healthAt(address)).toEqual({ status: 200, body: { status: 'ok' } })

    await emulator.inject({ kind: 'refuse', venue: 'upbit', for: 600_000 })
    await emulator.inject({ kind: 'disconnect', venue: 'upbit' })
    const failing = await until(
      () => healthAt(address),
      ({ status }) => status === 503,
      60_000,
    )
    expect(failing.body).toEqual({
      status: 'failing',
      parts: [
        {
          part: 'sources',
          code: expect.stringMatching(/^[a-z-]+$/) as string,
          message: expect.stringMatching(/^The only source does not answer\. upbit: ./) as string,
        },
      ],
    })
    const families = await metricsAt(address)
    expect(valueIn(families, 'tapedeck_reconnects_total', { venue: 'upbit' })).toBeGreaterThan(0)
    expect(valueIn(families, 'tapedeck_gaps_total', { venue: 'upbit' })).toBeGreaterThan(0)
    await emulator.inject({ kind: 'reset' })

    await until(
      () => healthAt(address),
      ({ status }) => status === 200,
      90_000,
    )
  }, 240_000)
})

test('A-80 a secret is in nothing that the open door tells, not even where somebody wrote it into a name', async () => {
  const secret = 'correct-horse-battery'
  const app = start(['serve', '--demo', '--data', `${home}/secret`, '--metrics', '0'], {
    environment: {
      KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1',
      KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_SASL_USERNAME: 'desk',
      KAFKA_SASL_PASSWORD: secret,
      KAFKA_TOPICS: 'demo.tapedeck.trades.v1',
      KAFKA_GROUP_ID: `desk-${secret}`,
    },
  })
  try {
    const address = await addressOf(app)
    const text = await until(
      async () => (await fetch(`${address}/metrics`)).text(),
      (told) => told.includes('tapedeck_consumed_records_total'),
      30_000,
    )
    const group = readMetrics(text).get('tapedeck_consumed_records_total')?.samples[0]?.labels['group']
    expect(group).toBe('desk-•••')
    expect(text + (await (await fetch(`${address}/health`)).text())).not.toContain(secret)
  } finally {
    await app.end()
  }
}, 60_000)

test.each([
  ['nine', 'port (0 to 65535)'],
  ['127.0.0.1:99999', 'port (0 to 65535)'],
])('serve --metrics %s ends with 2, names the option and says the remedy', async (value, remedy) => {
  const { code, out, said } = await run(['serve', '--metrics', value, '--data', `${home}/unused`])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(said).toContain('--metrics')
  expect(said).toContain(remedy)
})
