/** app: start, single instance, paths and quitting, in Electron's order of events. */

import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { instances, port } from './protocol.ts'
import { record, recordedClass } from './record.ts'
import { utilityMetrics } from './utility-process.ts'

const entry = process.env['TAPEDECK_DOUBLE_ENTRY'] ?? ''
const root = join(dirname(entry), '..', '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string }
const chosen = process.argv.find((each) => each.startsWith('--user-data-dir='))?.split('=')[1]

interface Closable {
  close(): void
  isDestroyed(): boolean
}

class App extends EventEmitter {
  readonly isPackaged = process.env['TAPEDECK_DOUBLE_PACKAGED'] !== undefined
  readonly name = 'Tapedeck'
  /** Told by BrowserWindow. */
  windows: () => readonly Closable[] = () => []
  private readonly paths: Record<string, string> = {
    userData: chosen ?? join(homedir(), '.config', 'Tapedeck'),
    appData: dirname(chosen ?? join(homedir(), '.config', 'Tapedeck')),
    home: homedir(),
    temp: tmpdir(),
    downloads: join(homedir(), 'Downloads'),
    documents: join(homedir(), 'Documents'),
    exe: process.execPath,
    logs: join(chosen ?? homedir(), 'logs'),
    crashDumps: join(chosen ?? homedir(), 'Crashpad'),
    module: process.execPath,
  }
  private readonly ready: Promise<void>
  private resolveReady: () => void = () => undefined
  private isUp = false
  private quitting = false
  private lockFile: string | undefined
  private login = { openAtLogin: false }
  private readonly schemes = new Set<string>()
  private sending: Promise<unknown> = Promise.resolve()
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => record('app.commandLine.appendSwitch', [name, value]),
    appendArgument: (value: string) => record('app.commandLine.appendArgument', [value]),
    hasSwitch: (name: string) => process.argv.some((each) => each === `--${name}` || each.startsWith(`--${name}=`)),
    getSwitchValue: (name: string) => process.argv.find((each) => each.startsWith(`--${name}=`))?.split('=')[1] ?? '',
    removeSwitch: () => undefined,
  }

  constructor() {
    super()
    this.ready = new Promise((resolve) => (this.resolveReady = resolve))
    instances.on('second', ({ argv, cwd, data }: { argv: string[]; cwd: string; data: unknown }) =>
      this.emit('second-instance', {}, argv, cwd, data),
    )
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit())
  }

  whenReady = (): Promise<void> => this.ready
  isReady = (): boolean => this.isUp
  getName = (): string => this.name
  getVersion = (): string => manifest.version
  getAppPath = (): string => root
  getLocale = (): string => 'en-US'
  getSystemLocale = (): string => 'en-US'
  getPreferredSystemLanguages = (): string[] => ['en-US']
  getPath = (name: string): string => this.paths[name] ?? tmpdir()
  getAppMetrics = (): unknown[] => utilityMetrics()
  getGPUFeatureStatus = (): object => ({})
  getLoginItemSettings = (): object => ({ ...this.login, executableWillLaunchAtLogin: this.login.openAtLogin })
  isDefaultProtocolClient = (scheme: string): boolean => this.schemes.has(scheme)
  hasSingleInstanceLock = (): boolean => this.lockFile !== undefined
  isAccessibilitySupportEnabled = (): boolean => false

  setPath(name: string, path: string): void {
    this.paths[name] = path
  }
  enableSandbox(): void {
    if (this.isUp) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  setAppUserModelId(): void {
    // Recorded only.
  }
  setAboutPanelOptions(): void {
    // Recorded only.
  }
  showAboutPanel(): void {
    // Recorded only.
  }
  setUserTasks(): void {
    // Recorded only.
  }
  setBadgeCount(): void {
    // Recorded only.
  }
  focus(): void {
    // Recorded only.
  }
  disableHardwareAcceleration(): void {
    // Recorded only.
  }
  setLoginItemSettings(settings: { openAtLogin: boolean }): void {
    this.login = { openAtLogin: settings.openAtLogin }
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.schemes.add(scheme)
    return true
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.schemes.delete(scheme)
  }

  /** The lock is a file with the first instance's port; whoever comes second tells it its command line. */
  requestSingleInstanceLock(data?: unknown): boolean {
    const file = join(this.getPath('userData'), 'SingletonLock')
    mkdirSync(dirname(file), { recursive: true })
    for (;;) {
      try {
        writeFileSync(file, `${process.pid} ${port}`, { flag: 'wx' })
        this.lockFile = file
        return true
      } catch {
        const [pid = 0, at = 0] = readFileSync(file, 'utf8').split(' ').map(Number)
        if (isRunning(pid)) {
          const body = JSON.stringify({ argv: process.argv, cwd: process.cwd(), data })
          this.sending = fetch(`http://127.0.0.1:${at}/second-instance`, { method: 'POST', body }).catch(
            () => undefined,
          )
          return false
        }
        rmSync(file)
      }
    }
  }
  releaseSingleInstanceLock(): void {
    if (this.lockFile !== undefined) rmSync(this.lockFile, { force: true })
    this.lockFile = undefined
  }

  /** before-quit, then every window's close, then will-quit: each may say no. */
  quit(): void {
    if (!this.isUp) {
      this.quitting = true
      void this.sending.then(() => this.exit(0))
      return
    }
    if (this.quitting || this.prevented('before-quit')) return
    this.quitting = true
    for (const window of this.windows()) {
      window.close()
      if (!window.isDestroyed()) {
        this.quitting = false
        return
      }
    }
    if (this.windows().length === 0) this.leave()
  }
  exit(code = 0): void {
    this.releaseSingleInstanceLock()
    this.emit('quit', {}, code)
    process.exit(code)
  }
  relaunch(): void {
    // Recorded only: the test sees that it was asked.
  }

  /** Told once the entry has run to its end. */
  evaluated(): void {
    setImmediate(() => {
      if (this.quitting) return
      this.isUp = true
      this.emit('will-finish-launching')
      this.emit('ready', {}, {})
      this.resolveReady()
    })
  }

  /** Told by the last window that closes. */
  allWindowsClosed(): void {
    if (this.quitting) return
    if (!this.emit('window-all-closed')) this.quit()
  }
  private leave(): void {
    if (this.prevented('will-quit')) this.quitting = false
    else this.exit(0)
  }
  private prevented(name: string): boolean {
    let isPrevented = false
    record(name, [])
    this.emit(name, { preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

recordedClass('app', App)
export const app = new App()
