import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useBrokers } from '../kafka/cluster.ts'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'

let brokers: readonly string[]
let app: Running
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  brokers = (await useBrokers()).brokers
  app = await startApp(['--demo'], { KAFKA_BOOTSTRAP_SERVERS: brokers.join(',') })
  browser = await openBrowser()
  open = await openPage(browser, app.url, { still: true })
  await open.page.getByRole('navigation').first().waitFor()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

it('the cluster of the environment is in use, is shown as such, and cannot be changed here', async () => {
  const { page, complaints } = open
  await page.keyboard.press('Alt+3')
  const picker = page.getByLabel('Cluster in use')
  await page.getByText('Records go out as they come').waitFor({ timeout: 15_000 })
  expect([await picker.locator('option:checked').innerText(), await picker.isDisabled()]).toEqual(['Environment', true])
  await page.getByRole('button', { name: 'Connection' }).click()
  expect(await page.getByLabel('Bootstrap servers').inputValue()).toBe(brokers.join(', '))
  expect(await page.getByLabel('Bootstrap servers').isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await page.getByRole('heading', { name: 'All 8 steps are done' }).waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Save and reconnect' }).hover()
  await page.getByRole('tooltip').waitFor()
  expect(complaints).toEqual([])
}, 60_000)
