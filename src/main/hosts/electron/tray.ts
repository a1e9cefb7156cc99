import type { MenuItemConstructorOptions } from 'electron'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { EngineState } from '../../../shared/shell-contract.ts'
import type { ElectronApi } from './electron-api.ts'
import { trayText } from './tray-text.ts'
import type { Words } from './words.ts'

export interface TrayActions {
  readonly show: () => void
  readonly openMarket: (market: InstrumentKey) => void
  readonly quit: () => void
}

export interface TrayView {
  readonly words: Words
  readonly engine: EngineState['phase']
  /** One to four markets. */
  readonly markets: readonly InstrumentKey[]
  readonly tickers: ReadonlyMap<InstrumentKey, TickerRow>
}

const STATES = {
  starting: 'stateStarting',
  running: 'stateRunning',
  restarting: 'stateRestarting',
  failed: 'stateFailed',
  closing: 'stateClosing',
} as const satisfies Record<EngineState['phase'], keyof Words>

/** The tray's menu, top to bottom: the chosen values, the engine's state, the ways in and out. */
export function trayMenu(view: TrayView, actions: TrayActions): readonly MenuItemConstructorOptions[] {
  const { words, markets, tickers, engine } = view
  return [
    ...markets.map((market) => ({
      id: `market:${market}`,
      label: trayText(market, tickers.get(market), words.noData),
      click: () => actions.openMarket(market),
    })),
    { type: 'separator' },
    { id: 'state', label: words[STATES[engine]], enabled: false },
    { id: 'show', label: words.show, click: actions.show },
    { type: 'separator' },
    { id: 'quit', label: words.quit, click: actions.quit },
  ]
}

/** The values in the space that the system gives: beside the icon on macOS, on pointing at it elsewhere. */
export function trayTitle({ markets, tickers, words }: TrayView): string {
  return markets.map((market) => trayText(market, tickers.get(market), words.noData)).join('\n')
}

export interface OpenTray {
  show(view: TrayView): void
  close(): void
}

/** Puts Tapedeck in the tray. Undefined where the system has none. */
export function openTray(
  { Tray, Menu }: Pick<ElectronApi, 'Tray' | 'Menu'>,
  icon: Electron.NativeImage,
  platform: NodeJS.Platform,
  actions: TrayActions,
): OpenTray | undefined {
  let tray: Electron.Tray
  try {
    tray = new Tray(icon)
  } catch {
    return undefined // No tray on this desktop: the window then closes as windows do.
  }
  let shown = ''
  // On macOS a click opens the menu, as menu bar items do.
  if (platform !== 'darwin') tray.on('click', actions.show)
  return {
    show(view) {
      const text = trayTitle(view)
      const state = JSON.stringify([text, view.engine, view.words.quit])
      if (state === shown) return // A menu that is replaced while it is open closes on some desktops.
      shown = state
      if (platform === 'darwin') tray.setTitle(text.replaceAll('\n', '  '), { fontType: 'monospacedDigit' })
      tray.setToolTip(`Tapedeck\n${text}`)
      tray.setContextMenu(Menu.buildFromTemplate([...trayMenu(view, actions)]))
    },
    close: () => tray.destroy(),
  }
}
