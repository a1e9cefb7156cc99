import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

const TEST = { timeout: 120_000 }
const told = { timeout: 20_000 }

let emulator: Emulator
let app: Running
let browser: Browser

beforeAll(async () => {
  emulator = await spawnEmulator({ seed: 7, rate: 50, venues: ['upbit', 'binance'] })
  app = await startApp(['--demo', '--exchanges', 'upbit,binance'], {
    TAPEDECK_DEMO_AT: `http://127.0.0.1:${emulator.port}`,
  })
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

const grid = (page: Page) => page.getByRole('treegrid')
const rows = (page: Page) => grid(page).getByRole('row')
/** What each row is called, from the top: 'BTCUpbit' in a flat list, 'UpbitKRW' for a head. */
const order = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((row) => row.querySelector('[role="gridcell"]')?.textContent ?? ''))
const group = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Grouping' }).getByRole('radio', { name }).click()

async function openList(grouping: 'By venue' | 'Flat', size: { readonly height?: number } = {}) {
  const { page, complaints } = await openPage(browser, app.url, { still: true, ...size })
  await grid(page).waitFor()
  await group(page, grouping)
  // The list is whole once every venue has told its markets.
  await expect
    .poll(
      () =>
        rows(page)
          .filter({ hasText: /BTC|ETH|XRP|SOL/ })
          .count(),
      told,
    )
    .toBe(8)
  return { page, complaints }
}

/** Presses in a row and moves the pointer to just below the top of another; it stays down. */
async function drag(page: Page, from: Locator, to: Locator) {
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!]
  await page.mouse.move(start.x + 40, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + 60, end.y + 2, { steps: 5 })
}

const withMoved = (names: readonly string[], from: number, to: number) =>
  names.toSpliced(from, 1).toSpliced(to, 0, names[from]!)

test(
  'a market is moved by keys, which is said; its order holds after a reload and wherever the list is used',
  TEST,
  async () => {
    const { page, complaints } = await openList('Flat')
    const before = await order(page)
    await rows(page).nth(0).click()
    await grid(page).press('Alt+ArrowDown')
    await expect.poll(() => order(page), told).toEqual(withMoved(before, 0, 1))
    await page.getByText(/^BTC, Upbit: now 2 of 8$/).waitFor({ state: 'attached' })
    await grid(page).press('Alt+ArrowDown')
    const after = withMoved(before, 0, 2)
    await expect.poll(() => order(page), told).toEqual(after)
    expect(await violations(page)).toEqual([])

    await page.reload()
    await expect.poll(() => order(page), told).toEqual(after)
    await page.keyboard.press('Control+k')
    const listed = page.getByRole('dialog').getByRole('option')
    await expect.poll(() => listed.first().innerText(), told).toMatch(/ETH/)
    expect(await listed.nth(2).innerText()).toMatch(/BTC/)
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

test('a market is dragged: a line shows where to, it opens nothing, and Escape gives it up', TEST, async () => {
  const { page, complaints } = await openList('Flat')
  const before = await order(page)
  const selected = () => grid(page).getByRole('row', { selected: true }).getByRole('gridcell').first().innerText()
  await rows(page).nth(0).click()
  const open = await selected()
  const line = grid(page).locator('[data-drop]')

  await drag(page, rows(page).nth(3), rows(page).nth(1))
  await line.waitFor()
  await page.keyboard.press('Escape')
  await line.waitFor({ state: 'detached' })
  await page.mouse.up()
  expect([await order(page), await selected()]).toEqual([before, open])

  await drag(page, rows(page).nth(3), rows(page).nth(1))
  await page.mouse.up()
  await expect.poll(() => order(page), told).toEqual(withMoved(before, 3, 1))
  await line.waitFor({ state: 'detached' })
  expect([await selected(), complaints]).toEqual([open, []])
  await page.context().close()
})

test('grouped by venue a market stays in its group, by drag and by keys', TEST, async () => {
  const { page } = await openList('By venue')
  const before = await order(page)
  const heads = before.flatMap((name, index) => (/^(Upbit|Binance)/.test(name) ? [index] : []))
  expect(heads).toEqual([0, 5])
  await drag(page, rows(page).nth(1), rows(page).nth(8))
  await page.mouse.up()
  await expect.poll(() => order(page), told).toEqual(withMoved(before, 1, 4))
  await grid(page).press('Alt+ArrowDown')
  await page.getByText(/: stays 4 of 4$/).waitFor({ state: 'attached' })
  expect(await order(page)).toEqual(withMoved(before, 1, 4))
  await page.context().close()
})

test('a list that is longer than its panel scrolls while a market is held at its edge', TEST, async () => {
  const { page } = await openList('Flat', { height: 300 })
  const before = await order(page)
  const scrolled = () => grid(page).evaluate((list) => list.scrollTop)
  await grid(page).press('End')
  await expect.poll(scrolled, told).toBeGreaterThan(0)
  const top = (await grid(page).boundingBox())!
  const last = (await rows(page).last().boundingBox())!
  await page.mouse.move(last.x + 40, last.y + 8)
  await page.mouse.down()
  await page.mouse.move(top.x + 60, top.y + 1, { steps: 3 })
  await expect.poll(scrolled, told).toBe(0)
  await page.mouse.up()
  await expect.poll(() => order(page), told).toEqual(withMoved(before, 7, 0))
  await page.context().close()
})
