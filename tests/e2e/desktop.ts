/** Starts the built desktop app: in real Electron where its binary is, in the double where it is not. Both are driven alike. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type * as Electron from 'electron'
import type { Page } from 'playwright-core'
import { _electron, chromium } from 'playwright-core'
import type { double } from '../electron-double/natives.ts'
import type { Call } from '../electron-double/record.ts'
import type { Screen } from '../electron-double/screen.ts'
import { until } from '../tapedeck.ts'

const root = resolve(import.meta.dirname, '../..')
const START_WITHIN = 45_000
/** Quitting has a deadline of its own, well below this one. */
const ENDS_WITHIN = 20_000
const DOUBLE = join(root, 'tests/electron-double/run.ts')

/** Electron's module as `evaluate` hands it over; `double` is there only in the double. */
export type ElectronModule = typeof Electron & {
  readonly double: typeof double & { readonly calls: readonly Call[] }
}

export interface DesktopOptions {
  /** A folder used before; made anew where none is given. */
  readonly home?: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** The app's folder: the repository's own, or an unpacked package. */
  readonly app?: string
}

export interface Desktop {
  readonly kind: 'electron' | 'double'
  /** Where the double's windows stand; in Electron, and for a second start, which has none: undefined. */
  readonly screen: Screen['kind'] | undefined
  /** Electron's userData. */
  readonly folder: string
  /** The windows' pages, in the order in which they were opened. */
  pages(): Promise<readonly Page[]>
  /** The page at this place, once there are so many. */
  page(index?: number): Promise<Page>
  /** Runs a function in the main process. It may use nothing but its arguments. */
  evaluate<R, A>(run: (electron: ElectronModule, argument: A) => R, argument: A): Promise<Awaited<R>>
  /** What the main process said on stderr. */
  said(): string
  /** Resolves with the exit code when the app has ended of itself. */
  readonly ended: Promise<number | null>
  /** Ends it as a user does who quits, and removes its folder unless it was given. */
  close(): Promise<number | null>
}

/** Electron's binary, where there is one. */
export function electronBinary(): string | undefined {
  const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const path = join(home, 'path.txt')
  const file = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(home, 'dist'),
    existsSync(path) ? readFileSync(path, 'utf8') : 'electron',
  )
  return existsSync(file) ? file : undefined
}

export const DESKTOP_KIND: Desktop['kind'] = electronBinary() === undefined ? 'double' : 'electron'

export async function openDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'tapedeck-desktop-'))
  const binary = electronBinary()
  const opened = await (binary === undefined ? openDouble(home, options) : openElectron(binary, home, options))
  return {
    ...opened,
    folder: join(home, 'data'),
    page: async (index = 0) => {
      const pages = await until(opened.pages, (all) => all.length > index, 30_000).catch(() => {
        throw new Error(`No window ${index} came up:\n${opened.said()}`)
      })
      return pages[index]!
    },
    async close() {
      await opened.evaluate(({ app }) => void setImmediate(() => app.quit()), undefined).catch(() => undefined)
      const late = setTimeout(opened.kill, ENDS_WITHIN)
      const code = await opened.ended
      clearTimeout(late)
      if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
      return code
    },
  }
}

type Opened = Pick<Desktop, 'kind' | 'screen' | 'pages' | 'evaluate' | 'said' | 'ended'> & {
  /** Ends it and its processes by force. */
  kill(): void
}

function commandLine(home: string, { app = root, args = [] }: DesktopOptions): string[] {
  return [join(app, 'out/main/index.js'), `--user-data-dir=${join(home, 'data')}`, ...args]
}

async function openElectron(binary: string, home: string, options: DesktopOptions): Promise<Opened> {
  const application = await _electron.launch({
    executablePath: binary,
    // Without it Chromium refuses to run as root, as in a container.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...commandLine(home, options)],
    env: { ...(process.env as Record<string, string>), ...options.environment },
  })
  let said = ''
  const child = application.process()
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()))
  return {
    kind: 'electron',
    screen: undefined,
    pages: async () => application.windows(),
    evaluate: (run, argument) => application.evaluate(run as never, argument as never) as never,
    said: () => said,
    ended: endOf(child),
    kill: () => void child.kill('SIGKILL'),
  }
}

interface Answer {
  readonly id?: number
  readonly endpoint?: string
  readonly screen?: Screen['kind']
  readonly value?: unknown
  readonly error?: string
}

async function openDouble(home: string, options: DesktopOptions): Promise<Opened> {
  const child = spawn(process.execPath, [DOUBLE, ...commandLine(home, options)], {
    cwd: root,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()))
  child.stdout?.on('data', (part: Buffer) => (said += part.toString()))
  const ended = endOf(child)
  const asked = new Map<number, (answer: Answer) => void>()
  let ids = 0
  const { endpoint, screen } = await new Promise<Pick<Answer, 'endpoint' | 'screen'>>((ready, fail) => {
    child.on('message', (answer: Answer) => {
      if (answer.endpoint !== undefined) ready(answer)
      else if (answer.id !== undefined) asked.get(answer.id)?.(answer)
    })
    // A second instance ends before it has a window.
    void ended.then(() => ready({}))
    setTimeout(
      () => fail(new Error(`The double did not start within ${START_WITHIN / 1_000} s:\n${said}`)),
      START_WITHIN,
    ).unref()
  })
  const browser =
    endpoint === undefined ? undefined : await chromium.connectOverCDP(endpoint, { noDefaults: true } as object)
  void ended.then(() => {
    for (const answer of asked.values()) answer({ error: 'The app has ended.' })
    void browser?.close()
  })
  return {
    kind: 'double',
    screen,
    pages: async () =>
      (browser?.contexts() ?? [])
        .flatMap((context) => context.pages())
        .filter((page) => new URL(page.url()).hostname.endsWith('.localhost')),
    evaluate: (run, argument) =>
      new Promise((settle, fail) => {
        ids += 1
        const id = ids
        asked.set(id, ({ value, error }) => {
          asked.delete(id)
          if (error === undefined) settle(value as never)
          else fail(new Error(error))
        })
        if (child.connected) child.send({ id, source: String(run), argument })
        else fail(new Error('The app has ended.'))
      }),
    said: () => said,
    ended,
    // The double ends itself, its browser and its screen when nobody listens any more.
    kill: () => child.disconnect(),
  }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}
