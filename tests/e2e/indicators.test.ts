import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { MINUTE } from '../../src/shared/market.ts'
import { until } from '../tapedeck.ts'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

let emulator: Emulator
let app: Running
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 120, seed: 21 })
  app = await startApp(['--demo'], { TAPEDECK_DEMO_AT: `http://127.0.0.1:${emulator.port}` })
  browser = await openBrowser()
  open = await openPage(browser, app.url, { still: true })
  await open.page
    .getByRole('row', { name: /BTCKRW/ })
    .first()
    .click()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

const HOURS_BEFORE_UTC = 9
/** As the legend says when a bar opens. */
const kst = (at: number) => new Date(at + HOURS_BEFORE_UTC * 60 * MINUTE).toISOString().slice(5, 16).replace('T', ' ')

test('A-21 indicators are chosen by keyboard, and say at the crosshair what the stored bars give', async () => {
  const { page, complaints } = open
  await page.keyboard.press('Alt+I')
  const dialog = page.getByRole('dialog', { name: 'Indicators' })
  await dialog.getByRole('button', { name: /^Simple moving average/ }).press('Enter')
  await dialog.getByRole('button', { name: /^Relative strength/ }).press('Enter')
  await until(
    () =>
      dialog
        .getByRole('listitem')
        .filter({ has: page.getByRole('textbox') })
        .count(),
    (count) => count === 2,
  )
  const length = dialog.getByLabel('length').first()
  await length.fill('501')
  await dialog.getByText('1 to 500').waitFor()
  await length.fill('10')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')

  const chart = page.getByRole('application')
  await page.getByRole('button', { name: 'SMA 10' }).waitFor()
  await page.getByRole('button', { name: 'RSI 14' }).waitFor()
  await chart.focus()
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft')
  const [time, sma] = await page.evaluate(() => {
    const text = document.body.innerText
    return [/\d\d-\d\d \d\d:\d\d(?= O)/.exec(text)?.[0], /SMA 10\s*([\d,]+)/.exec(text)?.[1]]
  })
  const engine = await connectEngine({ pid: 0, ...portAndToken(app.url) })
  const { bars } = await engine.call('history.bars', { instrument: 'upbit:BTC/KRW', interval: MINUTE, count: 300 })
  engine.close()
  const closes = bars.openAt.flatMap((at, index) =>
    bars.close[index] ? [{ at, close: Number(bars.close[index]) }] : [],
  )
  const here = closes.findIndex(({ at }) => kst(at) === time)
  expect(here).toBeGreaterThan(9)
  const mean = closes.slice(here - 9, here + 1).reduce((sum, { close }) => sum + close, 0) / 10
  expect(sma).toBe(Math.round(mean).toLocaleString('en-US'))
  expect(complaints).toEqual([])
})

test('the choice is kept, holds on every market, and is taken back', async () => {
  const { page } = open
  await page.reload()
  await page.getByRole('button', { name: 'RSI 14' }).waitFor()
  await page
    .getByRole('row', { name: /ETHKRW/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'SMA 10' }).click()
  const dialog = page.getByRole('dialog', { name: 'Indicators' })
  await dialog.getByRole('button', { name: 'Take Relative strength off' }).click()
  await dialog.getByRole('button', { name: 'Take Simple moving average off' }).click()
  await dialog.getByText('None yet.').waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await until(
    () => page.getByRole('button', { name: /^(SMA|RSI) \d/ }).count(),
    (count) => count === 0,
  )
})

function portAndToken(url: string) {
  const { port, hash } = new URL(url)
  return { port: Number(port), token: hash.slice('#token='.length) }
}
