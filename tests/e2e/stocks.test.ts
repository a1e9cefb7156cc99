import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

const KEY = 'PSkey-canary-7f3a'
const SECONDS = 30_000
/** Several waits of that length. */
const TEST = { timeout: 120_000 }

let emulator: Emulator
let app: Running
let browser: Browser

/** Live, so that keys are wanted as they are in earnest; the venues are the emulator's. */
beforeAll(async () => {
  emulator = await spawnEmulator({ seed: 7, rate: 100, venues: ['upbit', 'binance', 'kis', 'yahoo'] })
  app = await startApp(['--live', '--exchanges', 'upbit,binance,kis,yahoo'], {
    TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`,
  })
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

async function openMarket(page: Page, text: string, entry: RegExp): Promise<void> {
  // Keys work once the page stands.
  await page.getByRole('treegrid').waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await palette.getByRole('combobox').fill(text)
  await palette.getByRole('option', { name: entry }).first().click()
}
const openSettings = (page: Page) =>
  page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click()
const chart = (page: Page) => page.getByRole('region', { name: 'Chart', exact: true })
const row = (page: Page, name: RegExp) => page.getByRole('treegrid').getByRole('row', { name })

test(
  'A-06 S4-74 a stock of Yahoo’s is shown without any key, and says how late and how old its price is',
  TEST,
  async () => {
    const { page, complaints } = await openPage(browser, app.url, { still: true })
    await openMarket(page, '삼성전자', /005930\.KS/)
    await chart(page)
      .getByText(/20 ?m(in)? late · /)
      .waitFor({ timeout: SECONDS })
    await page.getByText('No order book here').waitFor()
    await page.getByText('This source tells prices and never single trades.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

test(
  'A-06 stock rows of the watch list say real time, delayed or polled, with the age of the last value',
  TEST,
  async () => {
    const { page } = await openPage(browser, app.url, { still: true })
    await row(page, /NVIDIA/)
      .getByText(/^real time · /)
      .waitFor({ timeout: SECONDS })
    await emulator.inject({ kind: 'refuse', venue: 'yahoo', channel: 'ws', for: 60_000 })
    await emulator.inject({ kind: 'disconnect', venue: 'yahoo' })
    await row(page, /NVIDIA/)
      .getByText(/^polled/)
      .waitFor({ timeout: SECONDS })
    await emulator.inject({ kind: 'reset' })
    await page.context().close()
  },
)

test(
  'A-06 a share out of its session says on which day and at what time it is dealt next, and the whole time beside it',
  TEST,
  async () => {
    const { page } = await openPage(browser, app.url, { still: true })
    const day = 86_400_000
    const saturday = Array.from({ length: 7 }, (_, ahead) => new Date(Date.now() + (ahead + 1) * day)).find(
      (date) => date.getUTCDay() === 6,
    )!
    // Noon in Korea. What the emulator says of its session, which never ends, is old then: the calendar counts.
    await page.clock.setFixedTime(`${saturday.toISOString().slice(0, 10)}T03:00:00Z`)
    await openMarket(page, '삼성전자', /005930\.KS/)
    const opens = chart(page).getByText(/^closed, opens (Mon|Tue|Wed|Thu|Fri|\d\d-\d\d) 08:30 KST$/)
    await opens.waitFor({ timeout: SECONDS })
    expect(await opens.getAttribute('title')).toMatch(/^closed, opens \d{4}-\d\d-\d\d 08:30:00 KST$/)
    await page.context().close()
  },
)

test(
  'A-22 the premium of a market in won stands in the list and over the chart, with the rate and its age',
  TEST,
  async () => {
    const { page } = await openPage(browser, app.url, { still: true })
    await openMarket(page, 'KRW-BTC', /Upbit/)
    const figure = chart(page)
      .locator('div')
      .filter({ hasText: /^Premium FX \/ USDT/ })
      .first()
    await expect.poll(() => figure.innerText(), { timeout: SECONDS }).toMatch(/[+−]\d+\.\d\d%/)
    expect(await figure.getAttribute('title')).toMatch(/^Against Binance BTC\/USDT\. At 1,\d{3}\.\d+ won per dollar/)
    await expect.poll(() => page.getByRole('contentinfo').innerText()).toMatch(/USD\/KRW\s*1,\d{3}/)
    await page.context().close()
  },
)

test(
  'A-05 S4-73 without a key KIS asks nothing and says so where its market is shown; with one, entered in the app, its trades come',
  TEST,
  async () => {
    const { page, complaints } = await openPage(browser, app.url, { still: true })
    await openMarket(page, '삼성전자', /005930 *Korea/)
    await chart(page).getByText('Korea Investment · needs a key').waitFor({ timeout: SECONDS })
    expect((await emulator.stats()).venues.kis?.calls).toBe(0)
    await page.getByRole('button', { name: 'Enter the key' }).click()

    const section = page.getByRole('region', { name: 'Keys of Korea Investment & Securities' })
    for (const name of ['App key', 'App secret']) {
      const field = section.getByLabel(name, { exact: true })
      await field.fill(KEY)
      await field.press('Enter')
      await expect.poll(() => field.inputValue()).toBe('')
    }
    await section.getByText(/^2 of 41 registrations|^[1-9]\d* of 41 registrations/).waitFor({ timeout: SECONDS })
    await expect.poll(() => section.getByRole('status').innerText(), { timeout: SECONDS }).toMatch(/^live/)
    expect(await page.content()).not.toContain(KEY)
    expect(await violations(page)).toEqual([])

    await page.getByRole('navigation').first().getByRole('button', { name: 'Trade' }).click()
    await chart(page)
      .getByText(/Korea Investment · real time/)
      .waitFor({ timeout: SECONDS })
    const tape = page.getByRole('grid', { name: 'Trades' })
    await expect.poll(() => tape.getByRole('row').count(), { timeout: SECONDS }).toBeGreaterThan(2)
    const ladder = page.getByRole('region', { name: 'Order book' })
    // Between 200,000 and 500,000 won a share moves by 500.
    await expect.poll(() => ladder.getByRole('status').first().innerText(), { timeout: SECONDS }).toBe('500')
    expect(complaints).toEqual([])
    expect(app.said()).not.toContain(KEY)
    await page.context().close()
  },
)

test('S4x-08 paper has keys of its own, and is switched to in the app', TEST, async () => {
  const { page } = await openPage(browser, app.url, { still: true })
  await openSettings(page)
  const section = page.getByRole('region', { name: 'Keys of Korea Investment & Securities' })
  await section.getByRole('radio', { name: 'Paper' }).click()
  await expect.poll(() => section.getByText('Not entered.').count(), { timeout: SECONDS }).toBe(2)
  await expect.poll(() => section.getByRole('status').innerText(), { timeout: SECONDS }).toMatch(/^needs a key/)
  await section.getByRole('radio', { name: 'Live' }).click()
  await expect.poll(() => section.getByRole('status').innerText(), { timeout: SECONDS }).toMatch(/^live/)
  await page.context().close()
})
