import type { Instrument } from '../../src/shared/market.ts'
import { createSearch } from '../../src/shared/search.ts'
import type { Measure } from './measure.ts'

const MARKETS = 3_000
const QUERIES = ['비트코인', 'ㅂㅌㅋㅇ', '비ㅌ', 'btc', 'KRW-BTC', '업비트 비트코인', 'ㅇ', 'o']
const ROUNDS = 15

/** Market search among 3,000 markets, each with a name of its own: the slowest query, and the work done once before. */
export function searchBench(): Record<string, Measure> {
  const listed = Array.from({ length: MARKETS }, (_, index): Instrument => {
    const base = index === MARKETS - 1 ? 'BTC' : `T${index.toString(36).toUpperCase()}`
    const names =
      base === 'BTC' ? { ko: '비트코인', en: 'Bitcoin' } : { ko: `토큰이름${index}`, en: `Token of ${index}` }
    return {
      key: `upbit:${base}/KRW`,
      venue: 'upbit',
      native: `KRW-${base}`,
      base,
      quote: 'KRW',
      names,
      status: 'trading',
    }
  })
  const began = performance.now()
  const markets = createSearch(listed)
  const created = performance.now() - began
  let slowest = 0
  for (const query of QUERIES)
    slowest = Math.max(
      slowest,
      median(() => markets.search(query, 50)),
    )
  return { 'search.slowest': { value: slowest, unit: 'ms' }, 'search.create': { value: created, unit: 'ms' } }
}

function median(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now()
    run()
    return performance.now() - began
  })
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1]!
}
