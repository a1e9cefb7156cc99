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
  emulator = await spawnEmulator({ rate: 120, seed: 11 })
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

  it('wears the DEMO label in sight', async () => {
    const banner = open.page.getByText('DEMO').first()
    expect(await banner.isVisible()).toBe(true)
  })

  it('never breaks its content policy and logs no error', () => {
    expect(open.complaints).toEqual([])
  })
})

