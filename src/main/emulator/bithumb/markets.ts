/** Bithumb's emulated market list. Quote first: KRW-BTC is BTC priced in KRW. */

import { toSpecs } from '../korean-market.ts'
import type { QuoteTable } from '../korean-market.ts'

const QUOTES: readonly QuoteTable[] = [
  {
    quote: 'KRW',
    bases:
      'BTC ETH XRP SOL USDT USDC DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB SHIB PEPE ' +
      'SAND MANA ALGO VET STX SEI ONDO ENA WLD GRT XTZ QTUM KAIA AERGO ZIL BERA',
    weight: 1,
    worth: 210_000,
    depth: 30,
    steps: [
      [1_000_000, 1_000],
      [500_000, 500],
      [100_000, 100],
      [50_000, 50],
      [10_000, 10],
      [5_000, 5],
      [100, 1],
      [10, 0.01],
      [1, 0.001],
      [0.1, 0.0001],
      [0, 0.00001],
    ],
  },
  // Thin: their books do not fill the fifteen places.
  {
    quote: 'BTC',
    bases: 'ETH XRP TRX KAIA DOGE SOL SUI WLD USDC',
    weight: 0.02,
    worth: 0.0015,
    depth: 11,
    steps: [[0, 0.00000001]],
  },
]

export const BITHUMB_MARKETS = QUOTES.flatMap((table) => toSpecs('bithumb', table, (base, quote) => `${quote}-${base}`))

/** Markets under review. */
export const CAUTIONED: readonly string[] = ['KRW-AERGO', 'KRW-ZIL']

/** Markets with an alert that ends by itself, and its type. */
export const ALERTS: Readonly<Record<string, string>> = {
  'KRW-BERA': 'PRICE_SUDDEN_FLUCTUATION',
  'KRW-PEPE': 'PRICE_DIFFERENCE_HIGH',
}
