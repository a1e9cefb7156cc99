/** KIS's emulated stocks: eight in Seoul, four in New York. */

import type { Asset } from '../assets.ts'
import type { MarketSpec } from '../model.ts'
import { NEW_YORK_STOCKS, SEOUL_STOCKS } from '../stocks.ts'

/** Price steps in Seoul. */
const STEPS: readonly (readonly [from: number, step: number])[] = [
  [500_000, 1_000],
  [200_000, 500],
  [50_000, 100],
  [20_000, 50],
  [5_000, 10],
  [2_000, 5],
  [0, 1],
]
/** A whole share, in units of sizes. */
const SHARE = 1e8

/** Dealing is stopped in one of them. */
const HALTED: Readonly<Record<string, number>> = { '068270': Date.UTC(2026, 10, 20, 2) }

function inSeoul({ symbol, weight }: Asset): MarketSpec {
  const haltedAt = HALTED[symbol]
  return {
    symbol,
    base: symbol,
    quote: 'KRW',
    scale: 0,
    tick: (price) => STEPS.find(([from]) => price >= from)?.[1] ?? 1,
    sizeStep: SHARE,
    weight,
    worth: 4_000_000,
    depth: 10,
    ...(haltedAt !== undefined && { haltedAt }),
  }
}

export const KIS_MARKETS: readonly MarketSpec[] = [
  ...SEOUL_STOCKS.map(inSeoul),
  ...NEW_YORK_STOCKS.filter(({ symbol }) => !symbol.startsWith('^')).map(({ symbol, weight }) => ({
    symbol: `DNAS${symbol}`,
    base: symbol,
    quote: 'USD',
    scale: 2,
    tick: () => 1,
    sizeStep: SHARE,
    weight,
    worth: 3_000,
    depth: 10,
  })),
]
