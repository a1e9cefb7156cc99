import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

let emulator: Emulator
let app: Running
let browser: Browser
let page: Page
let complaints: readonly string[]

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 300 })
  await emulator.inject({ kind: 'refuse', venue: 'news', channel: 'api.coinness.com', status: 404, for: 600_000 })
  app = await startApp(['--live'], { TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}` })
  browser = await openBrowser()
  ;({ page, complaints } = await openPage(browser, app.url, { still: true }))
  await page.getByRole('button', { name: 'Health' }).click()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

const row = (name: string) => page.getByRole('grid', { name: 'Sources' }).getByRole('row').filter({ hasText: name })
const told = { timeout: 30_000 }

it('W7 every source has a row with its state, rate, delay, clock and limits', async () => {
  for (const name of [
    'Upbit',
    'Bithumb',
    'Coinone',
    'Korbit',
    'OKX',
    'Bybit',
    'Gate.io',
    'Binance',
    'Kraken',
    'Coinbase',
  ]) {
    await expect.poll(() => row(name).innerText(), told).toMatch(/live/)
    await expect.poll(() => row(name).innerText(), told).toMatch(/ms[\s\S]*ms/)
    expect(await row(name).getByRole('meter').count()).toBe(1)
  }
  await row('Upbit').click()
  await page.getByRole('tab', { name: 'Limits' }).click()
  const limits = page.getByRole('group', { name: 'Limits' })
  await expect.poll(() => limits.innerText(), told).toMatch(/what has no room waits[\s\S]*Requests[\s\S]*of 10 in 1 s/)
}, 120_000)

it('W7 what a source asks for is shown: the wait after 429, and when it is tried again', async () => {
  await emulator.inject({ kind: 'refuse', venue: 'bybit', channel: 'rest', status: 418, for: 600_000 })
  await row('Bybit').click()
  await page.getByRole('tab', { name: 'Limits' }).click()
  const limits = page.getByRole('group', { name: 'Limits' })
  await expect.poll(() => limits.innerText(), told).toContain('asked to wait')
  await emulator.inject({ kind: 'refuse', venue: 'okx', channel: 'ws', for: 600_000 })
  await emulator.inject({ kind: 'disconnect', venue: 'okx' })
  await expect.poll(() => row('OKX').innerText(), told).toMatch(/try \d+, next in/)
}, 120_000)

it('A-07 every feed of news has a row too: its newest item, what came, and of one that is down why, the cure and the next try', async () => {
  const feed = (name: string) =>
    page.getByRole('table', { name: 'News and sentiment' }).getByRole('row').filter({ hasText: name })
  await expect.poll(() => feed('Upbit trends').innerText(), told).toMatch(/live\s+\S+\s+\S+\s+\S+\s+8\s+0\s+0\s+\d+/)
  await expect
    .poll(() => feed('CoinNess').innerText(), told)
    .toMatch(/down\s*try \d+[\s\S]*\d+(s|m)\s+The feed is not there[\s\S]*It is asked again/)
  expect(await feed('Perplexity').innerText()).toMatch(/no key[\s\S]*Needs your own key/)
  expect(await feed('SaveTicker').innerText()).toMatch(/off/)
  await page
    .getByRole('heading', { name: 'Health' })
    .locator('..')
    .getByText(/of \d+ sources need/)
    .waitFor()
  await feed('CoinNess').getByRole('button', { name: 'Ask CoinNess now' }).click()
  await page.getByText(/This feed may be asked again in \d+ s\./).waitFor()
  expect(await violations(page)).toEqual([])
}, 120_000)

it('A-13 malformed frames are counted in the row, and each of the last ones can be opened', async () => {
  await emulator.inject({ kind: 'malformed', venue: 'binance', shape: 'not-json', count: 30 })
  await row('Binance').click()
  await page.getByRole('tab', { name: /Malformed frames/ }).click()
  await expect.poll(() => page.getByRole('tab', { name: /Malformed frames/ }).innerText(), told).toContain('30')
  const samples = page.getByRole('tabpanel').locator('details')
  await expect.poll(() => samples.count(), told).toBe(20)
  await samples.first().locator('summary').click()
  await expect.poll(() => samples.first().locator('pre').isVisible(), told).toBe(true)
  expect((await samples.first().locator('pre').innerText()).length).toBeGreaterThan(0)
}, 120_000)

it('A-12 a clock that is off is told once, in plain words, and how far it is off', async () => {
  await emulator.inject({ kind: 'skew', offset: 45_000 })
  const banner = page.getByText('This machine’s clock is wrong by more than 30 seconds.')
  await banner.first().waitFor({ timeout: 120_000 })
  expect([await banner.count(), await page.getByText(/Gate\.io refuses/).count()]).toEqual([1, 1])
  await expect
    .poll(() => page.getByText('This machine’s clock', { exact: true }).locator('..').innerText(), told)
    .toMatch(/−4[45] s|−4[45],\d{3} ms/)
  expect(complaints).toEqual([])
}, 150_000)
