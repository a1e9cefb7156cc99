import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Screen, WebContents } from 'electron'
import type { Millis } from '../../../shared/market.ts'
import type { Bounds, PaneView, ShownWindow, WindowState } from '../../../shared/shell-contract.ts'
import { ORIGIN } from './origin.ts'
import { bringIntoView } from './window-bounds.ts'
import type { WindowKind } from './window-options.ts'
import { windowOptions } from './window-options.ts'

export interface WindowsParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>
  /** Folder of the built main; the preload lies beside it. */
  readonly folder: string
  readonly state: WindowState
  readonly onState: (state: WindowState) => void
  /** Whether closing the main window only hides it. */
  readonly staysInTray: () => boolean
  readonly onHidden: () => void
  /** The main window is closed for good: so is Tapedeck. */
  readonly onMainClosed: () => void
  /** The user logs off, or the machine is shut down: told on Windows alone. */
  readonly onSessionEnd: () => void
  readonly log: (text: string) => void
}

/** The windows: one main window, and panes in windows of their own. Their places are remembered. */
export interface Windows {
  /** Opens the main window and the panes that were open, without taking the focus where `hidden`. */
  restore(hidden: boolean): void
  /** The main window; opened where there is none. */
  main(): BrowserWindow
  /** Opens the main window, or brings it to the front. */
  focusMain(): void
  popOut(view: PaneView, bounds?: Bounds): void
  /** What a pane's window shows from now on. */
  shows(window: BrowserWindow, view: PaneView): void
  /** The window of ours that has this page. */
  of(contents: WebContents): BrowserWindow | undefined
  list(): readonly ShownWindow[]
  isMain(window: BrowserWindow): boolean
  /** Whether any window can be seen. */
  readonly visible: boolean
  state(): WindowState
  /** Replaces the panes and moves the main window: an imported layout. */
  arrange(state: WindowState): void
  /** From now on closing a window closes it, and its place is kept as it is now. */
  beginQuit(): void
}

const SETTLED: Millis = 400
/** A page that crashes again this soon is left alone. */
const RELOAD_AGAIN_AFTER: Millis = 10_000

export function createWindows(parts: WindowsParts): Windows {
  let main: BrowserWindow | undefined
  const panes = new Map<BrowserWindow, PaneView>()
  let known = parts.state
  let quitting = false
  let saving: ReturnType<typeof setTimeout> | undefined

  const areas = (): Bounds[] => {
    const first = parts.screen.getPrimaryDisplay()
    const others = parts.screen.getAllDisplays().filter(({ id }) => id !== first.id)
    return [first, ...others].map(({ workArea }) => toBounds(workArea))
  }
  const state = (): WindowState => ({
    version: 1,
    ...(main && !main.isDestroyed()
      ? { main: { bounds: toBounds(main.getNormalBounds()), maximized: main.isMaximized() } }
      : known.main
        ? { main: known.main }
        : {}),
    panes: [...panes].map(([window, view]) => ({ view, bounds: toBounds(window.getNormalBounds()) })),
  })
  const save = () => {
    clearTimeout(saving)
    if (quitting) return
    known = state()
    parts.onState(known)
  }
  const saveSoon = () => {
    clearTimeout(saving)
    saving = setTimeout(save, SETTLED)
  }

  const open = (kind: WindowKind, bounds: Bounds | undefined, fragment: string, shown: boolean): BrowserWindow => {
    const window = parts.create({
      ...windowOptions(parts.folder, kind),
      ...(bounds ? bringIntoView(bounds, areas()) : {}),
    })
    if (shown) window.once('ready-to-show', () => window.show())
    // Events one by one, as each has its own signature.
    window.on('resize', saveSoon)
    window.on('move', saveSoon)
    window.on('maximize', saveSoon)
    window.on('unmaximize', saveSoon)
    reloadAfterCrash(window, parts.log)
    void window.loadURL(`${ORIGIN}/index.html${fragment}`)
    return window
  }

  const openMain = (shown: boolean): BrowserWindow => {
    const window = open('main', known.main?.bounds, '', shown)
    main = window
    if (known.main?.maximized && shown) window.maximize()
    window.on('close', (event) => {
      if (!quitting && parts.staysInTray()) {
        event.preventDefault()
        window.hide()
        parts.onHidden()
      } else save()
    })
    // Windows tells of its end by windows. Nothing can be asked any more, but what is begun in order loses less.
    window.on('session-end', parts.onSessionEnd)
    window.once('closed', () => {
      main = undefined
      if (!quitting) parts.onMainClosed()
    })
    return window
  }

  const show = (window: BrowserWindow) => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  const popOut = (view: PaneView, bounds?: Bounds) => {
    const same = [...panes].find(([, shown]) => shown.pane === view.pane && shown.instrument === view.instrument)
    if (same) return show(same[0])
    const window = open(view.pane, bounds, fragmentOf(view), true)
    panes.set(window, view)
    window.once('closed', () => {
      panes.delete(window)
      save()
    })
    saveSoon()
  }

  return {
    restore(hidden) {
      openMain(!hidden)
      for (const { view, bounds } of known.panes) popOut(view, bounds)
    },
    main: () => main ?? openMain(true),
    focusMain() {
      if (main) show(main)
      else openMain(true)
    },
    popOut,
    shows(window, view) {
      if (!panes.has(window)) return
      panes.set(window, view)
      save()
    },
    of: (contents) => [main, ...panes.keys()].find((window) => window?.webContents === contents),
    list: () => [...(main ? [{ id: main.id }] : []), ...[...panes].map(([window, view]) => ({ id: window.id, view }))],
    isMain: (window) => window === main,
    get visible() {
      return [main, ...panes.keys()].some((window) => window?.isVisible() && !window.isMinimized())
    },
    state,
    arrange(next) {
      const old = [...panes.keys()]
      panes.clear() // before they go: the new ones may show the same
      for (const window of old) window.destroy()
      if (main && next.main) {
        if (main.isMaximized()) main.unmaximize()
        main.setBounds(bringIntoView(next.main.bounds, areas()))
        if (next.main.maximized) main.maximize()
      }
      for (const { view, bounds } of next.panes) popOut(view, bounds)
      saveSoon()
    },
    beginQuit() {
      save()
      quitting = true
    },
  }
}

/** What the page reads of its address: which pane it is, for which market. */
export function fragmentOf({ pane, instrument, interval }: PaneView): string {
  const fragment = new URLSearchParams({ pane, market: instrument })
  if (interval !== undefined) fragment.set('interval', String(interval))
  return `#${fragment.toString()}`
}

function toBounds({ x, y, width, height }: Rectangle): Bounds {
  return { x, y, width, height }
}

function reloadAfterCrash(window: BrowserWindow, log: (text: string) => void): void {
  let reloadedAt = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const again = Date.now() - reloadedAt > RELOAD_AGAIN_AFTER
    log(`A window’s page ended (${reason}). ${again ? 'It is loaded again.' : 'It is left alone.'}`)
    if (!again) return
    reloadedAt = Date.now()
    window.webContents.reload()
  })
}
