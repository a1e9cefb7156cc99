import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

let emulator: Emulator
let app: Running
let browser: Browser

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 120, seed: 11 })
  app = await startApp(['--demo'], { TAPEDECK_DEMO_AT: `http://127.0.0.1:${emulator.port}` })
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

/** The trade page with a market open whose book has come. */
async function openBook(query = 'upbit btc', prepare?: (page: Page) => Promise<void>) {
  const { page, complaints } = await openPage(browser, 'about:blank', { still: true })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await prepare?.(page)
  await page.goto(app.url)
  await page.getByRole('navigation').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').first().fill(query)
  await page.getByRole('option', { name: /BTC/ }).first().waitFor()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Order book' })
  await pricesIn(panel).nth(23).waitFor()
  return { page, panel, complaints }
}

const pricesIn = (panel: Locator) => panel.locator('[data-price]')
const boxesOf = async (panel: Locator) => {
  const { x, y, width, height } = (await panel.boundingBox())!
  return [x, y, width, height]
}

describe('the order book', () => {
  it('shows twelve prices a side, the spread in price and percent, and the middle', async () => {
    const { page, panel } = await openBook()
    const prices = (await pricesIn(panel).all()).map((price) => price.getAttribute('data-price'))
    const values = (await Promise.all(prices)).map(Number)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
    expect(await panel.innerText()).toMatch(/spread [\d,.]+ · [\d.]+%\s*mid [\d,.]+/)
    await page.context().close()
  })

  it('puts prices together in coarser steps and back, and nothing moves by that', async () => {
    const { page, panel } = await openBook()
    const before = await boxesOf(panel)
    await panel.getByRole('button', { name: 'Coarser price step' }).click()
    await panel.getByRole('button', { name: 'Coarser price step' }).click()
    expect(await panel.getByRole('status').innerText()).toBe('5,000')
    await expect
      .poll(async () => {
        const prices = await pricesIn(panel).evaluateAll((all) => all.map((each) => each.getAttribute('data-price')))
        return prices.length > 2 && prices.every((price) => Number(price) % 5_000 === 0)
      })
      .toBe(true)
    expect(await boxesOf(panel)).toEqual(before)
    await panel.getByRole('button', { name: 'Finer price step' }).click()
    expect(await panel.getByRole('status').innerText()).toBe('2,000')
    await page.context().close()
  })

  it('copies a price by click, and by keys alone', async () => {
    const { page, panel } = await openBook()
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    await pricesIn(panel).nth(2).click()
    await page.getByText(/^\d+ copied$/).waitFor()
    expect(await copied()).toMatch(/^\d+$/)
    await page.evaluate(() => navigator.clipboard.writeText(''))
    // One stop for all prices: the best bid, unless another was used last.
    await panel.locator('[data-price][tabindex="0"]').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect.poll(copied).toMatch(/^\d+$/)
    expect(await panel.locator('[data-price][tabindex="0"]').count()).toBe(1)
    await page.context().close()
  })

  it('A-70 shows the depth as curves of the same height, readable by keys, that axe does not object to', async () => {
    const { page, panel, complaints } = await openBook()
    const before = await boxesOf(panel)
    await panel.getByRole('tab', { name: 'Depth' }).click()
    const chart = panel.getByRole('slider')
    await chart.waitFor()
    expect(await boxesOf(panel)).toEqual(before)
    const isDrawn = () =>
      chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        return data.some((value) => value > 0)
      })
    await expect.poll(isDrawn).toBe(true)
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/within ±/)
    await chart.focus()
    await page.keyboard.press('End')
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/· \+[\d.]+%, [\d.,]+ BTC/)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('A-15 never draws a crossed book without a flag', async () => {
    // The engine's books on their way to the page, with a bid far above everything.
    const cross = (message: string | Buffer) =>
      String(message)
        .replace(/"bids":\[\["\d+"/, '"bids":[["999999999999"')
        .replace('"crossed":false', '"crossed":true')
    const { page, panel } = await openBook('upbit btc', (page) =>
      page.routeWebSocket(/.*/, (socket) => {
        const engine = socket.connectToServer()
        engine.onMessage((message) => socket.send(cross(message)))
      }),
    )
    expect(await panel.getByText('crossed').isVisible()).toBe(true)
    expect(await panel.innerText()).toMatch(/−[\d,]+ · −[\d.]+%/)
    await page.context().close()
  })

  it('A-14 says of a book that lost an update that it is resynchronised, and shows no spread until it is whole', async () => {
    const { page, panel } = await openBook('kraken btc')
    // The answer to the new subscription takes its time, so that the state between can be seen.
    await emulator.inject({ kind: 'slow', venue: 'kraken', delay: 2_000, for: 60_000 })
    await emulator.inject({ kind: 'gap', venue: 'kraken', market: 'BTC/USD', channel: 'book', count: 1 })
    await panel.getByText(/resynchronising, [\d.]+ s/).waitFor({ timeout: 15_000 })
    expect(await panel.innerText()).not.toContain('spread')
    expect(await pricesIn(panel).count()).toBeGreaterThan(10)
    await panel.getByText(/spread/).waitFor({ timeout: 15_000 })
    await emulator.inject({ kind: 'reset' })
    await page.context().close()
  })
})
