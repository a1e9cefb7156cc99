/** Yahoo's chart endpoint. Whoever does not begin like a browser gets 429. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Scene } from '../venue.ts'
import { listingOf, quoteOf } from './quotes.ts'

const INTERVALS: Readonly<Record<string, Millis>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '1d': DAY,
}
const MOST_ROWS = 2_000

const fail = (status: number, code: string, description: string): RestAnswer => ({
  status,
  body: JSON.stringify({ chart: { result: null, error: { code, description } } }),
})

function chart(scene: Scene, { match, query, headers }: RestQuery): RestAnswer {
  if (!String(headers?.['user-agent'] ?? '').startsWith('Mozilla/')) return { status: 429, body: 'Too Many Requests' }
  const market = scene.find(decodeURIComponent(match[1] ?? ''))
  if (market === undefined) return fail(404, 'Not Found', 'No data found, symbol may be delisted')
  const interval = INTERVALS[query.get('interval') ?? '1d']
  if (interval === undefined) return fail(422, 'Unprocessable Entity', 'Invalid input - interval')
  const to = query.has('period2') ? Number(query.get('period2')) * SECOND : scene.now + 1
  const from = query.has('period1') ? Number(query.get('period1')) * SECOND : to - DAY
  const { meta, ...rows } = rowsOf(
    scene,
    market,
    Math.max(from, to - MOST_ROWS * interval),
    Math.min(to, scene.now),
    interval,
  )
  return { status: 200, body: JSON.stringify({ chart: { result: [{ meta, ...rows }], error: null } }) }
}

function rowsOf(scene: Scene, market: MarketModel, from: Millis, to: Millis, interval: Millis) {
  const quote = quoteOf(scene, market)
  const { exchange, instrumentType } = listingOf(market)
  const units = 10 ** market.spec.scale
  const timestamp: number[] = []
  const rows = {
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
    volume: [] as number[],
  }
  for (let openAt = Math.ceil(from / interval) * interval; openAt < to; openAt += interval) {
    const candle = scene.candle(market, openAt, openAt + interval)
    if (candle === undefined) continue
    timestamp.push(openAt / SECOND)
    // Floats of 32 bits, as they come.
    for (const key of ['open', 'high', 'low', 'close'] as const) rows[key].push(Math.fround(candle[key] / units))
    rows.volume.push(Math.round(Number(candle.volume) / 1e8))
  }
  const meta = {
    currency: market.spec.quote,
    symbol: market.spec.symbol,
    exchangeName: exchange,
    instrumentType,
    regularMarketTime: Math.floor(quote.at / SECOND),
    gmtoffset: 0,
    regularMarketPrice: quote.price,
    regularMarketChangePercent: Number(quote.changePercent.toFixed(3)),
    regularMarketDayHigh: quote.high,
    regularMarketDayLow: quote.low,
    regularMarketVolume: quote.volume,
    chartPreviousClose: quote.previousClose,
    priceHint: market.spec.scale,
  }
  return { meta, ...(timestamp.length > 0 && { timestamp }), indicators: { quote: [rows] } }
}

export const REST: EmulatedVenue['rest'] = {
  limits: { chart: { count: 60, per: MINUTE } },
  routes: [{ path: /^\/v8\/finance\/chart\/([^/]+)$/, group: 'chart', weight: () => 1, answer: chart }],
  usage: () => ({}),
  refusal: (status) => (status === 429 ? 'Too Many Requests' : `{"finance":{"error":{"code":"${status}"}}}`),
}
