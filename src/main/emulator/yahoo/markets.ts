/** Yahoo's emulated symbols. */

import type { MarketSpec } from '../model.ts'
import { NEW_YORK_STOCKS, SEOUL_STOCKS } from '../stocks.ts'

const SHARE = 1e8
const KOSDAQ: readonly string[] = ['247540', '196170']

const spec = (symbol: string, base: string, quote: string, scale: number, weight: number): MarketSpec => ({
  symbol,
  base,
  quote,
  scale,
  tick: () => 1,
  sizeStep: SHARE,
  weight,
  worth: quote === 'KRW' ? 4_000_000 : 3_000,
  depth: 1,
})

export const YAHOO_MARKETS: readonly MarketSpec[] = [
  ...NEW_YORK_STOCKS.map(({ symbol, weight }) => spec(symbol, symbol, 'USD', 2, weight)),
  ...SEOUL_STOCKS.map(({ symbol, weight }) =>
    spec(`${symbol}.${KOSDAQ.includes(symbol) ? 'KQ' : 'KS'}`, symbol, 'KRW', 0, weight),
  ),
  spec('KRW=X', 'USD', 'KRW', 2, 4),
]
