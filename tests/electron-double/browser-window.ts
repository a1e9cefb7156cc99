/** BrowserWindow: a window of a real Chromium. */

import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { screen } from './natives.ts'
import { record, recordedClass } from './record.ts'
import { theBrowser } from './target.ts'
import { WebContents } from './web-contents.ts'

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}
interface Options extends Partial<Rectangle> {
  readonly show?: boolean
  readonly title?: string
  readonly center?: boolean
  readonly webPreferences?: { readonly preload?: string }
}

const windows: BrowserWindow[] = []
let ids = 0

class BrowserWindow extends EventEmitter {
  readonly id: number
  readonly webContents: WebContents
  private bounds: Rectangle
  private title: string
  private visible: boolean
  private state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal'
  private destroyed = false
  private onTop = false

  static getAllWindows = (): BrowserWindow[] => [...windows]
  static fromWebContents = (contents: WebContents): BrowserWindow | null =>
    windows.find((each) => each.webContents === contents) ?? null
  static fromId = (id: number): BrowserWindow | null => windows.find((each) => each.id === id) ?? null
  static getFocusedWindow = (): BrowserWindow | null => focused ?? null

  constructor(options: Options = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    record('new BrowserWindow', [options])
    ids += 1
    this.id = ids
    const area = screen.getPrimaryDisplay().workArea
    const { width = 800, height = 600 } = options
    const x = options.x ?? Math.round(area.x + (area.width - width) / 2)
    const y = options.y ?? Math.round(area.y + (area.height - height) / 2)
    this.bounds = { x, y, width, height }
    this.title = options.title ?? app.getName()
    this.visible = options.show ?? true
    this.webContents = new WebContents({ preload: options.webPreferences?.preload, bounds: this.bounds })
    windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.once('gone', () => this.destroy())
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  show(): void {
    const wasVisible = this.visible
    this.visible = true
    if (!wasVisible) this.emit('show')
    this.focus()
  }
  showInactive(): void {
    this.visible = true
    this.emit('show')
  }
  hide(): void {
    this.visible = false
    if (focused === this) focused = undefined
    this.emit('hide')
  }
  focus(): void {
    takeFocus(this)
    void this.webContents.ready.then((target) => target.send('Page.bringToFront')).catch(() => undefined)
    this.emit('focus')
    app.emit('browser-window-focus', {}, this)
  }
  blur(): void {
    this.emit('blur')
  }
  minimize(): void {
    this.state = 'minimized'
    this.emit('minimize')
  }
  restore(): void {
    this.state = 'normal'
    this.emit('restore')
  }
  maximize(): void {
    this.state = 'maximized'
    this.emit('maximize')
  }
  unmaximize(): void {
    this.state = 'normal'
    this.emit('unmaximize')
  }
  setFullScreen(isFull: boolean): void {
    this.state = isFull ? 'fullscreen' : 'normal'
  }
  /** As a click on its cross. */
  close(): void {
    if (this.destroyed) return
    let isPrevented = false
    this.emit('close', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) this.destroy()
  }
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    windows.splice(windows.indexOf(this), 1)
    if (focused === this) focused = undefined
    void this.webContents.ready
      .then(async ({ frame }) => (await theBrowser()).cdp.send('Target.closeTarget', { targetId: frame }))
      .catch(() => undefined)
    this.webContents.destroy()
    this.emit('closed')
    if (windows.length === 0) app.allWindowsClosed()
  }
  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.bounds
    this.bounds = { ...before, ...bounds }
    const { width, height } = this.bounds
    void this.webContents.ready
      .then((target) =>
        target.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
      )
      .catch(() => undefined)
    if (width !== before.width || height !== before.height) this.emit('resize')
    this.emit('move')
    this.emit('resized')
    this.emit('moved')
  }
  setTitle(title: string): void {
    this.title = title
  }
  setAlwaysOnTop(isOnTop: boolean): void {
    this.onTop = isOnTop
  }
  removeMenu(): void {
    // Windows carry no menu bar of their own.
  }
  setMenu(): void {
    // As above.
  }
  setMenuBarVisibility(): void {
    // As above.
  }
  setAutoHideMenuBar(): void {
    // As above.
  }
  setProgressBar(): void {
    // Recorded only.
  }
  flashFrame(): void {
    // Recorded only.
  }
  setOverlayIcon(): void {
    // Recorded only.
  }
  setBackgroundColor(): void {
    // Recorded only.
  }
  setTitleBarOverlay(): void {
    // Recorded only.
  }

  getBounds = (): Rectangle => ({ ...this.bounds })
  getNormalBounds = (): Rectangle => ({ ...this.bounds })
  getContentBounds = (): Rectangle => ({ ...this.bounds })
  getSize = (): [number, number] => [this.bounds.width, this.bounds.height]
  getPosition = (): [number, number] => [this.bounds.x, this.bounds.y]
  setSize = (width: number, height: number): void => this.setBounds({ width, height })
  setPosition = (x: number, y: number): void => this.setBounds({ x, y })
  getTitle = (): string => this.title
  isVisible = (): boolean => this.visible && !this.destroyed
  isDestroyed = (): boolean => this.destroyed
  isFocused = (): boolean => focused === this
  isMinimized = (): boolean => this.state === 'minimized'
  isMaximized = (): boolean => this.state === 'maximized'
  isFullScreen = (): boolean => this.state === 'fullscreen'
  isAlwaysOnTop = (): boolean => this.onTop
  isNormal = (): boolean => this.state === 'normal'
  isMenuBarVisible = (): boolean => false
}

let focused: BrowserWindow | undefined

function takeFocus(window: BrowserWindow): void {
  focused = window
}
recordedClass('BrowserWindow', BrowserWindow)
app.windows = BrowserWindow.getAllWindows
export { BrowserWindow }
