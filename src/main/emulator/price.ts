/** What everything costs at any second: one price path per coin for all venues, one exchange rate, a premium per venue. */

import type { VenueId } from '../../shared/market.ts'
import { assetOf, KRW_PER_USD } from './assets.ts'
import { hashText, noise } from './hash.ts'

/** Seconds per swing of each layer of noise: two seconds to three weeks. */
const LAYERS = [2, 8, 32, 128, 512, 2_048, 8_192, 32_768, 131_072, 524_288, 2_097_152] as const

/** A swing is this times the root of its length: roughly 60 % volatility a year, held near the coin's round price. */
const SWING = 6e-5

/** The dollar quote of a stablecoin or won market does not swing like a coin. */
const CALM: Readonly<Record<string, number>> = {
  USD: 0,
  USDT: 0.02,
  USDC: 0.01,
  BTC: 0.9,
  XRP: 1.15,
  SOL: 1.3,
  DOGE: 1.4,
  SUI: 1.4,
  PEPE: 1.9,
  SHIB: 1.6,
}

const PREMIUM: Partial<Record<VenueId, number>> = { upbit: 0.0109, bithumb: 0.0104, coinone: 0.0112, korbit: 0.0098 }

/** Natural logarithm of a price at a whole second of Unix time. */
export type LogPath = (second: number) => number

function layered(seed: number, scale: number): LogPath {
  const swings = LAYERS.map((length) => scale * SWING * Math.sqrt(length))
  return (second) => {
    let sum = 0
    for (let layer = 0; layer < LAYERS.length; layer += 1) {
      sum += (swings[layer] ?? 0) * noise(seed, layer, second / (LAYERS[layer] ?? 1))
    }
    return sum
  }
}

function dollars(seed: number, symbol: string): LogPath {
  const base = Math.log(assetOf(symbol).usd)
  const wander = layered(hashText(seed, `coin ${symbol}`), CALM[symbol] ?? 1.2)
  return (second) => base + wander(second)
}

/** The same dollar costs a little more or less on each venue, by minutes and by hours. */
function premium(seed: number, venue: VenueId): LogPath {
  const own = hashText(seed, `premium ${venue}`)
  const base = Math.log(1 + (PREMIUM[venue] ?? 0))
  return (second) =>
    base +
    0.0002 * noise(own, 0, second / 45) +
    0.0006 * noise(own, 1, second / 700) +
    0.002 * noise(own, 2, second / 10_000)
}

/** The path of one market's price in its quote currency. */
export function createPath(seed: number, venue: VenueId, base: string, quote: string): LogPath {
  const coin = dollars(seed, base)
  const lift = premium(seed, venue)
  if (quote === 'KRW') {
    const won = layered(hashText(seed, 'won'), 0.12)
    const rate = Math.log(KRW_PER_USD)
    return (second) => coin(second) + rate + won(second) + lift(second)
  }
  const unit = dollars(seed, quote)
  // The premium is one of money, so it cancels where a coin is priced in a coin; a tenth remains as noise.
  const calm = Math.log(1 + (PREMIUM[venue] ?? 0))
  return (second) => coin(second) - unit(second) + 0.1 * (lift(second) - calm)
}

/** The price that a market wanders around, in its quote currency. */
export function basePrice(venue: VenueId, base: string, quote: string): number {
  const dollar = assetOf(base).usd
  return quote === 'KRW' ? dollar * KRW_PER_USD * (1 + (PREMIUM[venue] ?? 0)) : dollar / assetOf(quote).usd
}
