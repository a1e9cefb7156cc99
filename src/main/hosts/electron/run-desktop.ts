import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const DOWNLOAD_TIMEOUT = 120_000
/** After a failed download the next one waits this long, so that an offline start stays quick. */
const RETRY_AFTER = 24 * 3_600_000
/** An Electron that fails so soon cannot run here: a container, or a Linux that denies Chromium its sandbox. */
const FAILS_WITHIN = 5_000

/**
 * Opens the desktop window and resolves with its exit code; undefined where Electron's binary is not to be had, or where
 * there is no screen. Electron's package fetches its binary on first use.
 */
export async function runDesktop(args: readonly string[]): Promise<number | undefined> {
  const say = (text: string) => process.stderr.write(`tapedeck: ${text}\n`)
  const home = packageFolder()
  if (!home) return undefined
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    say('no screen here, so the page is served to a browser.')
    return undefined
  }
  const binary = findBinary(home) ?? (await download(home, say))
  if (!binary) {
    say('Electron’s binary is not to be had, so the same page is served to a browser.')
    return undefined
  }
  const child = spawn(binary, [join(dirname(home), '..', 'out', 'main', 'index.js'), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const startedAt = Date.now()
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`Electron did not start (${error.message}), so the page is served to a browser.`)
      resolve(undefined)
    })
    child.on('exit', (code, signal) => {
      const couldNot = code !== 0 && !isAsked(signal) && Date.now() - startedAt < FAILS_WITHIN
      if (couldNot) say('Electron could not run here (its message is above), so the page is served to a browser.')
      resolve(couldNot ? undefined : (code ?? 1))
    })
  })
}

/** Ended by somebody, not by a fault of its own. */
function isAsked(signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

function findBinary(home: string): string | undefined {
  const pathFile = join(home, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const file = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(home, 'dist'), name)
  return existsSync(file) ? file : undefined
}

async function download(home: string, say: (text: string) => void): Promise<string | undefined> {
  const mark = join(dirname(home), '.cache', 'tapedeck-electron-failed')
  const failed = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (Date.now() - failed < RETRY_AFTER) return undefined
  say('fetching Electron (once)…')
  const child = spawn(process.execPath, [join(home, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT })
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', resolve)
  })
  if (code === 0) return findBinary(home)
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, '')
  return undefined
}
