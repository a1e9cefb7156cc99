/** Advanced Trade's public REST routes. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { candlesOf, limitOf, marketsOf, ok, productOf } from './answers.ts'
import { dayOf, makerSide, price, size, time } from './texts.ts'

const GRANULARITIES: Readonly<Record<string, Millis>> = {
  ONE_MINUTE: MINUTE,
  FIVE_MINUTE: 5 * MINUTE,
  FIFTEEN_MINUTE: 15 * MINUTE,
  THIRTY_MINUTE: 30 * MINUTE,
  ONE_HOUR: HOUR,
  TWO_HOUR: 2 * HOUR,
  SIX_HOUR: 6 * HOUR,
  ONE_DAY: DAY,
}
const MOST_CANDLES = 350

function failure(status: number, error: string, message: string): RestAnswer {
  return { status, body: JSON.stringify({ error, error_details: message, message }) }
}

/** Products in dollars are there a second time in USDC, as aliases. */
function products(scene: Scene): RestAnswer {
  const rows = marketsOf(scene).flatMap((market) => {
    const row = toProduct(scene, market)
    const { base, quote } = market.spec
    const alias = `${base}-USDC`
    if (quote !== 'USD' || scene.find(alias) !== undefined) return [row]
    return [
      { ...row, alias_to: [alias] },
      {
        ...row,
        product_id: alias,
        quote_name: 'USDC',
        quote_currency_id: 'USDC',
        alias: row.product_id,
        display_name: alias,
      },
    ]
  })
  return ok({ products: rows, num_products: rows.length })
}

function toProduct(scene: Scene, market: MarketModel) {
  const { print, rolling, percent } = dayOf({ scene }, market)
  const { symbol, base, quote, haltedAt } = market.spec
  const step = price(market, 1)
  return {
    product_id: symbol,
    price: price(market, print.price),
    price_percentage_change_24h: percent,
    volume_24h: size(rolling.volume),
    volume_percentage_change_24h: '0',
    base_increment: '0.00000001',
    quote_increment: step,
    quote_min_size: '1',
    quote_max_size: '150000000',
    base_min_size: '0.00000001',
    base_max_size: '3400',
    base_name: assetOf(base).en,
    quote_name: assetOf(quote).en,
    watched: false,
    is_disabled: false,
    new: false,
    status: 'online',
    cancel_only: false,
    limit_only: false,
    post_only: false,
    trading_disabled: haltedAt !== undefined,
    auction_mode: false,
    product_type: 'SPOT',
    quote_currency_id: quote,
    base_currency_id: base,
    fcm_trading_session_details: null,
    mid_market_price: '',
    alias: '',
    alias_to: [] as readonly string[],
    base_display_symbol: base,
    quote_display_symbol: quote,
    view_only: false,
    price_increment: step,
    display_name: symbol,
    product_venue: 'CBE',
    best_bid_price: '',
    best_ask_price: '',
  }
}

function ticker(scene: Scene, market: MarketModel, rest: RestQuery): RestAnswer {
  const { bid, ask } = dayOf({ scene }, market)
  const trades = scene.trades(market, limitOf(rest, 100, 1_000)).toReversed()
  return ok({
    trades: trades.map((print) => ({
      trade_id: print.id,
      product_id: market.spec.symbol,
      price: price(market, print.price),
      size: size(print.size),
      time: time(print.at),
      side: makerSide(print).toUpperCase(),
      bid: '',
      ask: '',
      exchange: 'coinbase',
    })),
    best_bid: price(market, bid),
    best_ask: price(market, ask),
  })
}

function candles(scene: Scene, market: MarketModel, rest: RestQuery): RestAnswer {
  const { query } = rest
  const length = GRANULARITIES[query.get('granularity') ?? '']
  if (length === undefined) return failure(400, 'INVALID_ARGUMENT', 'granularity argument is invalid')
  const [start, end] = ['start', 'end'].map((name) => Number(query.get(name) ?? Number.NaN) * SECOND) as [
    number,
    number,
  ]
  if (Number.isNaN(start) || Number.isNaN(end))
    return failure(400, 'INVALID_ARGUMENT', 'start and end arguments are required')
  if ((end - start) / length >= MOST_CANDLES)
    return failure(400, 'INVALID_ARGUMENT', 'number of candles requested should be less than 350')
  const rows = candlesOf(scene, market, length, start, end).slice(0, limitOf(rest, MOST_CANDLES, MOST_CANDLES))
  return ok({
    candles: rows.map((candle) => ({
      start: String(candle.openAt / SECOND),
      low: price(market, candle.low),
      high: price(market, candle.high),
      open: price(market, candle.open),
      close: price(market, candle.close),
      volume: size(candle.volume),
    })),
  })
}

function book(scene: Scene, market: MarketModel, rest: RestQuery): RestAnswer {
  const { bids, asks } = scene.book(market, limitOf(rest, market.spec.depth, market.spec.depth))
  const side = (orders: typeof bids) =>
    orders.map(([units, amount]) => ({ price: price(market, units), size: size(amount) }))
  const last = price(market, scene.last(market).price)
  return ok({
    pricebook: { product_id: market.spec.symbol, bids: side(bids), asks: side(asks), time: time(scene.now) },
    last,
    mid_market: last,
    spread_bps: '0.001450880372',
    spread_absolute: price(market, 1),
  })
}

function route(path: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/api/v3/brokerage/${path}$`), group: 'advanced', weight: () => 1, answer }
}

function routeOfOne(path: string, answer: (scene: Scene, market: MarketModel, rest: RestQuery) => RestAnswer): Route {
  return route(path, (scene, rest) => {
    const market = productOf(rest, scene)
    return market === undefined
      ? failure(404, 'NOT_FOUND', 'valid product_id is required')
      : answer(scene, market, rest)
  })
}

export const ADVANCED_ROUTES: readonly Route[] = [
  route('time', (scene) =>
    ok({
      iso: time(scene.now),
      epochSeconds: String(Math.floor(scene.now / SECOND)),
      epochMillis: String(Math.floor(scene.now)),
    }),
  ),
  route('market/products', products),
  routeOfOne('market/products/([^/]+)', (scene, market) => ok(toProduct(scene, market))),
  routeOfOne('market/products/([^/]+)/ticker', ticker),
  routeOfOne('market/products/([^/]+)/candles', candles),
  routeOfOne('market/product_book', book),
]
