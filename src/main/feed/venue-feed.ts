import type { MalformedSample, VenueHealth } from '../../shared/engine-view.ts'
import type { GapReason, InstrumentKey, Millis } from '../../shared/market.ts'
import type { RestRunner } from './rest.ts'

/** One venue, collected: sockets, REST in their place, gaps, health. */
export interface VenueFeed {
  readonly rest: RestRunner
  /** It needs no keys, or they are there. */
  readonly hasKeys: boolean
  /** Absent `chosen`: the venue's default markets. `extra` come on top. */
  setWatch(chosen: readonly InstrumentKey[] | undefined, extra: readonly InstrumentKey[]): void
  watched(): readonly InstrumentKey[]
  /** Dials anew, with its keys as they now are. The gap's reason is 'disconnected' where none is given. */
  reconnect(reason?: GapReason): void
  health(): VenueHealth
  samples(): readonly MalformedSample[]
  watermark(): Millis
  /** Marks all markets as no longer watched. */
  leave(): void
  /** Ends everything; open gaps stay open. */
  close(): void
}
