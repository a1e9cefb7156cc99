import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { useBrokers } from '../kafka/cluster.ts'
import { until } from '../tapedeck.ts'
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

const drawerOf = (page: Page) => page.getByRole('region', { name: 'Follow this trade' })
const hopsOf = (page: Page) => page.getByRole('list', { name: 'Way of the trade' }).getByRole('listitem')
const textOf = async (hops: Locator) => (await hops.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())

/** What the rows say once they say what is asked for. */
function saying(page: Page, ...wanted: readonly RegExp[]): Promise<string[]> {
  return until(
    () => textOf(hopsOf(page)),
    (texts) => wanted.every((each) => texts.some((text) => each.test(text))),
  )
}

const TIME = String.raw`\d\d:\d\d:\d\d\.\d{3}`
const SINCE = String.raw`[+−]?[\d,]+ ms`

describe('one trade, followed', () => {
  it('W2 from the tape by keyboard: each hop with its time, its place, and the time since the one before', async () => {
    const { page } = open
    const tape = page.getByRole('grid', { name: 'Trades', exact: true })
    // The first rows come with history; what the page has seen to arrive is on top of them.
    const newest = tape.getByRole('row').first()
    const first = await newest.innerText()
    await until(
      () => newest.innerText(),
      (text) => text !== first,
    )
    await tape.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const texts = await saying(page, new RegExp(`1 s bar ${TIME}`), new RegExp(`Row in the store ${TIME}`))
    const expected = [
      `Exchange ${TIME} by the clock of Upbit`,
      `Socket ${TIME} ${SINCE} the frame arrived here`,
      String.raw`Journal ${TIME} ${SINCE} demo\.tapedeck\.trades\.v1 P\d · \d+`,
      String.raw`1 s bar ${TIME} ${SINCE} \d\d:\d\d:\d\d, revision 0`,
      'Sent to Kafka no cluster connected: the built-in log does the work',
      'Acknowledged no cluster connected: the built-in log does the work',
      'Consumed no cluster connected: the built-in log does the work',
      String.raw`Row in the store ${TIME} ${SINCE} market\.db since Journal`,
      `Pixel ${TIME} ${SINCE} its row was first painted since Socket`,
    ]
    expect(texts.length).toBe(expected.length)
    for (const [index, pattern] of expected.entries()) expect(texts[index]).toMatch(new RegExp(`^${pattern}$`))
    const total = await drawerOf(page).innerText()
    expect(total).toMatch(/Exchange to pixel\s+[\d,]+ ms/)
    expect(total).toContain('Nothing more will come.')
  })

  it('W2 keeps everything in its place, and gives the focus back on Escape', async () => {
    const { page } = open
    const chart = page.getByRole('application').first()
    const before = await chart.boundingBox()
    await page.keyboard.press('Escape')
    await drawerOf(page).waitFor({ state: 'detached' })
    expect(await chart.boundingBox()).toEqual(before)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Trades')
  })

  it('W2 by a click on the tape, and by the palette from any page', async () => {
    const { page } = open
    await page.getByRole('grid', { name: 'Trades', exact: true }).getByRole('row').nth(2).click()
    await saying(page, /^Socket/)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: 'Health' }).click()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search markets and actions' }).fill('follow the newest')
    await page.keyboard.press('Enter')
    await saying(page, /^Socket/)
    await page.keyboard.press('Escape')
  })

  it('W2 from a candle: its trades first, of which one is picked', async () => {
    const { page } = open
    await page.getByRole('application').first().focus()
    await page.keyboard.press('f')
    const trades = page.getByRole('grid', { name: 'Trades of the candle' })
    await trades.getByRole('row').nth(2).waitFor()
    await drawerOf(page).getByText('Pick a trade to see its way.').waitFor()
    const price = await trades.getByRole('row').nth(2).getByRole('gridcell').nth(1).innerText()
    await trades.getByRole('row').nth(2).click()
    await saying(page, /^Socket/)
    expect(await drawerOf(page).innerText()).toContain(`${price} KRW`)
  })

  it('W2 from a candle by a click on it', async () => {
    const { page } = open
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const { x, y, width, height } = (await page.getByRole('application').first().boundingBox())!
    // Somewhere in this column stands a candle; beside it a click does nothing.
    for (let down = 24; down < height && (await drawerOf(page).count()) === 0; down += 12)
      await page.mouse.click(x + width - 240, y + down)
    await page.getByRole('grid', { name: 'Trades of the candle' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('never breaks its content policy and logs no error', () => {
    expect(open.complaints).toEqual([])
  })
})

describe('one trade, followed through Kafka', () => {
  beforeAll(async () => {
    const { brokers } = await useBrokers()
    const [, port, token = ''] = /:(\d+)\/#token=(\S+)/.exec(app.url) ?? []
    const engine = await connectEngine({ pid: app.child.pid ?? 0, port: Number(port), token })
    await engine.call('settings.set', {
      kafka: {
        profiles: [{ id: 'traced', name: 'Traced', brokers, compression: 'none' }],
        active: 'traced',
        consumers: [{ name: 'back', topics: ['demo.tapedeck.trades.v1'], group: `back-${token}`, start: 'earliest' }],
      },
    })
    let acked = 0
    const leave = engine.open('kafka.state', {}, ({ outbox }) => {
      acked = outbox?.acked ?? 0
    })
    let running = 0
    const leaveConsumers = engine.open('consumers', {}, (views) => {
      running = views.flatMap(({ members }) => members).filter(({ state }) => state === 'running').length
    })
    await until(
      () => Math.min(acked, running),
      (both) => both > 0,
      90_000,
    )
    leave()
    leaveConsumers()
    engine.close()
  }, 180_000)

  it('W2 is sent, acknowledged and consumed, and its record is opened where it lies', async () => {
    const { page } = open
    await page.getByRole('grid', { name: 'Trades', exact: true }).focus()
    await page.keyboard.press('Enter')
    const texts = await saying(page, new RegExp(`^Acknowledged ${TIME}`), new RegExp(`^Consumed ${TIME}`))
    const [, partition, offset] = /P(\d) · (\d+)/.exec(texts.find((text) => text.startsWith('Sent')) ?? '') ?? []
    await page.getByRole('button', { name: 'Open in the message browser' }).click()
    const record = page.getByRole('region', { name: 'Record' })
    await record.getByText(`demo.tapedeck.trades.v1 P${partition}`).waitFor()
    const shown = await record.innerText()
    expect(shown.replaceAll(',', '')).toContain(`· ${offset}`)
  })

  it('W2 from its offset the chart is opened at its candle, second by second', async () => {
    const { page } = open
    const record = page.getByRole('region', { name: 'Record' })
    const [, time = ''] = / (\d\d:\d\d:\d\d) KST/.exec(await record.innerText()) ?? []
    expect(time).toMatch(/^\d/)
    await page.getByRole('button', { name: 'Show in chart' }).click()
    await page.getByRole('application', { name: 'Chart of BTC on Upbit, 1s bars' }).waitFor()
    const chart = page.getByRole('region', { name: 'Chart' })
    // The pointer would point at another bar.
    await page.mouse.move(0, 0)
    await until(
      () => chart.innerText(),
      (text) => text.includes(`${time} O `),
    )
    await page.getByRole('button', { name: `${time} Take the mark off` }).click()
    await until(
      () => chart.innerText(),
      (text) => !text.includes(time),
    )
  })
})
