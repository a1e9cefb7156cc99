/** Coinone's emulated market list: won only. A market's symbol is written as in the REST paths, 'KRW/BTC'. */

import { toSpecs } from '../korean-market.ts'
import type { MarketSpec } from '../model.ts'

/** Listed, and nobody may trade any more. */
const HALTED: Readonly<Record<string, number>> = { 'KRW/NEO': Date.UTC(2026, 9, 1, 2) }

export const COINONE_MARKETS: readonly MarketSpec[] = toSpecs(
  'coinone',
  {
    quote: 'KRW',
    bases:
      'BTC ETH XRP SOL USDT USDC DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI ARB SHIB PEPE SAND ' +
      'MANA STX SEI ONDO ENA WLD XTZ NEO QTUM KAIA AERGO ZIL',
    weight: 1,
    worth: 160_000,
    depth: 16,
    steps: [
      [1_000_000, 10_000],
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
  },
  (base, quote) => `${quote}/${base}`,
).map((spec) => {
  const haltedAt = HALTED[spec.symbol]
  return haltedAt === undefined ? spec : { ...spec, haltedAt }
})
