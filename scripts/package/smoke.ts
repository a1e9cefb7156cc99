/** Starts the packed app as a user does and waits for its demo to move: `node scripts/package/smoke.ts dist`. */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const WITHIN = 60_000
const PROGRAMS = [
  'linux-unpacked/tapedeck',
  'win-unpacked/Tapedeck.exe',
  'mac-arm64/Tapedeck.app/Contents/MacOS/Tapedeck',
  'mac/Tapedeck.app/Contents/MacOS/Tapedeck',
]

const folder = resolve(process.argv[2] ?? 'dist')
const program = PROGRAMS.map((each) => join(folder, each)).find((each) => existsSync(each))
if (program === undefined) throw new Error(`No packed app in ${folder}. Make one: npm run package.`)

const data = mkdtempSync(join(tmpdir(), 'tapedeck-smoke-'))
// The fuses keep Node's inspector out; Chromium's own debugging port still answers who started the program.
const child = spawn(program, ['--demo', `--user-data-dir=${data}`, '--remote-debugging-port=0'], {
  env: { ...process.env, TAPEDECK_WELCOMED: '1' },
  stdio: ['ignore', 'inherit', 'pipe'],
})
try {
  const endpoint = await new Promise<string>((found, fail) => {
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString()
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (url !== undefined) found(url)
    })
    child.once('exit', (code) => fail(new Error(`It ended with ${code}:\n${said}`)))
    setTimeout(() => fail(new Error(`It opened no window within ${WITHIN / 1_000} s:\n${said}`)), WITHIN).unref()
  })
  const browser = await chromium.connectOverCDP(endpoint)
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
  const row = page?.getByRole('row', { name: /BTC/ }).first()
  await row?.waitFor({ timeout: WITHIN })
  const first = await row?.innerText()
  await page?.waitForFunction(
    (before) =>
      [...document.querySelectorAll('[role=row]')].some(
        (each) => /BTC/.test(each.textContent ?? '') && each.textContent !== before,
      ),
    first,
    { timeout: WITHIN },
  )
  await page?.screenshot({ path: join(folder, 'smoke.png') })
  console.log('The packed app started, and its demo moves.')
  await browser.close()
} finally {
  child.kill()
}
