import type { Mode } from '../shared/engine-view.ts'
import type { InstrumentKey, VenueId } from '../shared/market.ts'
import type { Exchange } from './exchanges/exchange.ts'
import type { Endpoints } from './feed/network.ts'
import type { HostPort } from './host-port.ts'
import type { Log } from './log.ts'

/** What a host gives an engine, and what it asks of it. */
export interface EngineOptions {
  readonly folder: string
  /** Where settings.json lies: live and demo share it. */
  readonly settingsFolder: string
  readonly demo: boolean
  readonly exchanges: readonly Exchange[]
  /** Other feeds of some of them, by the name that the settings give them. */
  readonly alternatives?: Readonly<Partial<Record<VenueId, Readonly<Record<string, Exchange>>>>>
  /** Where the venues are really reached: the emulator's addresses in the demo and in tests. */
  readonly endpoints?: Endpoints
  readonly host: HostPort
  readonly version: string
  readonly log: Log
  readonly mode: () => Mode
  /** Asks the real venues now and returns what is known then. */
  readonly probe: () => Promise<Mode>
  /** Markets to collect in place of the watch list. */
  readonly watch?: readonly InstrumentKey[]
  /** False: no feed of news is asked. */
  readonly news?: boolean
}
