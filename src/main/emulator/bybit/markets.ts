/** Bybit's emulated market list. */

import type { MarketSpec } from '../model.ts'
import { toSpecs } from '../pairs.ts'

export const BYBIT_MARKETS: readonly MarketSpec[] = toSpecs({
  venue: 'bybit',
  spell: (base, quote) => `${base}${quote}`,
  quotes: {
    USDT: {
      bases:
        'BTC ETH XRP SOL DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB PEPE SAND STX ENA BERA',
      weight: 1,
      worth: 170,
    },
    USDC: { bases: 'BTC ETH SOL XRP', weight: 0.1, worth: 110 },
    BTC: { bases: 'ETH SOL', weight: 0.04, worth: 0.002 },
  },
  halted: { BERAUSDT: Date.UTC(2026, 9, 1, 2) },
  depth: 200,
  sizeDigits: 6,
})
