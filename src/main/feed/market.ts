import type { Fault } from '../../shared/faults.ts'
import type { Channel, InstrumentKey, Millis } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { Identities } from './identity.ts'
import { createIdentities } from './identity.ts'
import type { Link } from './link.ts'

export interface Trouble {
  readonly fault: Fault
  /** Our wall clock. */
  readonly since: Millis
}

/** A watched market: what the feed keeps of it between messages. */
export interface Market {
  readonly native: string
  readonly key: InstrumentKey
  readonly identities: Identities
  /** Number of the newest socket that brought this channel: an older one's tickers and books are past. */
  readonly owners: Record<Channel, number>
  readonly silent: Map<Channel, Trouble>
  link: Link | undefined
  refused: Trouble | undefined
  /** Its order book is being asked for anew, and when. */
  rebuilding: (Trouble & { readonly nextAttemptAt: Millis }) | undefined
  /** Number of the socket that last brought anything. */
  spokeOn: number
  /** Our wall clock, when its last gap ended: since then the stream is whole. */
  liveSince: Millis | undefined
  /** Channels asked for again since they last spoke. */
  readonly revived: Set<Channel>
}

export function createMarket(native: string, key: InstrumentKey, identity: Exchange['identity']): Market {
  return {
    native,
    key,
    identities: createIdentities(identity),
    owners: { trade: 0, ticker: 0, book: 0 },
    silent: new Map(),
    link: undefined,
    refused: undefined,
    rebuilding: undefined,
    spokeOn: 0,
    liveSince: undefined,
    revived: new Set(),
  }
}
