import type { Health, SettingsView } from '../../../shared/engine-view.ts'
import type { TickerRow } from '../../../shared/market-view.ts'
import type { DesktopSettings } from '../../../shared/desktop-settings.ts'
import { DEFAULT_DESKTOP } from '../../../shared/desktop-settings.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { EngineState, UpdateState } from '../../../shared/shell-contract.ts'
import type { ElectronApi } from './electron-api.ts'
import type { EngineClientListener } from './engine-client.ts'
import { trayMarkets } from './engine-client.ts'
import type { KeepAwake } from './keep-awake.ts'
import type { LoginItem } from './login-item.ts'
import type { MenuActions } from './menu.ts'
import { applicationMenu } from './menu.ts'
import type { Notifications } from './notifications.ts'
import type { OpenTray } from './tray.ts'
import type { Updates } from './updates.ts'
import type { Words } from './words.ts'
import { fill, languageOf, WORDS } from './words.ts'

export interface PresenceParts {
  readonly Menu: ElectronApi['Menu']
  readonly platform: NodeJS.Platform
  readonly locale: string
  readonly tray: OpenTray | undefined
  readonly notifications: Notifications
  readonly loginItem: LoginItem
  readonly keepAwake: KeepAwake
  readonly updates: Updates
  readonly menuActions: MenuActions
  /** The markets of the tray, whenever they may have changed. */
  readonly onMarkets: (markets: readonly InstrumentKey[]) => void
}

/** What the desktop sees of Tapedeck outside its windows, kept up with the settings, the engine and the market. */
export interface Presence extends EngineClientListener {
  readonly desktop: DesktopSettings
  readonly words: Words
  onEngine(state: EngineState): void
  onUpdate(state: UpdateState): void
}

export function createPresence(parts: PresenceParts): Presence {
  const { Menu, platform, tray, loginItem, keepAwake } = parts
  let view: SettingsView | undefined
  let engine: EngineState | undefined
  let update: UpdateState = { state: 'off' }
  let menuShown = ''
  let faults = new Set<string>()
  const tickers = new Map<InstrumentKey, TickerRow>()
  const desktop = () => view?.settings.desktop ?? DEFAULT_DESKTOP
  const words = () => WORDS[languageOf(view?.settings.language, parts.locale)]

  const refresh = () => {
    const phase = engine?.phase ?? 'starting'
    const markets = trayMarkets(desktop(), view?.watchlist ?? [])
    keepAwake.apply(desktop().keepAwake && phase === 'running')
    tray?.show({ words: words(), engine: phase, markets, tickers })
    const menu = JSON.stringify([words().file, update.state])
    if (menu === menuShown) return
    menuShown = menu
    Menu.setApplicationMenu(Menu.buildFromTemplate([...applicationMenu(words(), update, platform, parts.menuActions)]))
  }
  refresh()

  return {
    get desktop() {
      return desktop()
    },
    get words() {
      return words()
    },
    onSettings(next) {
      view = next
      loginItem.apply(desktop().openAtLogin)
      parts.updates.apply(desktop().updates)
      parts.onMarkets(trayMarkets(desktop(), next.watchlist))
      refresh()
    },
    onHealth(health: Health) {
      const now = new Set(health.faults.map(({ code }) => code))
      for (const { code, message } of health.faults)
        if (!faults.has(code)) parts.notifications.show({ title: words().faultTitle, text: message })
      faults = now
    },
    onTickers(rows) {
      for (const row of rows) tickers.set(row.instrument, row)
      refresh()
    },
    onEngine(next) {
      const ended = engine !== undefined && next.ends > engine.ends
      engine = next
      if (ended) {
        const { fault, code = 0 } = next.last ?? {}
        const reason = fault?.message ?? fill(words().engineCode, { code: String(code) })
        const text = fill(words().engineText, { reason })
        parts.notifications.show({ title: words().engineTitle, text })
      }
      refresh()
    },
    onUpdate(next) {
      update = next
      refresh()
    },
  }
}
