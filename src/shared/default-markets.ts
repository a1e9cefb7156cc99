/** What is watched where nobody has chosen, and offered first where somebody chooses. */

import type { InstrumentKey, VenueId } from './market.ts'

/** The currency in which a venue's main markets are quoted; those that tell no coins have none. */
export const MAIN_QUOTE: Readonly<Partial<Record<VenueId, string>>> = {
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

/** Of venues that tell no coins; among them the rate that premiums are made with. */
export const DEFAULT_STOCKS: Readonly<Partial<Record<VenueId, readonly InstrumentKey[]>>> = {
  kis: ['kis:005930', 'kis:000660', 'kis:035420'],
  yahoo: ['yahoo:USD/KRW', 'yahoo:^GSPC', 'yahoo:NVDA', 'yahoo:AAPL'],
}

/** A coin's main market on a venue, whether it is listed there or not; none where the venue tells no coins. */
export function mainMarket(venue: VenueId, coin: string): InstrumentKey | undefined {
  const quote = MAIN_QUOTE[venue]
  return quote === undefined ? undefined : `${venue}:${coin}/${quote}`
}
