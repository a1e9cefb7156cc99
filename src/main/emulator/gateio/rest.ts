/** Gate.io's REST routes: bare JSON, and errors with status 400. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import { fixed } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { tickerRow } from './stream.ts'
import { finely, levels, percent, price, seconds, size, updateId, worth } from './texts.ts'

function ok(value: unknown): RestAnswer {
  return { status: 200, body: JSON.stringify(value) }
}

function bad(label: string, message: string): RestAnswer {
  return { status: 400, body: JSON.stringify({ label, message }) }
}

function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => RestAnswer): RestAnswer {
  const symbol = query.get('currency_pair') ?? ''
  if (symbol === '') return bad('MISSING_REQUIRED_PARAM', 'Missing required parameter: currency_pair')
  const market = scene.find(symbol)
  return market === undefined ? bad('INVALID_CURRENCY_PAIR', `Invalid currency pair ${symbol}`) : answer(market)
}

function allMarkets(scene: Scene): readonly MarketModel[] {
  return scene.symbols.map((symbol) => scene.find(symbol)).filter((market) => market !== undefined)
}

function limitOf({ query }: RestQuery, standard: number, most: number): number {
  const given = Number(query.get('limit') ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}

/** Its precisions count decimals. */
function pairRow({ spec }: MarketModel): object {
  const { symbol, base, quote, scale, sizeStep, haltedAt } = spec
  return {
    id: symbol,
    base,
    base_name: assetOf(base).en,
    quote,
    quote_name: assetOf(quote).en,
    trade_quotes: [],
    fee: '0.2',
    min_base_amount: size(sizeStep),
    min_quote_amount: '3',
    max_base_amount: '100000000',
    max_quote_amount: '5000000',
    amount_precision: 8 - Math.round(Math.log10(sizeStep)),
    precision: scale,
    trade_status: haltedAt === undefined ? 'tradable' : 'untradable',
    sell_start: 0,
    buy_start: 0,
    type: 'normal',
    trade_url: `https://www.gate.com/trade/${symbol}`,
    st_tag: false,
    up_rate: '0.5',
    down_rate: '0.5',
    slippage: '0.1',
    market_order_max_stock: '65',
    market_order_max_money: '5000000',
  }
}

function tickers(scene: Scene, rest: RestQuery): RestAnswer {
  const row = (market: MarketModel) => {
    const { currency_pair, last, lowest_ask, highest_bid, change_percentage, ...day } = tickerRow(scene, market)
    const { price: close } = scene.last(market)
    const change = percent(scene.summary(market, close).day.open, close)
    const touch = { currency_pair, last, lowest_ask, highest_bid, change_percentage }
    return { ...touch, change_utc0: change, change_utc8: change, ...day }
  }
  if (rest.query.has('currency_pair')) return oneMarket(rest, scene, (market) => ok([row(market)]))
  return ok(allMarkets(scene).map(row))
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(rest, scene, (market) => {
    const rows = scene.trades(market, limitOf(rest, 100, 1_000)).map((print) => ({
      id: print.id,
      create_time: String(seconds(print.at)),
      create_time_ms: finely(market, print),
      currency_pair: market.spec.symbol,
      side: print.side,
      amount: size(print.size),
      price: price(market, print.price),
      sequence_id: print.id,
    }))
    return ok(rows.toReversed())
  })
}

const INTERVALS: Readonly<Record<string, Millis>> = {
  '1s': SECOND,
  '10s': 10 * SECOND,
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '4h': 4 * HOUR,
  '8h': 8 * HOUR,
  '1d': DAY,
}

const MOST_CANDLES = 1_000

function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const { query } = rest
  return oneMarket(rest, scene, (market) => {
    const length = INTERVALS[query.get('interval') ?? '30m']
    if (length === undefined) return bad('INVALID_PARAM_VALUE', 'Invalid interval')
    const isRange = query.has('from') || query.has('to')
    if (isRange && query.has('limit')) return bad('INVALID_PARAM_VALUE', 'limit conflicts with from and to')
    const openOf = (at: Millis) => Math.floor(at / length) * length
    const to = openOf(Math.min(query.has('to') ? Number(query.get('to')) * SECOND : scene.now, scene.now))
    const count = limitOf(rest, 100, MOST_CANDLES)
    const from = query.has('from')
      ? Math.ceil((Number(query.get('from')) * SECOND) / length) * length
      : to - (count - 1) * length
    if ((to - from) / length >= MOST_CANDLES)
      return bad('INVALID_PARAM_VALUE', 'Candlestick range too broad. Maximum 1000 data points are allowed per request')
    const rows: unknown[] = []
    for (let openAt = from; openAt <= to; openAt += length) rows.push(candleRow(scene, market, openAt, length))
    return ok(rows)
  })
}

/** Seconds, quote volume, close, high, low, open, volume, closed. A window without trades is a flat row. */
function candleRow(scene: Scene, market: MarketModel, openAt: Millis, length: Millis): readonly string[] {
  const candle = scene.candle(market, openAt, openAt + length)
  const still = market.touch(openAt).bid
  const { open, high, low, close } = candle ?? { open: still, high: still, low: still, close: still }
  const prices = [close, high, low, open].map((units) => price(market, units))
  const volume = fixed(candle?.volume ?? 0n, 8, 8)
  const isClosed = scene.now >= openAt + length
  return [String(openAt / SECOND), worth(market, candle?.worth ?? 0n), ...prices, volume, String(isClosed)]
}

function book(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(rest, scene, (market) => {
    const now = scene.book(market, limitOf(rest, 10, 1_000))
    return ok({
      ...(rest.query.get('with_id') === 'true' && { id: updateId(market, now) }),
      current: Math.floor(scene.now),
      update: Math.floor(now.at),
      asks: levels(market, now.asks),
      bids: levels(market, now.bids),
    })
  })
}

const one = () => 1
const LIMIT = { count: 200, per: 10 * SECOND }

function route(name: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/api/v4/spot/${name}$`), group: name, weight: one, answer }
}

const ROUTES: readonly Route[] = [
  route('currency_pairs', (scene) => ok(allMarkets(scene).map(pairRow))),
  route('tickers', tickers),
  route('trades', trades),
  route('candlesticks', candles),
  route('order_book', book),
]

const REFUSALS: Readonly<Record<number, object>> = {
  404: { label: 'NOT_FOUND', message: 'Not found' },
  429: { label: 'TOO_MANY_REQUESTS', message: 'Request Rate Limit Exceeded (429)' },
}

export const REST: EmulatedVenue['rest'] = {
  limits: Object.fromEntries(ROUTES.map(({ group }) => [group, LIMIT])),
  routes: ROUTES,
  usage: (_group, used) => ({
    'X-Gate-RateLimit-Requests-Remain': String(Math.max(0, LIMIT.count - used)),
    'X-Gate-RateLimit-Limit': String(LIMIT.count),
  }),
  refusal: (status) => JSON.stringify(REFUSALS[status] ?? { label: 'SERVER_ERROR', message: 'Internal server error' }),
}
