import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { exchanges } from '../../src/main/exchanges/registry.ts'
import type { Health } from '../../src/shared/engine-view.ts'
import { STOCK_VENUES } from '../../src/shared/market.ts'
import type { Command, Connection } from '../tapedeck.ts'
import { connect, start, tempFolder, until } from '../tapedeck.ts'
import { openBrowser, openPage } from './app.ts'

/** A port at which nobody listens until the test does. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((settle) => server.once('listening', settle))
  const { port } = server.address() as AddressInfo
  await new Promise((settle) => server.close(settle))
  return port
}

/** Those that are asked whether the market can be reached: a stock market may be closed. */
const KNOWN = exchanges.map(({ id }) => id).filter((id) => !STOCK_VENUES.includes(id))
const home = tempFolder()
const folder = join(home, 'data')
let port: number
let app: Command
let bridge: Connection
let browser: Browser
let page: Page
let emulator: Emulator | undefined

async function begin(): Promise<void> {
  app = start(['serve', '--data', folder], { environment: { TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${port}` } })
  bridge = await connect(app)
  page = (await openPage(browser, app.out().trim())).page
}
const banner = () => page.getByRole('region', { name: 'Notice' })
const info = () => bridge.call('app.info', {})

beforeAll(async () => {
  port = await freePort()
  browser = await openBrowser()
})
afterAll(async () => {
  bridge?.close()
  await browser?.close()
  await app?.end()
  await emulator?.close()
  rmSync(home, { recursive: true, force: true })
})

test('A-65 a first run that reaches nobody shows the demo, moving, in a folder of its own, and says why', async () => {
  await begin()
  expect(await info()).toMatchObject({ mode: { mode: 'demo', reason: 'unreachable' }, folder: `${folder}-demo` })
  await banner().getByText('DEMO').waitFor({ timeout: 10_000 })
  await banner()
    .getByText(new RegExp(`^Simulated market\\. No exchange answered \\(0 of ${KNOWN.length},`))
    .waitFor()
  const row = page.getByRole('row', { name: /BTC/ }).first()
  await row.waitFor()
  const first = await row.innerText()
  await until(
    () => row.innerText(),
    (text) => text !== first,
  )
  expect(existsSync(join(folder, 'market.db'))).toBe(false)
  expect(existsSync(join(`${folder}-demo`, 'market.db'))).toBe(true)
})

test('when an exchange answers it is told and offered, and nothing switches by itself', async () => {
  emulator = await spawnEmulator({ port, rate: 300, seed: 2 })
  await banner().getByRole('button', { name: 'Try now' }).click()
  await banner().getByRole('button', { name: 'Switch to live' }).waitFor({ timeout: 10_000 })
  await banner().getByText(`${KNOWN.length} of ${KNOWN.length} real exchanges answer now`).waitFor()
  expect(await info()).toMatchObject({
    mode: { mode: 'demo', probe: { answered: KNOWN, tried: KNOWN } },
  })
})

test('switching brings the page back live, in its own folder, without the DEMO mark', async () => {
  await banner().getByRole('button', { name: 'Switch to live' }).click()
  bridge.close()
  // The engine's own word, over a new connection: the old one went with the old engine.
  await until(
    async () => {
      const now = await connect(app)
      const { mode } = await now.call('app.info', {}).catch(() => ({ mode: undefined }))
      if (mode?.mode === 'live') bridge = now
      else now.close()
      return mode
    },
    (mode) => mode?.mode === 'live',
  )
  expect(await info()).toMatchObject({ mode: { mode: 'live' }, folder })
  await page.getByText('DEMO').waitFor({ state: 'detached', timeout: 15_000 })
  const row = page.getByRole('row', { name: /BTC/ }).first()
  await row.waitFor()
  const first = await row.innerText()
  await until(
    () => row.innerText(),
    (text) => text !== first,
  )
  expect([existsSync(join(folder, 'engine.json')), existsSync(join(`${folder}-demo`, 'engine.json'))]).toEqual([
    true,
    false,
  ])
  await until(
    async () => (await bridge.call('history.trades', { instrument: 'upbit:BTC/KRW', count: 100 })).length,
    (count) => count === 100,
    60_000, // the market trades some seven times a second
  )
})

test('a later start that reaches nobody stays live and shows what is stored, as disconnected', async () => {
  bridge.close()
  await page.context().close()
  expect((await app.end()).code).toBe(0)
  await emulator?.close()
  await begin()
  expect(await info()).toMatchObject({ mode: { mode: 'live' }, folder })
  const healths: Health[] = []
  bridge.open('health', {}, (value) => void healths.push(value))
  await until(
    () => healths.at(-1)?.venues.map(({ venue, state, fault }) => [venue, state, fault?.code]),
    (venues) =>
      venues?.every(([, state, code]) => (state === 'down' && code === 'connect-refused') || state === 'needs-key') ===
      true,
  )
  await banner().getByText('OFFLINE').waitFor({ timeout: 10_000 })
  expect(await page.getByText('DEMO').count()).toBe(0)
  // Seconds that the end of the run before left open are closed first.
  await until(
    async () => (await bridge.call('history.bars', { instrument: 'upbit:BTC/KRW', interval: 60_000, count: 10 })).bars,
    ({ close }) => close.some((price) => price !== ''),
  )
  expect(await bridge.call('history.trades', { instrument: 'upbit:BTC/KRW', count: 100 })).toHaveLength(100)
  await page.getByRole('application', { name: /^Chart of BTC/ }).waitFor()
})
