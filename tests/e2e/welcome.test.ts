import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

/** As on a machine where Tapedeck never ran. */
const FIRST_TIME = { TAPEDECK_WELCOMED: '' }

let browser: Browser
beforeAll(async () => (browser = await openBrowser()))
afterAll(() => browser?.close())

describe('A-65 the welcome', () => {
  let app: Running
  let open: OpenPage
  let page: Page
  beforeAll(async () => {
    app = await startApp(['--demo'], FIRST_TIME)
    open = await openPage(browser, app.url, { still: true })
    page = open.page
  })
  afterAll(async () => {
    await page?.context().close()
    await app?.stop()
  })
  const dialog = () => page.getByRole('dialog')
  const next = () =>
    dialog()
      .getByRole('button', { name: /^(Next|다음)$/ })
      .click()

  it('A-65 stands over a market that already moves, and needs no key, no Kafka and no network', async () => {
    await dialog().getByRole('heading', { name: 'Welcome to Tapedeck' }).waitFor()
    await page.locator('canvas').first().waitFor({ state: 'attached' })
    expect(await page.locator('[role=row]').first().isVisible()).toBe(true)
    expect(await dialog().getByRole('textbox').count()).toBe(0)
  })

  it('A-69 language and the colour of rising take hold at once', async () => {
    await dialog().getByRole('radio', { name: '한국어' }).click()
    await dialog().getByRole('heading', { name: 'Tapedeck에 오신 것을 환영합니다' }).waitFor()
    await dialog().getByRole('radio', { name: /^초록/ }).click()
    await expect.poll(() => page.locator('html').getAttribute('data-up')).toBe('green')
    expect(await violations(page)).toEqual([])
  })

  it('exchanges and coins are chosen with a tick, each coin on every exchange that is on', async () => {
    await next()
    const tick = (name: string | RegExp) => dialog().getByRole('checkbox', { name }).click({ force: true })
    await tick(/^SOL/)
    await tick(/^DOGE/)
    await tick('바이낸스')
    await page
      .getByRole('row', { name: /도지코인|DOGE/ })
      .first()
      .waitFor()
    const off = () =>
      dialog().getByRole('checkbox', { checked: false }).locator('xpath=ancestor::label').allInnerTexts()
    expect((await off()).map((label) => label.split(/\s/)[0])).toEqual(['바이낸스', 'SOL', 'ADA'])
    expect(await violations(page)).toEqual([])
  })

  it('a cluster is one choice away, and the end of the welcome opens its page', async () => {
    await next()
    await dialog()
      .getByRole('radio', { name: /^Kafka 클러스터/ })
      .click({ force: true })
    expect(await violations(page)).toEqual([])
    await dialog().getByRole('button', { name: '시작' }).click()
    await dialog().waitFor({ state: 'detached' })
    expect(page.url()).toMatch(/#kafka$/)
    await page.getByRole('textbox', { name: '부트스트랩 서버' }).waitFor()
    await page.keyboard.press('Alt+1')
    const rows = () => page.getByRole('treegrid', { name: '관심종목' }).getByRole('row').allInnerTexts()
    await expect.poll(async () => (await rows()).join()).toContain('도지코인')
    expect((await rows()).filter((row) => /솔라나|바이낸스/.test(row))).toEqual([])
  })

  it('A-65 nobody sees it twice, and nothing was complained about', async () => {
    await page.reload()
    await page.getByRole('navigation').first().waitFor()
    await page
      .getByRole('row', { name: /DOGE|도지/ })
      .first()
      .waitFor()
    expect([await dialog().count(), open.complaints]).toEqual([0, []])
  })
})

describe('A-65 Escape', () => {
  let app: Running
  let page: Page
  beforeAll(async () => {
    app = await startApp(['--demo'], FIRST_TIME)
    page = (await openPage(browser, app.url)).page
  })
  afterAll(async () => {
    await page?.context().close()
    await app?.stop()
  })

  it('A-65 skips the welcome for good, and all stays as it was', async () => {
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.reload()
    await page
      .getByRole('row', { name: /BTCKRW/ })
      .first()
      .waitFor()
    expect([
      await page.getByRole('dialog').count(),
      (await page.getByRole('row', { name: /KRW$|KRW / }).count()) > 3,
    ]).toEqual([0, true])
  })
})

describe('in a browser', () => {
  let app: Running
  let open: OpenPage
  beforeAll(async () => {
    app = await startApp(['--demo'])
    open = await openPage(browser, app.url, { still: true })
    await open.page
      .getByRole('row', { name: /BTCKRW/ })
      .first()
      .waitFor()
  })
  afterAll(async () => {
    await open?.page.context().close()
    await app?.stop()
  })

  it.each([
    ['Chart', 'chart', 'canvas'],
    ['Order book', 'book', '[role=table]'],
    ['Trades', 'tape', '[role=region], [role=log], section'],
  ])('A-67 %s opens in a window of its own, for one market, and says DEMO', async (name, pane, content) => {
    const region = open.page.getByRole('region', { name, exact: true })
    const popup = open.page.waitForEvent('popup')
    await region.getByRole('button', { name: 'Open in a window of its own' }).click()
    const window = await popup
    await window.locator(content).first().waitFor()
    await expect.poll(() => window.title()).toBe(`BTC/KRW · ${name} · Tapedeck`)
    expect(new URL(window.url()).hash).toBe(`#pane=${pane}&market=upbit%3ABTC%2FKRW`)
    expect(await window.getByText('DEMO').isVisible()).toBe(true)
    expect(await window.getByRole('button', { name: 'Open in a window of its own' }).count()).toBe(0)
    expect(await violations(window)).toEqual([])
    if (pane === 'chart') {
      expect(await window.getByRole('link', { name: /TradingView/ }).isVisible()).toBe(true)
      await window.getByRole('radio', { name: '5m', exact: true }).click()
      await expect.poll(() => new URL(window.url()).hash).toContain('interval=300000')
      // The main window keeps its own.
      expect(await open.page.getByRole('radio', { name: '1m', exact: true }).getAttribute('aria-checked')).toBe('true')
    }
    await window.close()
  })

  it('A-80 the diagnostics file is a download without secrets; what only the desktop can do is not offered', async () => {
    const { page } = open
    await page.getByRole('button', { name: 'Settings' }).click()
    const section = page.getByRole('region', { name: 'Desktop' })
    await section.getByText('The settings of the installed app.').waitFor()
    const waiting = page.waitForEvent('download')
    await section.getByRole('button', { name: 'Save a file…' }).click()
    const file = await waiting
    expect(file.suggestedFilename()).toMatch(/^tapedeck-diagnostics-\d{4}-\d\d-\d\d\.json$/)
    const report = JSON.parse(readFileSync(await file.path(), 'utf8')) as Record<string, Record<string, unknown>>
    expect(Object.keys(report)).toEqual(['kind', 'version', 'shell', 'engine'])
    expect(report['engine']).toMatchObject({ host: 'headless', mode: { mode: 'demo' } })
    expect(await section.getByRole('button', { name: 'Import…' }).count()).toBe(0)
    expect(open.complaints).toEqual([])
  })
})
