/** webContents, and the main side of ipcRenderer. */

import { EventEmitter } from 'node:events'
import { ipcMain } from './ipc-main.ts'
import type { MessagePortMain } from './ports.ts'
import { RemotePorts } from './ports.ts'
import { permissions, session, toAppUrl, toBrowserUrl } from './protocol.ts'
import { record } from './record.ts'
import type { PageListener, PageTarget } from './target.ts'
import { openTarget, theBrowser } from './target.ts'
import type { TargetOptions } from './target.ts'

type OpenHandler = (details: { url: string; frameName: string; features: string; disposition: string }) => {
  action: 'allow' | 'deny'
}
type Told =
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'port'; readonly port: number; readonly data?: unknown; readonly close?: boolean }

/** Chromium's names of what Electron asks the app about. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  media: 'videoCapture',
  'clipboard-read': 'clipboardReadWrite',
  'clipboard-sanitized-write': 'clipboardSanitizedWrite',
  'idle-detection': 'idleDetection',
} as const

const all = new Map<number, WebContents>()
let ids = 0

export class WebContents extends EventEmitter {
  readonly id: number
  readonly session = session.defaultSession
  readonly mainFrame: { url: string; readonly origin: string; readonly parent: null; readonly top: unknown }
  readonly ready: Promise<PageTarget>
  private openHandler: OpenHandler | undefined
  private readonly remote = new RemotePorts()
  private destroyed = false
  private crashed = false

  constructor(options: TargetOptions) {
    super()
    ids += 1
    this.id = ids
    const frame = { url: '', parent: null, top: undefined as unknown }
    this.mainFrame = Object.defineProperty(frame, 'origin', {
      get: () => (frame.url === '' ? 'null' : frame.url.replace(/^([\w-]+:\/\/[^/]*).*$/, '$1')),
    }) as unknown as WebContents['mainFrame']
    frame.top = frame
    all.set(this.id, this)
    this.ready = openTarget(options, this.listener())
    this.ready.catch((error: unknown) => {
      if (!this.destroyed) throw error
    })
  }

  getURL = () => this.mainFrame.url
  getTitle = () => 'Tapedeck'
  isDestroyed = () => this.destroyed
  isCrashed = () => this.crashed
  isLoading = () => false
  isFocused = () => true
  isDevToolsOpened = () => false
  getOSProcessId = () => process.pid

  async loadURL(url: string): Promise<void> {
    record('webContents.loadURL', [url])
    const target = await this.ready
    await this.answerPermissions(url)
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()))
    await target.load(toBrowserUrl(url))
    await loaded
  }

  reload(): void {
    record('webContents.reload', [])
    this.crashed = false
    void this.loadURL(this.mainFrame.url)
  }

  send(channel: string, ...args: unknown[]): void {
    this.tell({ channel, args })
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.remote.add(port, (each) => this.tell(each)))
    this.tell({ channel, args: [message], ports })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    record('webContents.setWindowOpenHandler', [handler])
    this.openHandler = handler
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const target = await this.ready
    const { result } = (await target.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: unknown } }
    return result.value
  }

  forcefullyCrashRenderer(): void {
    void this.ready.then((target) => target.send('Page.crash')).catch(() => undefined)
  }

  openDevTools(): void {
    record('webContents.openDevTools', [])
  }
  closeDevTools(): void {
    record('webContents.closeDevTools', [])
  }
  toggleDevTools(): void {
    record('webContents.toggleDevTools', [])
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }
  setZoomLevel(level: number): void {
    record('webContents.setZoomLevel', [level])
  }
  setBackgroundThrottling(allowed: boolean): void {
    record('webContents.setBackgroundThrottling', [allowed])
  }
  focus(): void {
    record('webContents.focus', [])
  }

  /** The window is gone. */
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    all.delete(this.id)
    this.remote.closeAll()
    this.emit('destroyed')
  }

  private tell(value: object): void {
    if (this.destroyed) throw new Error('Object has been destroyed')
    void this.ready.then((target) => target.tell(value)).catch(() => undefined)
  }

  private listener(): PageListener {
    return {
      onMessage: (message, frame) => void this.receive(message as Told, frame),
      onNavigate: (url) => !this.prevented('will-navigate', toAppUrl(url)),
      onNavigated: (url) => {
        // A new document: the ports of the old one are gone with it.
        this.remote.closeAll()
        this.mainFrame.url = toAppUrl(url)
        this.emit('did-navigate', {}, this.mainFrame.url)
      },
      onLoaded: () => {
        if (this.mainFrame.url === 'about:blank' || this.mainFrame.url === '') return
        this.emit('dom-ready')
        this.emit('did-finish-load')
      },
      onCrashed: () => {
        this.crashed = true
        this.remote.closeAll()
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
      },
      onGone: () => this.emit('gone'),
    }
  }

  private async receive(told: Told, frame: string): Promise<void> {
    if (told.kind === 'port') {
      this.remote.receive(told)
      return
    }
    if (told.kind === 'open') {
      const details = { url: toAppUrl(told.url), frameName: '', features: '', disposition: 'new-window' }
      record('window.open', [details.url, this.openHandler?.(details).action ?? 'allow'])
      return
    }
    const isMain = frame === (await this.ready).frame
    const senderFrame = isMain ? this.mainFrame : { url: 'about:blank', origin: 'null', parent: this.mainFrame }
    const event = { sender: this, senderFrame, ports: [], reply: (channel: string) => this.send(channel) }
    if (told.kind === 'send') {
      ipcMain.emit(told.channel, event, ...told.args)
      return
    }
    try {
      this.tell({ id: told.id, value: await ipcMain.answer(told.channel, event, told.args) })
    } catch (error) {
      this.tell({ id: told.id, error: error instanceof Error ? error.message : String(error) })
    }
  }

  private prevented(name: string, url: string): boolean {
    let isPrevented = false
    const event = { url, isMainFrame: true, isSameDocument: false, preventDefault: () => (isPrevented = true) }
    this.emit(name, event, url)
    record(name, [url, isPrevented ? 'denied' : 'allowed'])
    return isPrevented
  }

  /** Chromium asks nobody in the double: the app's answers are given to it beforehand. */
  private async answerPermissions(url: string): Promise<void> {
    const origin = new URL(toBrowserUrl(url)).origin
    const { cdp } = await theBrowser()
    for (const [permission, name] of Object.entries(PERMISSIONS)) {
      let isGranted = permissions.check?.(this, permission, origin, {}) ?? true
      permissions.request?.(this, permission, (granted) => (isGranted &&= granted), { requestingUrl: url })
      await cdp
        .send('Browser.setPermission', {
          permission: { name: BROWSER_NAMES[name] ?? name },
          setting: isGranted ? 'granted' : 'denied',
          origin,
        })
        .catch(() => undefined)
    }
  }
}

/** Browser.setPermission knows them by their web names. */
const BROWSER_NAMES: Readonly<Record<string, string>> = {
  videoCapture: 'camera',
  clipboardReadWrite: 'clipboard-read',
  clipboardSanitizedWrite: 'clipboard-write',
  idleDetection: 'idle-detection',
}

export const webContents = {
  getAllWebContents: () => [...all.values()],
  fromId: (id: number) => all.get(id),
}
