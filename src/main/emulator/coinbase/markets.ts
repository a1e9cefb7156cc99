/** Coinbase's emulated market list, one for both of its feeds. */

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
  USD: {
    bases: [
      'BTC ETH XRP SOL USDT DOGE ADA AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB PEPE',
      'SAND MANA ALGO VET STX SEI ONDO ENA WLD IMX GRT XTZ ZIL',
    ].flatMap((line) => line.split(' ')),
    weight: 1,
    worth: 240,
  },
  BTC: { bases: ['ETH', 'SOL', 'LINK'], weight: 0.04, worth: 0.002 },
  // A book of its own; all other USDC products are aliases of those in USD.
  USDC: { bases: ['USDT'], weight: 0.3, worth: 500 },
}

/** Listed, with a last price, and nobody trades any more. */
const HALTED: Readonly<Record<string, number>> = { 'ZIL-USD': Date.UTC(2026, 9, 1, 2) }

/** Orders that a whole book holds on each side: far fewer than the venue's ten thousands. */
const DEPTH = 150

export const COINBASE_MARKETS: readonly MarketSpec[] = Object.entries(QUOTES).flatMap(([quote, table]) =>
  table.bases.map((base) => toSpec(base, quote, table)),
)

function toSpec(base: string, quote: string, { weight, worth }: Quote): MarketSpec {
  const symbol = `${base}-${quote}`
  const haltedAt = HALTED[symbol]
  const digits = Math.floor(Math.log10(basePrice('coinbase', base, quote)))
  return {
    symbol,
    base,
    quote,
    scale: quote === 'BTC' ? Math.min(8, 4 - digits) : Math.max(2, Math.min(8, 3 - digits)),
    tick: () => 1,
    sizeStep: 1,
    weight: haltedAt === undefined ? assetOf(base).weight * weight : 0.1,
    worth,
    depth: DEPTH,
    ...(haltedAt !== undefined && { haltedAt }),
  }
}

/** The product that another's name stands for: BTC-USD for BTC-USDC. Undefined: the name is nobody's alias. */
export function aliasedBy(symbol: string): string | undefined {
  if (!symbol.endsWith('-USDC') || COINBASE_MARKETS.some((spec) => spec.symbol === symbol)) return undefined
  return symbol.slice(0, -1)
}
