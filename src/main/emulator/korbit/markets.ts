/** Digital X's emulated market list: won only, in lower case, base first. */

import { toSpecs } from '../korean-market.ts'
import type { QuoteTable } from '../korean-market.ts'
import type { MarketSpec } from '../model.ts'

const TABLE: QuoteTable = {
  quote: 'KRW',
  bases:
    'BTC ETH XRP SOL USDT USDC DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB PEPE ' +
    'SAND ALGO SEI ONDO ENA WLD GRT KAIA BERA QTUM',
  weight: 1,
  worth: 150_000,
  depth: 30,
  steps: [
    [1_000_000, 1_000],
    [500_000, 500],
    [100_000, 100],
    [50_000, 50],
    [10_000, 10],
    [5_000, 5],
    [1_000, 1],
    [100, 0.1],
    [10, 0.01],
    [1, 0.001],
    [0, 0.0001],
  ],
}

/** Stopped: listed still, its book empty since then. */
const STOPPED: Readonly<Record<string, number>> = { qtum_krw: Date.UTC(2026, 8, 15, 7, 19, 49) }

export const KORBIT_MARKETS: readonly MarketSpec[] = toSpecs('korbit', TABLE, (base, quote) =>
  `${base}_${quote}`.toLowerCase(),
).map((spec) => {
  const haltedAt = STOPPED[spec.symbol]
  return haltedAt === undefined ? spec : { ...spec, haltedAt }
})

/** The ladder of price steps, the same for every market. */
export const LADDER = TABLE.steps
  .map(([from, step]) => ({ priceGte: String(from), tickSize: String(step) }))
  .toReversed()
