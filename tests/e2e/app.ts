/** Starts Tapedeck as a user does (the built command line) with its page in a real browser, over an emulator of the test's own. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
export const HEADLESS = join(root, 'out/main/headless.js')

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser on this machine. Tests that need one fail without it, and say how to get it. */
export function browserPath(): string {
  const found = process.env['TAPEDECK_BROWSER'] ?? BROWSERS.find((path) => existsSync(path))
  if (!found)
    throw new Error('No Chromium found. Install it (apt-get install chromium) or set TAPEDECK_BROWSER to its path.')
  return found
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

export interface Running {
  readonly url: string
  readonly folder: string
  readonly child: ChildProcess
  /** What it said on stderr so far. */
  said(): string
  /** Asks it to end and waits; returns its exit code. */
  stop(): Promise<number | null>
}

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tapedeck-e2e-'))
}

/** Runs `tapedeck serve …` and resolves when it has printed its address. */
export async function startApp(
  args: readonly string[],
  environment: Record<string, string> = {},
  folder = tempFolder(),
): Promise<Running> {
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', HEADLESS, 'serve', '--data', join(folder, 'data'), ...args],
    {
      cwd: root,
      // The welcome is for those who come the first time: its own tests.
      env: { ...process.env, TAPEDECK_WELCOMED: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exited = new Promise<number | null>((done) => child.on('exit', done))
  const url = await new Promise<string>((ready, fail) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const line = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(output)
      if (line) ready(line[0])
    })
    void exited.then((code) => fail(new Error(`Tapedeck ended with ${code} before it was ready:\n${errors}`)))
  })
  return {
    url,
    folder: join(folder, 'data'),
    child,
    said: () => errors,
    async stop() {
      child.kill('SIGTERM')
      const code = await exited
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

export interface OpenPage {
  readonly page: Page
  /** Policy violations, console errors and exceptions of the page. */
  readonly complaints: string[]
}

/** Opens the page as a new visitor, and collects everything it complains about. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { locale?: string; width?: number; height?: number; still?: boolean } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en-US',
    viewport: { width: options.width ?? 1600, height: options.height ?? 1000 },
    acceptDownloads: true,
    // Halfway through a fade, colours are neither one thing nor the other.
    reducedMotion: options.still ? 'reduce' : 'no-preference',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`)
    })
  })
  await page.goto(url)
  return { page, complaints }
}
