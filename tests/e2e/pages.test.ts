import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenPage, Running } from './app.ts'
import { openBrowser, openPage, startApp } from './app.ts'
import { violations } from './axe.ts'

let app: Running
let browser: Browser
beforeAll(async () => {
  app = await startApp(['--demo'])
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const LOOKS = [
  { name: 'dark, English', locale: 'en-US', settings: { theme: 'dark', language: 'en' } },
  { name: 'light, Korean', locale: 'ko-KR', settings: { theme: 'light', language: 'ko' } },
] as const

describe.each(LOOKS)('every page, $name', ({ locale, settings }) => {
  let open: OpenPage
  beforeAll(async () => {
    open = await openPage(browser, app.url, { locale, still: true })
    await open.page.getByRole('navigation').first().waitFor()
    await open.page.getByRole('button', { name: /Settings|설정/ }).click()
    await open.page
      .getByRole('radio', { name: settings.theme === 'dark' ? /^(Dark|어둡게)$/ : /^(Light|밝게)$/ })
      .click()
    await open.page
      .getByRole('radio', { name: settings.language === 'ko' ? '한국어' : 'English' })
      .first()
      .click()
  })
  afterAll(() => open.page.context().close())

  it('A-70 has nothing that axe objects to', async () => {
    const { page } = open
    const buttons = page.getByRole('navigation').first().getByRole('button')
    for (let index = 0; index < (await buttons.count()); index += 1) {
      await buttons.nth(index).click()
      const name = await buttons.nth(index).innerText()
      await page.getByRole('main').waitFor()
      // Some pages come as parts of their own.
      await expect.poll(() => page.locator('main [aria-busy=true]').count()).toBe(0)
      expect([name, await violations(page)]).toEqual([name, []])
    }
  })

  it('A-70 has an export window and a palette that axe does not object to', async () => {
    const { page } = open
    for (const [keys, ready] of [
      // The preview is dimmed until its lines have come.
      ['Control+e', /upbit,/],
      ['Control+k', /Enter/],
    ] as const) {
      await page.keyboard.press(keys)
      await page.getByRole('dialog').getByText(ready).first().waitFor()
      expect([keys, await violations(page)]).toEqual([keys, []])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').first().waitFor({ state: 'hidden' })
    }
  })

  it('A-69 speaks one language throughout', async () => {
    await open.page.keyboard.press('Alt+1')
    const text = await open.page.locator('body').innerText()
    if (settings.language === 'ko') expect(text).toContain('관심종목')
    else expect(text.replace('한', '')).not.toMatch(/[가-힣]/)
  })

  it('A-80 names whose charts they are, on every page', async () => {
    expect(await open.page.getByRole('link', { name: /TradingView/ }).isVisible()).toBe(true)
  })

  it('breaks no policy and logs no error', () => {
    expect(open.complaints).toEqual([])
  })
})

describe('settings', () => {
  it('say what is wrong under the field, and keep the old value', async () => {
    const { page } = await openPage(browser, app.url)
    await page.getByRole('button', { name: /Settings|설정/ }).click()
    const field = page.getByRole('textbox', { name: /Proxy|프록시/ })
    await field.fill('nonsense')
    await field.press('Enter')
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    const message = page.locator(`#${(await field.getAttribute('aria-describedby'))?.split(' ').at(-1) ?? ''}`)
    expect(await message.innerText()).toContain('http://host:port')
    await page.context().close()
  })

  it('A-69 red-up and green-up switch at once, and hold after a reload', async () => {
    const { page } = await openPage(browser, app.url)
    await page.getByRole('button', { name: /Settings|설정/ }).click()
    await page.getByRole('radio', { name: /^(Red|빨강)$/ }).click()
    await expect.poll(() => page.locator('html').getAttribute('data-up')).toBe('red')
    await page.reload()
    await expect.poll(() => page.locator('html').getAttribute('data-up')).toBe('red')
    await page.context().close()
  })
})
