import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'

let emulator: Emulator
let app: Running
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 600, seed: 11 })
  app = await startApp(['--demo'], { TAPEDECK_DEMO_AT: `http://127.0.0.1:${emulator.port}` })
  browser = await openBrowser()
  open = await openPage(browser, app.url)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

/** Waits until a value of the page is what is asked for; the last value is in the failure. */
async function until<T>(read: () => Promise<T>, isRight: (value: T) => boolean, within = 15_000): Promise<T> {
  const deadline = Date.now() + within
  for (;;) {
    const value = await read()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after ${within} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the main job, in a browser', () => {
  it('A-65 shows a filled chart and moving prices within 10 s of opening', async () => {
    const { page } = open
    await page.getByRole('navigation').first().waitFor({ timeout: 10_000 })
    await page.locator('canvas').first().waitFor({ timeout: 10_000 })
    const row = page.getByRole('row', { name: /BTC/ }).first()
    await row.waitFor({ timeout: 10_000 })
    const first = await row.innerText()
    await until(
      () => row.innerText(),
      (text) => text !== first && /\d/.test(text),
      10_000,
    )
  })

  it('A-04 finds a market by its Korean name, its first consonants, its symbol and the venue’s own code', async () => {
    const { page } = open
    for (const query of ['비트코인', 'ㅂㅌㅋㅇ', 'btc', 'KRW-BTC']) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').first().fill(query)
      const option = page.getByRole('option', { name: /BTC/ }).first()
      await option.waitFor({ timeout: 5_000 })
      expect(await option.innerText()).toMatch(/BTC/)
      await page.keyboard.press('Escape')
    }
  })

  it('opens what was found, switches the interval, and keeps drawing', async () => {
    const { page } = open
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').first().fill('업비트 이더리움')
    await page.getByRole('option', { name: /ETH/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ETH/KRW' }).waitFor({ timeout: 5_000 })
    await page.getByRole('radio', { name: '1s', exact: true }).click()
    await page.getByRole('application', { name: 'Chart of ETH on Upbit, 1s bars' }).waitFor({ timeout: 5_000 })
    const region = page.getByRole('region', { name: 'Chart' })
    const first = await region.innerText()
    await until(
      () => region.innerText(),
      (text) => text !== first,
    )
  })

  it('A-45 exports exactly the trades that the exchange sent', async () => {
    const { page } = open
    await page
      .getByRole('row', { name: /BTCKRW/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'BTC/KRW' }).waitFor()
    // The range ends at the whole second in which the window opens: what was traded before that must be in the file.
    const before = Math.floor(Date.now() / 1000) * 1000
    await page.keyboard.press('Control+e')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Trades' }).click()
    await dialog.getByText(/rows ·/).waitFor()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    const download = page.waitForEvent('download', { timeout: 20_000 })
    const button = dialog.getByRole('button', { name: /^(Save|Download)/ }).first()
    await button.waitFor({ timeout: 15_000 })
    await button.click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^DEMO-.*\.csv$/)
    const text = readFileSync(await file.path(), 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    const [header = '', ...lines] = text.slice(1).trimEnd().split(/\r?\n/)
    const columns = header.split(',')
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i] ?? '', cell])))
    const written = new Map(rows.map((row) => [row['id'] ?? '', row]))
    expect(written.size).toBe(rows.length)
    const firstAt = Number(rows[0]?.['epoch_ms'])
    const { trades, dropped } = await emulator.sent({ venue: 'upbit', market: 'KRW-BTC', from: firstAt, to: before })
    expect(dropped).toBe(0)
    const sent = trades.filter((trade) => trade.sent > 0)
    expect(sent.length).toBeGreaterThan(20)
    for (const { id, price, size, side, at } of sent)
      expect(written.get(id)).toMatchObject({ id, price, size, side, epoch_ms: String(at) })
    await page.keyboard.press('Escape')
  })

  it('wears the DEMO label in sight', async () => {
    const banner = open.page.getByText('DEMO').first()
    expect(await banner.isVisible()).toBe(true)
  })

  it('never breaks its content policy and logs no error', () => {
    expect(open.complaints).toEqual([])
  })
})
