import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { toClient } from '../kafka/client.ts'
import type { Cluster } from '../kafka/cluster.ts'
import { useCluster } from '../kafka/cluster.ts'
import { until } from '../tapedeck.ts'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

const TOPIC = 'demo.tapedeck.trades.v1'
const GROUP = 'e2e-raw'

let cluster: Cluster
let emulator: Emulator
let app: Running
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  ;[cluster, emulator, browser] = await Promise.all([
    useCluster({ nodes: 1 }),
    spawnEmulator({ rate: 120, seed: 17 }),
    openBrowser(),
  ])
  app = await startApp(['--demo'], { TAPEDECK_DEMO_AT: `http://127.0.0.1:${emulator.port}` })
  open = await openPage(browser, app.url, { still: true })
  await open.page.getByRole('navigation').first().waitFor()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
  await cluster?.close()
})

/** A consumer of another maker's: ids of Upbit's BTC trades in the topic, in the order of the log. */
async function consumed(isEnough: (ids: readonly string[]) => boolean): Promise<readonly string[]> {
  const consumer = toClient(cluster.brokers).consumer({ groupId: GROUP })
  const ids: string[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [TOPIC], fromBeginning: true })
    await consumer.run({
      autoCommitInterval: 200,
      eachMessage: async ({ message }) => {
        if (String(message.key) !== 'upbit:BTC/KRW') return
        const { data } = JSON.parse(String(message.value)) as { data: { kind: string; id: string } }
        if (data.kind === 'trade') ids.push(data.id)
      },
    })
    await until(() => isEnough(ids), Boolean, 20_000)
  } finally {
    await consumer.disconnect()
  }
  return ids
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()
const toNumber = (text: string) => Number(text.replaceAll(/[^\d]/g, ''))

describe('Kafka, through the page', () => {
  const before: string[] = []

  it('A-44 connects: eight steps of the doctor, then the cluster is in use', async () => {
    const { page } = open
    await page.keyboard.press('Alt+3')
    await page.getByRole('button', { name: 'Connect to a cluster' }).click()
    await page.getByLabel('Name', { exact: true }).fill('One node')
    await page.getByLabel('Bootstrap servers').fill(cluster.brokers.join(','))
    // The other consumer has no more codecs than this one.
    await page.getByLabel('Compression').selectOption('gzip')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByRole('heading', { name: 'All 8 steps are done' }).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Use this cluster' }).click()
    await page.getByText('Records go out as they come').waitFor({ timeout: 15_000 })
    expect(await page.getByRole('grid', { name: 'Brokers' }).innerText()).toContain(cluster.brokers[0])
  })

  it('A-31 forwards what the exchange sent, as another consumer reads it', async () => {
    before.push(...(await consumed((ids) => ids.length >= 20)))
    const { trades } = await emulator.sent({ venue: 'upbit', market: 'KRW-BTC' })
    const sent = new Set(trades.map(({ id }) => id))
    expect(before.filter((id) => !sent.has(id))).toEqual([])
  })

  it('A-36 shows the lag of a group that nobody reads for, and how it grows', async () => {
    const { page } = open
    await tab(page, 'Groups')
    await page.getByRole('gridcell', { name: GROUP, exact: true }).click()
    const lag = page
      .getByRole('row', { name: new RegExp(GROUP) })
      .getByRole('gridcell')
      .nth(3)
    const first = toNumber(await lag.innerText())
    await until(
      async () => toNumber(await lag.innerText()),
      (records) => records > first,
    )
    expect(await page.getByRole('row', { name: new RegExp(TOPIC) }).count()).toBe(3)
  })

  it('A-38 finds records by key', async () => {
    const { page } = open
    await tab(page, 'Messages')
    await page.getByLabel('Topic', { exact: true }).fill(TOPIC)
    await page.getByLabel('Key', { exact: true }).fill('upbit:ETH/KRW')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const keys = page.getByRole('grid', { name: 'Messages' }).locator('[role=gridcell]:nth-child(5)')
    await keys.first().waitFor()
    expect([...new Set(await keys.allInnerTexts())]).toEqual(['upbit:ETH/KRW'])
    await keys.first().click()
    await page.getByRole('tab', { name: 'Indented' }).waitFor()
    await page.getByRole('button', { name: 'Close the record' }).click()
  })

  it('A-26 keeps records on disk while the broker is away, says so, and sends them all when it is back', async () => {
    const { page } = open
    await tab(page, 'Overview')
    const outbox = page.getByRole('region', { name: 'Outbox' })
    await cluster.kill(1)
    await outbox.getByText('Kafka is away for').waitFor({ timeout: 15_000 })
    const waiting = async () => toNumber((await outbox.locator('dd').first().innerText()) || '0')
    const first = await waiting()
    await until(waiting, (records) => records > first + 100)
    await cluster.start(1)
    await outbox.getByText('Records go out as they come').waitFor({ timeout: 30_000 })
    expect(await outbox.getByText('0 lost').count()).toBe(1)

    const { trades } = await emulator.sent({ venue: 'upbit', market: 'KRW-BTC' })
    const firstId = before[0]!
    const asked = trades.slice(trades.findIndex(({ id }) => id === firstId)).filter(({ sent }) => sent > 0)
    const last = asked.at(-1)!.id
    const ids = new Set([...before, ...(await consumed((some) => some.includes(last)))])
    expect(asked.filter(({ id }) => !ids.has(id))).toEqual([])
  }, 60_000)

  it('W4 cuts the connection as a drill, and shows that nothing is lost by it', async () => {
    const { page } = open
    const outbox = page.getByRole('region', { name: 'Outbox' })
    await outbox.getByRole('button', { name: 'Cut off for 60 s' }).click()
    await outbox.getByText('Kafka is away for').waitFor({ timeout: 15_000 })
    const waiting = async () => toNumber((await outbox.locator('dd').first().innerText()) || '0')
    const first = await waiting()
    await until(waiting, (records) => records > first + 100)
    await outbox.getByRole('button', { name: /^Cut off as a drill/ }).click()
    await outbox.getByText('Records go out as they come').waitFor({ timeout: 30_000 })
    expect(await outbox.getByText('0 lost').count()).toBe(1)
  }, 60_000)

  it('breaks no policy and logs no error', () => {
    expect(open.complaints).toEqual([])
  })
})

describe.each([
  { name: 'dark, English', theme: /^(Dark|어둡게)$/, language: 'English', first: 'Overview' },
  { name: 'light, Korean', theme: /^(Light|밝게)$/, language: '한국어', first: '개요' },
])('Kafka’s pages, $name', ({ theme, language, first }) => {
  it('A-70 have nothing that axe objects to', async () => {
    const { page } = open
    await page.getByRole('button', { name: /^(Settings|설정)$/ }).click()
    await page.getByRole('radio', { name: theme }).click()
    await page.getByRole('radio', { name: language }).first().click()
    await page.keyboard.press('Alt+3')
    const tabs = page.getByRole('tablist', { name: 'Kafka' }).getByRole('tab')
    // The setting goes round by the engine.
    await tabs.filter({ hasText: first }).waitFor()
    for (const each of await tabs.all()) {
      await each.click()
      await page.getByRole('tabpanel').first().waitFor()
      expect([await each.innerText(), await violations(page)]).toEqual([await each.innerText(), []])
    }
    await page.getByRole('button', { name: /^(Connection|연결 설정)$/ }).click()
    await page.getByRole('heading', { name: /^(Connect to cluster|클러스터 연결)$/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /^(Back to Kafka|Kafka로 돌아가기)$/ }).click()
  })
})
