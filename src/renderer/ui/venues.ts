/** How venues are shown: their code, their order, and what the eye groups together. */

import type { VenueHealth } from '../../shared/engine-view.ts'
import type { VenueId } from '../../shared/market.ts'

/** Three letters, where there is room for no more. */
export const VENUE_CODES: Readonly<Record<VenueId, string>> = {
  upbit: 'UPB',
  bithumb: 'BTH',
  coinone: 'CON',
  korbit: 'KBT',
  binance: 'BIN',
  okx: 'OKX',
  bybit: 'BYB',
  gateio: 'GAT',
  kraken: 'KRK',
  coinbase: 'CBS',
  kis: 'KIS',
  yahoo: 'YHO',
}

/** Korea's venues first, then the others, then stocks: the order of every list. */
export const VENUE_GROUPS: readonly (readonly VenueId[])[] = [
  ['upbit', 'bithumb', 'coinone', 'korbit'],
  ['binance', 'okx', 'bybit', 'gateio', 'kraken', 'coinbase'],
  ['kis', 'yahoo'],
]
export const VENUE_ORDER: readonly VenueId[] = VENUE_GROUPS.flat()

/** The shape and colour of a state. */
export type Mark = 'live' | 'polled' | 'waiting' | 'silent' | 'down' | 'off'

export const STATE_MARKS: Readonly<Record<VenueHealth['state'], Mark>> = {
  off: 'off',
  connecting: 'waiting',
  live: 'live',
  polled: 'polled',
  silent: 'silent',
  paused: 'silent',
  down: 'down',
  'needs-key': 'off',
}

/** The states that need a look. */
export const TROUBLED: ReadonlySet<VenueHealth['state']> = new Set(['silent', 'down', 'paused'])
