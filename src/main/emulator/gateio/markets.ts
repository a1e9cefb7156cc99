/** Gate.io's emulated market list. */

import type { MarketSpec } from '../model.ts'
import { toSpecs } from '../pairs.ts'

export const GATEIO_MARKETS: readonly MarketSpec[] = toSpecs({
  venue: 'gateio',
  spell: (base, quote) => `${base}_${quote}`,
  quotes: {
    USDT: {
      bases:
        'BTC ETH XRP SOL DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB PEPE VET GRT XTZ ZIL',
      weight: 1,
      worth: 130,
    },
    USDC: { bases: 'BTC ETH', weight: 0.08, worth: 90 },
    BTC: { bases: 'ETH XRP', weight: 0.03, worth: 0.0015 },
  },
  halted: { ZIL_USDT: Date.UTC(2026, 9, 1, 2) },
  depth: 120,
  sizeDigits: 6,
})
