/**
 * The desktop app from its first start to its end: the built files in real Electron where its binary is, and in the double
 * (tests/electron-double) where it is not. Which of the two is printed.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../tapedeck.ts'
import { callsOf, clickTray, expectMoving, exportTrades, picture } from './desktop-acts.ts'
import type { Desktop } from './desktop.ts'
import { DESKTOP_KIND, openDesktop } from './desktop.ts'

const SCREENS = {
  virtual: 'on a screen of Xvfb',
  own: 'on this screen',
  none: 'without a screen: Xvfb is not installed',
}

let desktop: Desktop
let page: Page
beforeAll(async () => {
  desktop = await openDesktop({ args: ['--demo', '--seed', '7'] })
  page = await desktop.page()
  console.log(
    desktop.kind === 'electron'
      ? 'The desktop app runs in real Electron.'
      : `Electron’s binary is not here: the desktop app runs in its double, in windows of a real Chromium (${SCREENS[desktop.screen ?? 'none']}).`,
  )
}, 60_000)
afterAll(() => desktop?.close())

const windows = () =>
  desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => [each.isVisible(), each.isFocused()] as const),
    undefined,
  )
/** The first market’s row, as the page shows it; moves only while the engine feeds it. */
const firstRow = () => page.getByRole('row', { name: /BTC/ }).first().innerText()

test('what ought to run in real Electron does', () => {
  if (process.env['TAPEDECK_EXPECT_ELECTRON'] !== undefined) expect(desktop.kind).toBe('electron')
  expect(desktop.kind).toBe(DESKTOP_KIND)
})

test('A-65 the first start welcomes once, over a demo that already moves', async () => {
  const welcome = page.getByRole('dialog', { name: /Welcome/ })
  await welcome.waitFor({ timeout: 20_000 })
  await picture(page, 'welcome-1')
  for (const step of [2, 3]) {
    await welcome.getByRole('button', { name: 'Next' }).click()
    await welcome.getByText(`${step} of 3`).waitFor()
    await picture(page, `welcome-${step}`)
  }
  await welcome.getByRole('button', { name: 'Skip' }).click()
  await welcome.waitFor({ state: 'hidden' })
  await expectMoving(page)
  await page.locator('canvas').first().waitFor()
  await picture(page, 'window')
})

test('A-65 a CSV is saved where the user says', async () => {
  const file = await exportTrades(desktop, page)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n')
  expect(lines[0]).toContain('price')
  expect(lines.length).toBeGreaterThan(1)
}, 60_000)

test('A-67 a pane pops out to a window of its own, once, and closes again', async () => {
  const button = page.getByRole('button', { name: 'Open in a window of its own' }).first()
  await button.click()
  const pane = await desktop.page(1)
  await pane.locator('canvas').first().waitFor({ timeout: 20_000 })
  await until(windows, (all) => all.length === 2)
  await picture(pane, 'pop-out')
  await button.click()
  await until(windows, (all) => all.length === 2 && all[1]?.[1] === true)
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.close(), undefined)
  await until(windows, (all) => all.length === 1)
})

test('every page of the window shows itself', async () => {
  for (const [name, ready] of [
    ['Settings', 'Closing the window'],
    ['About', 'TradingView'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).first().click()
    await page.getByText(ready).first().waitFor()
    await picture(page, name.toLowerCase())
  }
  await page.keyboard.press('Alt+1')
})

test('A-66 a second start only focuses the first, and hands its link over', async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), undefined)
  const home = join(desktop.folder, '..')
  const second = await openDesktop({ home, args: ['tapedeck://page/health'] })
  expect(await second.ended).toBe(0)
  await until(windows, (all) => all.length === 1 && all[0]?.[0] === true && all[0][1])
  await page
    .getByRole('main')
    .getByText(/Journal|Delay/)
    .first()
    .waitFor()
  await page.keyboard.press('Alt+1')
}, 60_000)

test('A-66 closing goes to the tray, feeds go on, and the tray opens it again', async () => {
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), undefined)
  expect(await until(windows, (all) => all[0]?.[0] === false)).toEqual([[false, false]])
  const hidden = await firstRow()
  await until(firstRow, (text) => text !== hidden)
  await clickTray(desktop, 'show')
  await until(windows, (all) => all[0]?.[0] === true)
  await expectMoving(page)
})

