/** Kraken's emulated market list, under the names that its socket takes: BTC/USD, not XBT/USD. */

import { assetOf } from '../assets.ts'
import type { MarketSpec } from '../model.ts'
import { basePrice } from '../price.ts'

interface Quote {
  readonly bases: readonly string[]
  readonly weight: number
  /** Median worth of a trade in this currency. */
  readonly worth: number
  readonly depth: number
}

const QUOTES: Readonly<Record<string, Quote>> = {
  USD: {
    bases: [
      'BTC ETH XRP SOL USDT DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM ATOM UNI AAVE ARB SHIB PEPE',
      'SAND MANA ALGO STX SEI ONDO ENA IMX GRT XTZ QTUM',
    ].flatMap((line) => line.split(' ')),
    weight: 1,
    worth: 260,
    depth: 120,
  },
  USDT: { bases: ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE'], weight: 0.2, worth: 210, depth: 60 },
  // Thin: their books do not fill ten levels.
  BTC: { bases: ['ETH', 'XRP', 'SOL', 'DOGE', 'LINK'], weight: 0.04, worth: 0.002, depth: 7 },
}

/** Orders may only be taken back: listed, with a last price, and nobody trades any more. */
const HALTED: Readonly<Record<string, number>> = { 'QTUM/USD': Date.UTC(2026, 9, 1, 2) }

/** Sizes have eight fractional digits in every market. */
export const SIZE_DIGITS = 8

export const KRAKEN_MARKETS: readonly MarketSpec[] = Object.entries(QUOTES).flatMap(([quote, table]) =>
  table.bases.map((base) => toSpec(base, quote, table)),
)

function toSpec(base: string, quote: string, { weight, worth, depth }: Quote): MarketSpec {
  const symbol = `${base}/${quote}`
  const haltedAt = HALTED[symbol]
  return {
    symbol,
    base,
    quote,
    // Prices have some six digits that count, as 70000.1 and 0.1183004 do.
    scale: Math.max(0, Math.min(10, 5 - Math.floor(Math.log10(basePrice('kraken', base, quote))))),
    tick: () => 1,
    sizeStep: 1,
    weight: haltedAt === undefined ? assetOf(base).weight * weight : 0.1,
    worth,
    depth,
    ...(haltedAt !== undefined && { haltedAt }),
  }
}
