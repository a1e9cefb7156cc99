import type { Client } from '../../../shared/bridge.ts'
import { createClient } from '../../../shared/bridge.ts'
import type { AppContract } from '../../../shared/contract.ts'
import type { Health, SettingsView } from '../../../shared/engine-view.ts'
import type { TickerRow } from '../../../shared/market-view.ts'
import { FaultError } from '../../../shared/faults.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { DesktopSettings } from '../../../shared/desktop-settings.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'

export interface EngineClientListener {
  readonly onSettings: (view: SettingsView) => void
  readonly onHealth: (health: Health) => void
  /** Of the followed markets, those that changed; about once a second. */
  readonly onTickers: (rows: readonly TickerRow[]) => void
}

/** The shell's own conversation with the engine, by the contract that pages speak too; begun anew with each engine. */
export interface EngineClient {
  readonly settings: SettingsView | undefined
  follow(markets: readonly InstrumentKey[]): void
  call: Client<AppContract>['call']
}

/** Listens as long as the supervisor keeps engines running. */
export function followEngine(
  supervisor: Pick<EngineSupervisor, 'openPort' | 'onState'>,
  listener: EngineClientListener,
): EngineClient {
  let client: Client<AppContract> | undefined
  let settings: SettingsView | undefined
  let followed: readonly InstrumentKey[] = []
  let leave: (() => void) | undefined

  const ask = () => {
    leave?.()
    leave =
      client && followed.length > 0
        ? client.open('market', { focus: null, follow: [...followed], hidden: true }, ({ tickers }) =>
            listener.onTickers(tickers),
          )
        : undefined
  }
  const begin = () => {
    const port = supervisor.openPort()
    const opened = createClient<AppContract>(port)
    client = opened
    port.onClose(() => {
      if (client === opened) client = undefined
    })
    opened.open('settings', {}, (view) => {
      settings = view
      listener.onSettings(view)
    })
    opened.open('health', {}, listener.onHealth)
    leave = undefined
    ask()
  }
  supervisor.onState(({ phase }) => {
    if (phase === 'running') begin()
  })

  return {
    get settings() {
      return settings
    },
    follow(markets) {
      if (markets.join() === followed.join()) return
      followed = markets
      ask()
    },
    call(name, params, timeout) {
      if (!client) return Promise.reject(new FaultError('connection-lost', 'The engine is not running at the moment.'))
      return client.call(name, params, timeout)
    },
  }
}

/** The markets whose prices stand in the tray. */
export function trayMarkets(desktop: DesktopSettings, watchlist: readonly InstrumentKey[]): readonly InstrumentKey[] {
  return (desktop.tray as readonly InstrumentKey[] | null) ?? watchlist.slice(0, 1)
}