test('A-55 the machine sleeps and wakes: one notice, and prices move again', async () => {
  const notices = page.getByText('Awake again')
  await desktop.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'), undefined)
  await desktop.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume')
    powerMonitor.emit('resume')
  }, undefined)
  await notices.first().waitFor({ timeout: 15_000 })
  expect(await notices.count()).toBe(1)
  await picture(page, 'awake-again')
  await expectMoving(page)
}, 60_000)

test('the engine is killed: a notice says so, it comes back, and the page goes on by itself', async () => {
  const pid = Number(readFileSync(join(`${desktop.folder}-demo`, 'engine.pid'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  await page.getByText('The engine ended unexpectedly').first().waitFor({ timeout: 15_000 })
  await picture(page, 'engine-ended')
  await until(
    () => Number(readFileSync(join(`${desktop.folder}-demo`, 'engine.pid'), 'utf8')),
    (now) => now !== pid,
    20_000,
  )
  await expectMoving(page)
}, 60_000)

test('the market’s process ends, and another takes its place: prices move on, and a Ctrl-C meant for all ends neither it nor the engine', async () => {
  const pidOf = (name: string) =>
    desktop.evaluate(({ app }, wanted) => app.getAppMetrics().find((each) => each.name === wanted)?.pid, name)
  const first = await pidOf('Tapedeck demo market')
  process.kill(first!, 'SIGKILL')
  const second = await until(
    () => pidOf('Tapedeck demo market'),
    (pid) => pid !== undefined && pid !== first,
    20_000,
  )
  await expectMoving(page)
  expect(desktop.said()).toContain('The simulated market has ended unasked. It is started again.')
  const engine = await pidOf('Tapedeck engine')
  for (const pid of [second!, engine!]) process.kill(pid, 'SIGINT')
  await expectMoving(page)
  expect([await pidOf('Tapedeck demo market'), await pidOf('Tapedeck engine')]).toEqual([second, engine])
}, 90_000)

test('a page that crashes is loaded again', async () => {
  const rows = () =>
    desktop
      .evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            "[...document.querySelectorAll('[role=row]')].length",
          ) as Promise<number>,
        undefined,
      )
      .catch(() => 0)
  await desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    undefined,
  )
  await until(rows, (count) => count > 3, 30_000)
  expect(desktop.said()).toContain('It is loaded again.')
}, 60_000)

describe('A-72 quitting', () => {
  test('ends with 0, in order, well within its deadline, and leaves no process and no lock', async () => {
    const pid = Number(readFileSync(join(`${desktop.folder}-demo`, 'engine.pid'), 'utf8'))
    const asked = Date.now()
    await clickTray(desktop, 'quit').catch(() => undefined)
    expect(await desktop.ended).toBe(0)
    expect(Date.now() - asked).toBeLessThan(6_000)
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(() => readFileSync(join(`${desktop.folder}-demo`, 'engine.pid'))).toThrow('ENOENT')
    expect(desktop.said()).not.toMatch(/unhandled|took too long/i)
    // The market goes after the engine, and is not missed.
    expect(desktop.said().match(/has ended unasked/g)).toHaveLength(1)
  })
})

test('what the system was told: tray, menus and notices in the order in which they came', async () => {
  const again = await openDesktop({ args: ['--demo'], environment: { TAPEDECK_WELCOMED: '1' } })
  try {
    await expectMoving(await again.page())
    const trays = await callsOf(again, 'new Tray')
    const menus = await callsOf(again, 'Menu.setApplicationMenu')
    expect([trays.length, menus.length]).toEqual(again.kind === 'double' ? [1, 1] : [0, 0])
    const labels = await again.evaluate(
      ({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label),
      undefined,
    )
    expect(labels?.slice(-5)).toEqual(['File', 'Edit', 'View', 'Window', 'Help'])
  } finally {
    expect(await again.close(), again.said()).toBe(0)
  }
}, 60_000)
