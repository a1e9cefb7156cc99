/** What is watched where nobody has chosen, and offered first where somebody chooses. */

import type { InstrumentKey, VenueId } from './market.ts'

/** The currency in which a venue's main markets are quoted. */
export const MAIN_QUOTE: Readonly<Record<VenueId, string>> = {
  upbit: 'KRW',
  bithumb: 'KRW',
  coinone: 'KRW',
  korbit: 'KRW',
  okx: 'USDT',
  bybit: 'USDT',
  gateio: 'USDT',
  binance: 'USDT',
  kraken: 'USD',
  coinbase: 'USD',
}

/** Coins that most people look for first, in this order. */
export const KNOWN_COINS = ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA'] as const
export type KnownCoin = (typeof KNOWN_COINS)[number]

/** Those of them that are watched by default, on each venue that lists them. */
export const DEFAULT_COINS: readonly KnownCoin[] = ['BTC', 'ETH', 'XRP', 'SOL']

/** A coin's main market on a venue, whether it is listed there or not. */
export function mainMarket(venue: VenueId, coin: string): InstrumentKey {
  return `${venue}:${coin}/${MAIN_QUOTE[venue]}`
}
