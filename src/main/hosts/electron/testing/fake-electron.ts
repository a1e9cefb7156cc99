/** Electron's API as contract tests need it: events that a test sends, and a record of what was asked. */

import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, MessagePortMain, UtilityProcess } from 'electron'

/** A fake as the type that it stands in for: it has what the code under test uses. */
export function as<T>(fake: { readonly [K in keyof T]?: unknown }): T {
  return fake as T
}

/** Everything asked of the fakes of one test, in order. */
export type Calls = unknown[][]

/** A preventable event. */
export function createEvent() {
  const event = {
    prevented: false,
    preventDefault() {
      event.prevented = true
    },
  }
  return event
}

let ids = 0

/** A window that remembers how it was made and what was done to it. */
export class FakeWindow extends EventEmitter {
  readonly id = ++ids
  readonly options: BrowserWindowConstructorOptions
  readonly calls: Calls = []
  readonly webContents = Object.assign(new EventEmitter(), {
    reload: () => void this.calls.push(['reload']),
    postMessage: (...args: unknown[]) => void this.calls.push(['postMessage', ...args]),
  })
  bounds: { x: number; y: number; width: number; height: number }
  visible = false
  minimized = false
  maximized = false
  destroyed = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
  }
  loadURL(url: string): Promise<void> {
    this.calls.push(['loadURL', url])
    return Promise.resolve()
  }
  show = (): void => void ((this.visible = true), this.calls.push(['show']))
  hide = (): void => void ((this.visible = false), this.calls.push(['hide']))
  focus = (): void => void this.calls.push(['focus'])
  restore = (): void => void ((this.minimized = false), this.calls.push(['restore']))
  maximize = (): void => void ((this.maximized = true), this.calls.push(['maximize']))
  unmaximize = (): void => void (this.maximized = false)
  isVisible = (): boolean => this.visible
  isMinimized = (): boolean => this.minimized
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.destroyed
  getNormalBounds = () => this.bounds
  setBounds = (bounds: typeof this.bounds): void => void (this.bounds = bounds)
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
  /** As when the user closes it: whether it went. */
  close(): boolean {
    const event = createEvent()
    this.emit('close', event)
    if (!event.prevented) this.destroy()
    return !event.prevented
  }
}

export function asWindow(window: FakeWindow): BrowserWindow {
  return as<BrowserWindow>(window)
}

/** A utility process: what was sent to it, and a way to speak and end in its place. */
export class FakeProcess extends EventEmitter {
  readonly sent: { readonly message: unknown; readonly ports: number }[] = []
  killed = false
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.sent.push({ message, ports: ports.length })
  }
  kill(): boolean {
    this.killed = true
    this.emit('exit', 143)
    return true
  }
  says = (message: unknown): void => void this.emit('message', message)
  ends = (code: number): void => void this.emit('exit', code)
}

export function asProcess(child: FakeProcess): UtilityProcess {
  return as<UtilityProcess>(child)
}

/** A port whose other end is nobody. */
export class FakePort extends EventEmitter {
  readonly sent: unknown[] = []
  closed = false
  start(): void {
    // Nothing waits.
  }
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  close(): void {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }
}

export function createChannel(): { port1: MessagePortMain; port2: MessagePortMain } {
  return { port1: as<MessagePortMain>(new FakePort()), port2: as<MessagePortMain>(new FakePort()) }
}
