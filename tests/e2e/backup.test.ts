import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BackupRow } from '../../src/shared/backup-contract.ts'
import { run } from '../tapedeck.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

let app: Running
let browser: Browser
beforeAll(async () => {
  app = await startApp(['--demo', '--rate', '200'])
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  rmSync(`${app.folder}-demo`, { recursive: true, force: true })
})

const backup = () => run(['backup', '--demo', '--data', app.folder])

test('A-50 a page backs up by keyboard, and shows the new one with its rows and how to restore it', async () => {
  const { page, complaints } = await openPage(browser, app.url, { still: true })
  await page.getByRole('button', { name: /^Data/ }).click()
  const section = page.getByRole('region', { name: 'Backups' })
  const button = section.getByRole('button', { name: 'Back up now' })
  await expect.poll(() => button.isEnabled()).toBe(true)
  await button.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => section.getByRole('cell', { name: 'good' }).count(), { timeout: 20_000 }).toBe(1)
  expect(await section.getByText(/^tapedeck restore .*Z --demo --data /).count()).toBe(1)
  await section.getByRole('radio', { name: 'Daily' }).click()
  await expect.poll(() => section.getByText(/The next one: \d{4}-\d\d-\d\d 04:00 KST/).count()).toBe(1)
  expect([await violations(page), complaints]).toEqual([[], []])
  await page.context().close()
})

test('A-50 the command line has the running engine make one, which then stands in its list', async () => {
  const { code, out, said } = await backup()
  expect(code, said).toBe(0)
  const row = JSON.parse(out) as BackupRow & { readonly folder: string }
  expect(row).toMatchObject({ state: 'good', folder: join(`${app.folder}-demo`, 'backups', row.name) })
  const { page } = await openPage(browser, app.url)
  await page.getByRole('button', { name: /^Data/ }).click()
  await expect.poll(() => page.getByRole('cell', { name: row.name }).count(), { timeout: 20_000 }).toBe(1)
  await page.context().close()
})

test('A-50 the page restores one: the engine ends and starts again on it, and tells what it came to', async () => {
  const { page } = await openPage(browser, app.url, { still: true })
  const toData = () => page.getByRole('button', { name: /^Data/ }).click()
  await toData()
  const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'good' }) })
  const name = await row.first().getByRole('cell').nth(1).innerText()
  await row.first().getByRole('button', { name: 'Restore…' }).click()
  expect(await violations(page)).toEqual([])
  const loadedAnew = page.waitForEvent('load', { timeout: 60_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Restore it' }).click()
  await loadedAnew // nothing that it had drawn holds
  await toData()
  await page.getByText(`Restored ${name}: `).waitFor({ timeout: 20_000 })
  expect(await page.getByText(/What was stored before is in .*before-restore-/).count()).toBe(1)
  expect(await violations(page)).toEqual([])
  await page.context().close()
}, 120_000)

test('A-50 a byte that changed is found, and the backup is not restored', async () => {
  const other = `${app.folder}-elsewhere`
  const { out } = await run(['backup', '--demo', '--data', app.folder, '--to', other])
  const { name, folder } = JSON.parse(out) as BackupRow & { readonly folder: string }
  const file = join(folder, 'market.db')
  const bytes = readFileSync(file)
  bytes[bytes.length - 100]! ^= 1
  writeFileSync(file, bytes)
  const listed = await run(['backups', '--from', other, '--check'])
  expect(listed.out).toMatch(new RegExp(`^${name}\tdamaged\t`))
  const restored = await run(['restore', folder, '--demo', '--data', `${app.folder}-new`, '--yes'])
  expect([restored.code, restored.said]).toEqual([
    1,
    expect.stringContaining(`tapedeck: The backup ${name} is damaged: market.db is not as it was copied.`),
  ])
  for (const each of [other, `${app.folder}-new-demo`]) rmSync(each, { recursive: true, force: true })
})

test('a restore that nobody can be asked about needs --yes', async () => {
  const { out } = await backup()
  const { name } = JSON.parse(out) as BackupRow
  const { code, said } = await run(['restore', name, '--demo', '--data', app.folder])
  expect([code, said]).toEqual([2, 'tapedeck: --yes: add it to restore where nobody can be asked.\n'])
})
