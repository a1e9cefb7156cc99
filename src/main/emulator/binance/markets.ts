/** Binance's emulated market list. */

import { assetOf } from '../assets.ts'
import type { MarketSpec } from '../model.ts'
import { basePrice } from '../price.ts'

interface Quote {
  readonly bases: readonly string[]
  readonly weight: number
  /** Median worth of a trade in this currency. */
  readonly worth: number
}

const QUOTES: Readonly<Record<string, Quote>> = {
  USDT: {
    bases: [
      'BTC ETH XRP SOL DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB',
      'PEPE SAND MANA ALGO VET STX SEI ONDO ENA WLD IMX GRT XTZ NEO',
    ].flatMap((line) => line.split(' ')),
    weight: 1,
    worth: 190,
  },
  BTC: { bases: ['ETH', 'XRP', 'SOL', 'ADA', 'LINK'], weight: 0.05, worth: 0.002 },
}

/** Suspended: listed, with a last price, and nobody trades any more. */
const HALTED: Readonly<Record<string, number>> = { NEOUSDT: Date.UTC(2026, 9, 1, 2) }

/** Price steps in decimals: from this price on, so many. */
const DECIMALS: readonly (readonly [from: number, decimals: number])[] = [
  [10, 2],
  [2, 3],
  [0.1, 4],
  [0.01, 5],
  [0, 8],
]

/** Orders that a book holds on each side: all that a snapshot of 5,000 gives. */
const DEPTH = 120

export const BINANCE_MARKETS: readonly MarketSpec[] = Object.entries(QUOTES).flatMap(([quote, table]) =>
  table.bases.map((base) => toSpec(base, quote, table)),
)

function toSpec(base: string, quote: string, { weight, worth }: Quote): MarketSpec {
  const symbol = `${base}${quote}`
  const price = basePrice('binance', base, quote)
  // A price in bitcoin has five or more digits behind the zeros.
  const scale = quote === 'BTC' ? (price > 0.001 ? 5 : 8) : (DECIMALS.find(([from]) => price >= from)?.[1] ?? 8)
  // One step of the size is worth about half a dollar.
  const sizeDecimals = Math.min(5, Math.max(0, Math.ceil(Math.log10(assetOf(base).usd * 2))))
  const haltedAt = HALTED[symbol]
  return {
    symbol,
    base,
    quote,
    scale,
    tick: () => 1,
    sizeStep: 10 ** (8 - sizeDecimals),
    weight: haltedAt === undefined ? assetOf(base).weight * weight : 0.1,
    worth,
    depth: DEPTH,
    ...(haltedAt !== undefined && { haltedAt }),
  }
}
