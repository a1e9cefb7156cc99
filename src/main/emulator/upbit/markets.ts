/** Upbit's emulated market list. Quote first: KRW-BTC is BTC priced in KRW. */

import { assetOf } from '../assets.ts'
import type { MarketSpec } from '../model.ts'
import { basePrice } from '../price.ts'

/** Price steps per quote currency: from this price on, this step. https://docs.upbit.com/kr/docs/krw-market-info */
const STEPS: Readonly<Record<string, readonly (readonly [from: number, step: number])[]>> = {
  KRW: [
    [1_000_000, 1_000],
    [500_000, 500],
    [100_000, 100],
    [50_000, 50],
    [10_000, 10],
    [5_000, 5],
    [100, 1],
    [10, 0.1],
    [1, 0.01],
    [0.1, 0.001],
    [0.01, 0.0001],
    [0, 0.00001],
  ],
  USDT: [
    [10, 0.01],
    [1, 0.001],
    [0.1, 0.0001],
    [0.01, 0.00001],
    [0, 0.0000001],
  ],
  BTC: [[0, 0.00000001]],
}

interface Quote {
  readonly bases: readonly string[]
  readonly weight: number
  /** Median worth of a trade in this currency. */
  readonly worth: number
  readonly depth: number
}

const QUOTES: Readonly<Record<string, Quote>> = {
  KRW: {
    bases: [
      'BTC ETH XRP SOL USDT DOGE ADA TRX AVAX LINK DOT BCH SUI NEAR APT ETC XLM HBAR ATOM UNI AAVE ARB',
      'SHIB PEPE SAND MANA ALGO VET STX SEI ONDO ENA WLD IMX GRT XTZ NEO QTUM KAIA AERGO ZIL BERA',
    ].flatMap((line) => line.split(' ')),
    weight: 1,
    worth: 240_000,
    depth: 30,
  },
  // Thin: their books do not fill the thirty places.
  BTC: { bases: ['ETH', 'XRP', 'SOL', 'ADA', 'LINK', 'BERA'], weight: 0.02, worth: 0.0015, depth: 17 },
  USDT: { bases: ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE'], weight: 0.03, worth: 90, depth: 30 },
}

/** Markets that Upbit warns of, and the caution it gives. */
export const WARNINGS: Readonly<Record<string, { readonly warning: boolean; readonly caution?: string }>> = {
  'KRW-AERGO': { warning: true },
  'KRW-ZIL': { warning: true, caution: 'GLOBAL_PRICE_DIFFERENCES' },
  'KRW-BERA': { warning: false, caution: 'PRICE_FLUCTUATIONS' },
}

export const UPBIT_MARKETS: readonly MarketSpec[] = Object.entries(QUOTES).flatMap(([quote, table]) =>
  table.bases.map((base) => toSpec(base, quote, table)),
)

function toSpec(base: string, quote: string, { weight, worth, depth }: Quote): MarketSpec {
  const symbol = `${quote}-${base}`
  const steps = STEPS[quote] ?? []
  // Fine enough for the step that would hold if the price fell to a third.
  const finest = stepAt(steps, basePrice('upbit', base, quote) / 3)
  const scale = Math.max(0, Math.round(-Math.log10(finest)))
  const units = 10 ** scale
  const inUnits = steps.map(([from, step]) => [from * units, Math.max(1, Math.round(step * units))] as const)
  const warning = WARNINGS[symbol]?.warning === true ? 'WARNING' : undefined
  return {
    symbol,
    base,
    quote,
    scale,
    tick: (price) => stepAt(inUnits, price),
    sizeStep: 1,
    weight: assetOf(base).weight * weight,
    worth,
    depth,
    ...(warning && { warning }),
  }
}

function stepAt(steps: readonly (readonly [number, number])[], price: number): number {
  for (const [from, step] of steps) if (price >= from) return step
  return 1
}
