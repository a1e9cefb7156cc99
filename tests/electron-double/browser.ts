/** The Chromium that shows the double's windows. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPath } from '../e2e/app.ts'
import type { Cdp } from './cdp.ts'
import { openCdp } from './cdp.ts'
import type { Screen } from './screen.ts'
import { openScreen } from './screen.ts'

export interface Browser {
  readonly cdp: Cdp
  /** Where others may attach to the same windows. */
  readonly endpoint: string
  readonly screen: Screen['kind']
  close(): void
}

const ARGS = [
  '--remote-debugging-port=0',
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  // Without it a window on a screen begins with a warning about the sandbox.
  '--test-type',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--password-store=basic',
  '--use-mock-keychain',
  // As in Electron, where a page gets no window of its own unless main makes one.
  '--block-new-web-contents',
]

export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'tapedeck-double-'))
  const screen = await openScreen()
  const child = spawn(
    browserPath(),
    [...ARGS, `--user-data-dir=${profile}`, ...(screen.kind === 'none' ? ['--headless=new'] : []), 'about:blank'],
    { env: screen.environment, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const end = () => {
    child.kill('SIGKILL')
    screen.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  const endpoint = await endpointOf(child)
  const cdp = await openCdp(endpoint)
  return { cdp, endpoint, screen: screen.kind, close: end }
}

function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString()
      const endpoint = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (endpoint !== undefined) resolve(endpoint)
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`Chromium did not start:\n${said.slice(-2_000)}`)))
  })
}
