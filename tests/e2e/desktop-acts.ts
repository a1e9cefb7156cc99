/** What a user does at the desktop app, in steps that several specs take. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { until } from '../tapedeck.ts'
import type { Desktop } from './desktop.ts'

/** Where pictures of the desktop app go: only where TAPEDECK_SHOTS names a folder. */
const SHOTS = process.env['TAPEDECK_SHOTS']

export async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** Waits until the first market's row shows prices, and then others. */
export async function expectMoving(page: Page): Promise<void> {
  const row = page.getByRole('row', { name: /BTC/ }).first()
  await row.waitFor({ timeout: 30_000 })
  const first = await row.innerText()
  await until(
    () => row.innerText(),
    (text) => text !== first && /\d/.test(text),
    20_000,
  )
}

/** Exports trades by the export window; returns where the file was saved. */
export async function exportTrades(desktop: Desktop, page: Page): Promise<string> {
  const folder = join(desktop.folder, 'saved')
  mkdirSync(folder, { recursive: true })
  await desktop.evaluate(({ session }, where) => {
    const saved = globalThis as unknown as { exported?: string }
    delete saved.exported
    // The file, and what is said about it, in a file beside it.
    session.defaultSession.on('will-download', (_event, item) => {
      item.setSavePath(`${where}/${item.getFilename()}`)
      item.once('done', (_done, state) => {
        if (item.getFilename().endsWith('.csv')) saved.exported = `${state} ${item.getSavePath()}`
      })
    })
  }, folder)
  const dialog = page.getByRole('dialog')
  // The range ends when the window opens: it may have come before the first trade was stored.
  await until(
    async () => {
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
      await page.keyboard.press('Control+e')
      await dialog.getByRole('radio', { name: 'Trades' }).click()
      // Until the preview of trades is there, that of what was chosen before stands, as busy.
      return dialog
        .locator('[aria-busy=false]')
        .filter({ hasText: /rows ·/ })
        .innerText()
    },
    (told) => /[1-9][\d,]* rows/.test(told),
    30_000,
  )
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  // It is downloaded as soon as it is complete: once more by its button would be a second file in the first one's place.
  const [state, path] = await until(
    async () =>
      (await desktop.evaluate(() => (globalThis as unknown as { exported?: string }).exported ?? '', undefined)).split(
        ' ',
      ),
    ([first]) => first !== '',
    20_000,
  )
  expect(state).toBe('completed')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  return path ?? ''
}

/** What the main process asked of Electron, by name: the double's record. Empty in Electron, which keeps none. */
export async function callsOf(desktop: Desktop, api: string): Promise<readonly (readonly unknown[])[]> {
  if (desktop.kind === 'electron') return []
  const calls = await desktop.evaluate(({ double }) => double.calls, undefined)
  return calls.filter((call) => call.api === api).map(({ args }) => args)
}

/** Clicks an entry of the tray's menu. Electron gives no way to its own: there the tray's click stands for 'show'. */
export async function clickTray(desktop: Desktop, id: 'show' | 'quit'): Promise<void> {
  if (desktop.kind === 'electron') {
    await desktop.evaluate(({ app }, what) => void (what === 'quit' ? app.quit() : app.emit('activate')), id)
    return
  }
  await desktop.evaluate(({ double }, what) => double.trays[0]?.menu?.getMenuItemById(what)?.click(), id)
}
