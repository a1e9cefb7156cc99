/** Yahoo's chart endpoint: price, day and history of one symbol a call. No key, and no promise of any kind. */

import type { Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Decoded, Rest, RestCall } from '../exchange.ts'
import { toCandles } from './candles.ts'
import { openChart, toTicker } from './chart.ts'
import type { Chart } from './chart.ts'
import { INSTRUMENTS } from './symbols.ts'

interface Span {
  /** What is asked for: no hours, for those of Yahoo begin at the half hour in New York. */
  readonly name: string
  /** Longest stretch of one answer. */
  readonly most: Millis
  /** Rows of that name that one of ours is made of, at most. */
  readonly rows: number
}

const SPANS: ReadonlyMap<Millis, Span> = new Map([
  [MINUTE, { name: '1m', most: 7 * DAY, rows: 1 }],
  [5 * MINUTE, { name: '5m', most: 55 * DAY, rows: 1 }],
  [15 * MINUTE, { name: '15m', most: 55 * DAY, rows: 1 }],
  [HOUR, { name: '15m', most: 55 * DAY, rows: 4 }],
  [4 * HOUR, { name: '15m', most: 55 * DAY, rows: 16 }],
  [DAY, { name: '1d', most: 3_000 * DAY, rows: 1 }],
])
/** Most of a week a stock market is closed: so much longer is the stretch that holds as many candles. */
const CLOSED = 5

export const rest: Rest = {
  hosts: ['https://query1.finance.yahoo.com', 'https://query2.finance.yahoo.com'],
  limits: { chart: { count: 1, per: 2 * SECOND } },
  restAfter429: 5 * MINUTE,
  tickersEach: true,
  markets: () => Promise.resolve(INSTRUMENTS),
  tickers: (markets) =>
    markets.map((market) =>
      call(market, { range: '1d', interval: '1d' }, (chart): readonly Decoded<Ticker>[] => {
        const told = toTicker(market, chart)
        return told === undefined ? [] : [told]
      }),
    ),
  hasTrades: () => false,
  trades() {
    throw new RangeError('Yahoo tells no trades.')
  },
  book() {
    throw new RangeError('Yahoo tells no order books.')
  },
  intervals: [...SPANS.keys()],
  candles(market, interval, to, limit) {
    const span = SPANS.get(interval)
    if (span === undefined) throw new RangeError(`Yahoo has no candles of ${interval} ms.`)
    const from = to - Math.min(span.most, Math.max(3 * DAY, limit * interval * CLOSED))
    const query = {
      period1: String(Math.floor(from / SECOND)),
      period2: String(Math.ceil(to / SECOND)),
      interval: span.name,
      includePrePost: 'false',
    }
    return call(market, query, (chart) =>
      toCandles(chart, interval)
        .filter(({ openAt }) => openAt < to)
        .slice(-limit),
    )
  },
}

function call<T>(market: string, query: Readonly<Record<string, string>>, decode: (chart: Chart) => T): RestCall<T> {
  // '=' stays as it is in 'KRW=X', '^' does not.
  const symbol = encodeURIComponent(market).replaceAll('%3D', '=')
  return {
    path: `/v8/finance/chart/${symbol}?${new URLSearchParams(query).toString()}`,
    group: 'chart',
    weight: 1,
    headers: { 'User-Agent': USER_AGENT },
    decode: (body) => decode(openChart(body)),
  }
}

/** Whoever does not begin like a browser is refused as too many (reported 2026-06). */
const USER_AGENT = 'Mozilla/5.0 (compatible; Tapedeck)'
