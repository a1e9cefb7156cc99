/** Digital X's REST routes. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { LADDER } from './markets.ts'
import { bookValues, isStopped, price, size, tickerValues, tradeValues } from './texts.ts'

function ok(data: unknown): RestAnswer {
  return { status: 200, body: JSON.stringify({ success: true, data }) }
}

function bodyOf(code: number, message: string): string {
  return JSON.stringify({ success: false, error: { code, message } })
}

function bad(message: string): RestAnswer {
  return { status: 400, body: bodyOf(400, message) }
}

const BAD_REQUEST = bad('BAD_REQUEST')

/** Answers for the market of `symbol`, whose case counts. */
function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => RestAnswer): RestAnswer {
  const symbol = query.get('symbol')
  if (symbol === null || symbol === '') return BAD_REQUEST
  const market = scene.find(symbol)
  return market === undefined ? bad('INVALID_CURRENCY_PAIR') : answer(market)
}

/** Rows of the markets of `symbol`, or of all; those that do not exist are left out. */
function eachMarket({ query }: RestQuery, scene: Scene, row: (market: MarketModel) => object): RestAnswer {
  const asked = query.get('symbol')?.split(',') ?? scene.symbols
  return ok(asked.flatMap((symbol) => scene.find(symbol) ?? []).map(row))
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  return text === null ? undefined : Number(text)
}

function isCount(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= most
}

function pairs(scene: Scene, rest: RestQuery): RestAnswer {
  return eachMarket(rest, scene, (market) => ({
    symbol: market.spec.symbol,
    status: isStopped(market, scene.now) ? 'stopped' : 'launched',
    baseCurrency: market.spec.base.toLowerCase(),
    quoteCurrency: market.spec.quote.toLowerCase(),
    minOrderValue: '5000',
    maxOrderValue: '1000000000',
  }))
}

function currencies(scene: Scene): RestAnswer {
  const bases = scene.symbols.flatMap((symbol) => scene.find(symbol)?.spec.base ?? [])
  return ok(bases.map((base) => ({ name: base.toLowerCase(), fullName: assetOf(base).en })))
}

function tickSizePolicy(scene: Scene, rest: RestQuery): RestAnswer {
  if (!rest.query.has('symbol')) return BAD_REQUEST
  return eachMarket(rest, scene, ({ spec }) => ({ symbol: spec.symbol, tickSizePolicy: LADDER, orderbookLevels: [] }))
}

function tickers(scene: Scene, rest: RestQuery): RestAnswer {
  return eachMarket(rest, scene, (market) => ({
    symbol: market.spec.symbol,
    ...tickerValues(market, scene.last(market), scene),
  }))
}

function orderbook(scene: Scene, rest: RestQuery): RestAnswer {
  if (rest.query.has('level')) return BAD_REQUEST
  return oneMarket(rest, scene, (market) => ok(bookValues(market, scene.book(market, 30), scene.now)))
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  const limit = numberOf(rest.query, 'limit') ?? 100
  if (!isCount(limit, 500)) return BAD_REQUEST
  return oneMarket(rest, scene, (market) =>
    ok(
      scene
        .trades(market, limit)
        .map((print) => tradeValues(market, print))
        .toReversed(),
    ),
  )
}

const KOREAN_TIME = 9 * HOUR

/** Where candles open, after 00:00 UTC; a week on Mondays of Korea. */
const LENGTHS: Readonly<Record<string, { readonly length: Millis; readonly from: Millis }>> = {
  ...Object.fromEntries([1, 5, 15, 30, 60].map((count) => [String(count), { length: count * MINUTE, from: 0 }])),
  240: { length: 4 * HOUR, from: -KOREAN_TIME },
  '1D': { length: DAY, from: -KOREAN_TIME },
  '1W': { length: 7 * DAY, from: 4 * DAY - KOREAN_TIME },
}

/** Windows without a trade are left out, and the search for `limit` others ends here. */
const MOST_WINDOWS = 2_000

function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const interval = LENGTHS[rest.query.get('interval') ?? '']
  const limit = numberOf(rest.query, 'limit')
  if (interval === undefined || !isCount(limit, 200)) return BAD_REQUEST
  const { length, from } = interval
  const start = numberOf(rest.query, 'start') ?? 0
  return oneMarket(rest, scene, (market) => {
    const until = Math.min(numberOf(rest.query, 'end') ?? scene.now, scene.now)
    const newest = Math.floor((until - from) / length) * length + from
    const rows: object[] = []
    for (let back = 0; back < MOST_WINDOWS && rows.length < limit; back += 1) {
      const openAt = newest - back * length
      if (openAt < start) break
      const candle = scene.candle(market, openAt, openAt + length)
      if (candle === undefined) continue
      rows.push({
        timestamp: openAt,
        open: price(market, candle.open),
        high: price(market, candle.high),
        low: price(market, candle.low),
        close: price(market, candle.close),
        volume: size(candle.volume),
      })
    }
    return ok(rows.toReversed())
  })
}

function route(path: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/v2/${path}$`), group: 'public', weight: () => 1, answer }
}

const MOST = 50

export const REST: EmulatedVenue['rest'] = {
  limits: { public: { count: MOST, per: SECOND } },
  routes: [
    route('currencyPairs', pairs),
    route('currencies', currencies),
    route('tickSizePolicy', tickSizePolicy),
    route('tickers', tickers),
    route('orderbook', orderbook),
    route('trades', trades),
    route('candles', candles),
    route('time', (scene) => ok({ time: scene.now })),
  ],
  usage: (_group, used) => ({
    Ratelimit: `limit=${MOST}, remaining=${Math.max(0, MOST - used)}, reset=1`,
    'Ratelimit-Policy': `${MOST};w=1`,
  }),
  refusal: (status) => bodyOf(status, status === 404 ? 'NOT_FOUND' : 'REFUSED'),
}
