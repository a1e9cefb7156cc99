import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

const LONG = { kind: 'refuse', venue: 'news', for: 600_000 } as const
const KEY = 'pplx-canary-7f3a'

let emulator: Emulator
let app: Running
let browser: Browser

/** Live, so that keys are asked for as they are in earnest; the servers of news are the emulator's. */
beforeAll(async () => {
  emulator = await spawnEmulator({ seed: 7, venues: ['upbit'] })
  await emulator.inject({ ...LONG, channel: 'api.coinness.com', status: 404 })
  await emulator.inject({ ...LONG, channel: 'gone.example', status: 410 })
  const environment = { TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}` }
  app = await startApp(['--live', '--exchanges', 'upbit'], environment)
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await emulator?.close()
})

/** The page of news with its first items. */
async function openNews(): Promise<{ page: Page; complaints: string[]; rows: Locator }> {
  const { page, complaints } = await openPage(browser, app.url, { still: true })
  await page.getByRole('navigation').first().getByRole('button', { name: 'News' }).click()
  const rows = page.getByRole('region', { name: 'News, newest first' }).locator('[data-news]')
  await expect.poll(() => rows.count(), { timeout: 20_000 }).toBeGreaterThan(20)
  return { page, complaints, rows }
}
const openSettings = (page: Page) =>
  page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click()
const feed = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Feeds' }).getByRole('listitem').filter({ hasText: name })

test('A-07 the list fills, newest first; what leads outside does so over https and in a window of its own', async () => {
  const { page, complaints, rows } = await openNews()
  const times = await page
    .getByRole('region', { name: 'News, newest first' })
    .locator('time')
    .evaluateAll((found) => found.map((each) => Date.parse(each.getAttribute('datetime') ?? '')))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  const links = await rows.evaluateAll((found) =>
    found
      .filter((each) => each instanceof HTMLAnchorElement)
      .map(({ protocol, target, rel }) => `${protocol} ${target} ${rel}`),
  )
  expect([...new Set(links)]).toEqual(['https: _blank noopener noreferrer'])
  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('A-07 it is filtered by words, by source and by symbol, and cleared', async () => {
  const { page, rows } = await openNews()
  const all = await rows.count()
  const every = async (wanted: RegExp) => {
    const texts = await page.getByRole('region', { name: 'News, newest first' }).getByRole('listitem').allInnerTexts()
    return texts.length > 0 && texts.every((text) => wanted.test(text))
  }
  // Of a headline that is there: 'DEMO · Solana slips 2.31 % …', and what it is about.
  const last = page.getByRole('region', { name: 'News, newest first' }).getByRole('listitem').last()
  const [, word = ''] = /DEMO · (\S+) /.exec(await last.innerText()) ?? []
  const symbol = await last.getByRole('button').last().innerText()
  await page.getByRole('searchbox', { name: /Words in title/ }).fill(word.toLowerCase())
  await expect.poll(() => every(new RegExp(word, 'i')), { timeout: 10_000 }).toBe(true)
  await page.getByRole('searchbox', { name: /Words in title/ }).fill('there is no such word')
  await page.getByText('Nothing matches').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect.poll(() => rows.count(), { timeout: 10_000 }).toBeGreaterThanOrEqual(all)

  await page.getByRole('combobox', { name: 'Source' }).selectOption('Upbit trends')
  await expect.poll(() => every(/no\. \d by (rise|turnover) on Upbit’s won market/), { timeout: 10_000 }).toBe(true)
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await page.getByRole('combobox', { name: 'Symbol' }).selectOption(symbol)
  await expect.poll(() => every(new RegExp(symbol)), { timeout: 10_000 }).toBe(true)
  await page.context().close()
})

test('A-07 each index is a number, a word, a place on its scale and a history, with the name of its owner', async () => {
  const { page } = await openNews()
  for (const [name, owner] of [
    ['Fear & Greed, shares', 'CNN'],
    ['Fear & Greed, crypto', 'alternative.me'],
  ] as const) {
    const card = page.getByRole('region', { name })
    await card.getByRole('img', { name: /^\d+ of 100: (Extreme fear|Fear|Neutral|Greed|Extreme greed)$/ }).waitFor()
    expect(await card.getByRole('figure').innerText()).toMatch(/^90 days: \d+ to \d+$/)
    expect(await card.getByRole('definition').count()).toBe(3)
    expect(await card.getByRole('link', { name: owner }).getAttribute('rel')).toContain('noopener')
  }
  await page.context().close()
})

test('A-07 a feed that is gone says so, and when it is asked again; one that answers says what it brought', async () => {
  const { page } = await openNews()
  const gone = feed(page, 'CoinNess')
  await expect
    .poll(() => gone.innerText(), { timeout: 10_000 })
    .toMatch(/down[\s\S]*The feed is not there[\s\S]*again in/)
  await expect.poll(() => feed(page, 'Upbit trends').innerText()).toMatch(/live[\s\S]*8 new, 0 repeated/)
  expect(await feed(page, 'SaveTicker').innerText()).toMatch(/off/)
  await page.getByText('1 of 8 feeds is down').waitFor()
  await gone.getByRole('button', { name: 'Ask CoinNess now' }).click()
  await page.getByText(/This feed may be asked again in \d+ s\./).waitFor()
  await page.context().close()
})

test('A-07 Perplexity waits for a key, is asked once it is set, and the key comes back nowhere', async () => {
  const { page } = await openNews()
  expect(await feed(page, 'Perplexity').innerText()).toMatch(/no key[\s\S]*Needs your own key/)
  await openSettings(page)
  const field = page.getByLabel('Perplexity key')
  await field.fill(KEY)
  await field.press('Enter')
  await page.getByText('A key is set.').waitFor()
  expect(await field.inputValue()).toBe('')
  await page.getByRole('navigation').first().getByRole('button', { name: 'News' }).click()
  await expect.poll(() => feed(page, 'Perplexity').innerText(), { timeout: 20_000 }).toMatch(/live[\s\S]*new/)
  expect(await page.content()).not.toContain(KEY)
  expect(app.said()).not.toContain(KEY)

  await openSettings(page)
  await page.getByRole('button', { name: 'Forget' }).click()
  await page.getByText('No key is set.').waitFor()
  await page.context().close()
})

test('A-07 an RSS address is refused with one sentence, tested without keeping anything, added and removed', async () => {
  const { page } = await openNews()
  await openSettings(page)
  const field = page.getByRole('textbox', { name: 'Address of a feed' })
  const row = page.locator('form', { has: field })
  const answer = row.locator('xpath=following-sibling::*[@role="status"]')
  const says = async (text: RegExp) => {
    await expect.poll(() => answer.innerText(), { timeout: 20_000 }).toMatch(text)
    // One address a time is tested, and not two at once.
    await expect.poll(() => row.getByRole('button', { name: 'Test' }).isEnabled()).toBe(true)
  }
  const test = async (url: string, text: RegExp) => {
    await field.fill(url)
    await expect
      .poll(
        async () => {
          await row.getByRole('button', { name: 'Test' }).click()
          await expect.poll(() => answer.innerText(), { timeout: 10_000 }).not.toBe('')
          return answer.innerText()
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toMatch(text)
  }
  await field.fill('example.com/rss')
  await row.getByRole('button', { name: 'Add' }).click()
  await says(/^Write an http or https address .*\.$/)
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('https://decrypt.co/feed')
  await field.press('Enter')
  await says(/^This address is in the list already\.$/)

  await test('https://gone.example/rss', /^gone\.example has nothing at this address .*\.$/)
  await test('https://new.example/rss', /^DEMO new\.example: 15 items$/)
  await row.getByRole('button', { name: 'Add' }).click()
  await page.getByText('https://new.example/rss', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('navigation').first().getByRole('button', { name: 'News' }).click()
  await expect.poll(() => feed(page, 'new.example').innerText(), { timeout: 20_000 }).toMatch(/live[\s\S]*\d+ new/)
  await openSettings(page)
  await page.getByRole('button', { name: 'Remove https://new.example/rss' }).click()
  await expect.poll(() => page.getByText('https://new.example/rss', { exact: true }).count()).toBe(0)
  await page.context().close()
})

test('A-45 news is exported from its page, and shown before it is', async () => {
  const { page } = await openNews()
  await page.getByRole('button', { name: 'Export news' }).click()
  await page
    .getByRole('dialog')
    .getByText(/,news,crypto_news,DEMO/)
    .first()
    .waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('A-45 an index is exported from its card, as far back as it is drawn', async () => {
  const { page } = await openNews()
  await page.getByRole('button', { name: 'Export Fear & Greed, crypto' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByText(/,index,alternative_me,\d/)
    .first()
    .waitFor()
  expect(await dialog.getByRole('checkbox', { name: 'Fear & Greed, crypto' }).isChecked()).toBe(true)
  expect(await dialog.getByRole('checkbox', { name: 'Fear & Greed, shares' }).isChecked()).toBe(false)
  expect(await violations(page)).toEqual([])
  await page.context().close()
})
