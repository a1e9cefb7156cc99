import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { LABELS } from '../../src/main/metrics/metric.ts'
import { METRICS } from '../../src/main/metrics/monitoring.ts'
import { readCompose } from './compose-schema.ts'
import type { Panel } from './dashboard.ts'
import { readDashboard, readQuery } from './dashboard.ts'

const docker = (name: string) => new URL(`../../docker/${name}`, import.meta.url)
const yaml = (name: string) => parse(readFileSync(docker(name), 'utf8')) as unknown

const { services } = readCompose('compose.yml')
const { prometheus, grafana, tapedeck } = services as Readonly<Record<string, (typeof services)[string]>>
const { panels } = readDashboard()
const shown = panels.filter(({ type }) => type !== 'row')

describe('A-78 the monitoring profile', () => {
  test('A-78 starts the engine, Prometheus and Grafana; without it there are only the brokers and their topic', () => {
    const started = (profile?: string) =>
      Object.entries(services).flatMap(([name, { profiles = [] }]) =>
        profiles.length === 0 || (profile !== undefined && profiles.includes(profile)) ? [name] : [],
      )
    const brokers = ['kafka-1', 'kafka-2', 'kafka-3', 'topics']
    expect(started()).toEqual(brokers)
    expect(started('engine')).toEqual([...brokers, 'tapedeck'])
    expect(started('monitoring')).toEqual([...brokers, 'tapedeck', 'prometheus', 'grafana'])
  })

  test('A-78 Prometheus and Grafana are met on this machine alone, where people look for them', () => {
    expect([prometheus?.ports, grafana?.ports]).toEqual([['127.0.0.1:9090:9090'], ['127.0.0.1:3000:3000']])
  })

  test('A-78 Prometheus asks the engine under the name and at the port where it answers', () => {
    const port = /^0\.0\.0\.0:(\d+)$/.exec(String(tapedeck?.environment?.['TAPEDECK_METRICS']))?.[1]
    expect(yaml('prometheus.yml')).toMatchObject({
      scrape_configs: [{ job_name: 'tapedeck', static_configs: [{ targets: [`${tapedeck?.hostname}:${port}`] }] }],
    })
    const published = (tapedeck?.ports ?? []).map((each) => each.split(':').at(-1))
    expect(published).not.toContain(port)
  })

  test('A-78 what is mounted is there, and lies where the programs are told to look', () => {
    const mounts = [prometheus, grafana]
      .flatMap((service) => service?.volumes ?? [])
      .filter((each) => each.startsWith('./'))
      .map((each) => each.split(':') as [from: string, to: string, how: string])
    expect(mounts.filter(([from]) => !existsSync(docker(from)))).toEqual([])
    const within = mounts.map(([, to]) => to)
    expect(prometheus?.command).toContain(`--config.file=${within[0]}`)
    const [, , folder] = within
    expect(grafana?.environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']).toBe(`${folder}/tapedeck.json`)
    expect(yaml('grafana/provisioning/dashboards/tapedeck.yml')).toMatchObject({
      providers: [{ type: 'file', options: { path: folder } }],
    })
  })

  test('A-78 Grafana reads from that Prometheus, and lets people look and nothing else', () => {
    const [port] = (prometheus?.ports ?? []).map((each) => each.split(':').at(-1))
    expect(yaml('grafana/provisioning/datasources/prometheus.yml')).toMatchObject({
      datasources: [{ uid: 'prometheus', type: 'prometheus', url: `http://prometheus:${port}`, isDefault: true }],
    })
    expect(grafana?.environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    })
  })

  test('the queries are read here with the grammar of the Prometheus that will run them', () => {
    const { devDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    // Its packages count 0.315.0 for 3.15.0.
    const [, minor, patch] = devDependencies['@prometheus-io/lezer-promql']!.split('.').map(Number)
    expect(prometheus?.image).toBe(`prom/prometheus:v${Math.floor(minor! / 100)}.${minor! % 100}.${patch}`)
  })
})

describe('A-78 the dashboard', () => {
  test.each(shown)('A-78 “$title” has a unit, and asks for metrics and labels that there are', (panel) => {
    expect(panel.fieldConfig?.defaults.unit).toMatch(/^(none|short|s|bytes)$/)
    expect(panel.targets?.length).toBeGreaterThan(0)
    const known = new Map<string, string>(METRICS.map(({ name, type }) => [name, type]))
    for (const { expr, legendFormat, datasource } of panel.targets ?? []) {
      expect(datasource.uid).toBe('prometheus')
      const { metrics, labels } = readQuery(expr)
      const inLegend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!)
      expect(metrics.filter((name) => !known.has(name))).toEqual([])
      expect([...labels, ...inLegend].filter((label) => !LABELS.some((each) => each === label))).toEqual([])
      // What only grows is shown as a rate, and what does not is not.
      const isRate = /\b(rate|increase)\(/.test(expr)
      expect(metrics.map((name) => known.get(name) === 'counter')).toEqual(metrics.map(() => isRate))
      expect(metrics.length).toBeGreaterThan(0)
    }
  })

  test('A-78 shows what A-77 tells: trades, delay, reconnects, gaps, outbox, errors, acknowledgements, lag', () => {
    const asked = new Set(shown.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => readQuery(expr).metrics)))
    expect([...asked]).toEqual(
      expect.arrayContaining([
        'tapedeck_messages_total',
        'tapedeck_trades_total',
        'tapedeck_delay_seconds',
        'tapedeck_reconnects_total',
        'tapedeck_gaps_total',
        'tapedeck_outbox_records',
        'tapedeck_outbox_oldest_age_seconds',
        'tapedeck_acked_records_total',
        'tapedeck_produce_errors_total',
        'tapedeck_outbox_parked_records',
        'tapedeck_group_lag_records',
        'tapedeck_group_lag_seconds',
        'tapedeck_memory_resident_bytes',
        'tapedeck_disk_free_bytes',
      ]),
    )
  })

  test('no two panels have one id or title, or lie over each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
    const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel) =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
    const pairs = panels.flatMap((one, index) => panels.slice(index + 1).map((other) => [one, other] as const))
    expect(pairs.filter(([one, other]) => overlap(one, other)).map(([one, other]) => [one.title, other.title])).toEqual(
      [],
    )
    expect(panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24)).toEqual([])
  })

  test.each(['sum(', 'tapedeck_x{', 'rate(tapedeck_x_total[5m)', 'tapedeck_x tapedeck_y'])(
    '“%s” would be found out as no query',
    (text) => expect(() => readQuery(text)).toThrow('PromQL ends at'),
  )
})
