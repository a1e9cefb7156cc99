/** The Exchange's REST routes. It has none for all tickers. */

import { SECOND } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { candlesOf, limitOf, marketsOf, ok, productOf } from './answers.ts'
import { dayOf, makerSide, price, sequence, size, time } from './texts.ts'

const GRANULARITIES = [60, 300, 900, 3_600, 21_600, 86_400]
const MOST_CANDLES = 300

const NOT_FOUND: RestAnswer = { status: 404, body: '{"message":"NotFound"}' }

function bad(message: string): RestAnswer {
  return { status: 400, body: JSON.stringify({ message }) }
}

function products(scene: Scene): RestAnswer {
  const listed = marketsOf(scene).map(({ spec }) => toProduct(spec))
  const delisted = { ...listed[0], id: 'OLD-USD', base_currency: 'OLD', status: 'delisted', trading_disabled: true }
  return ok([...listed, delisted])
}

function toProduct({ symbol, base, quote, scale, haltedAt }: MarketModel['spec']) {
  return {
    id: symbol,
    base_currency: base,
    quote_currency: quote,
    quote_increment: price({ spec: { scale } } as MarketModel, 1),
    base_increment: '0.00000001',
    display_name: `${base}-${quote}`,
    min_market_funds: '1',
    margin_enabled: false,
    post_only: false,
    limit_only: false,
    cancel_only: false,
    status: 'online',
    status_message: '',
    trading_disabled: haltedAt !== undefined,
    fx_stablecoin: false,
    max_slippage_percentage: '0.02000000',
    auction_mode: false,
    high_bid_limit_percentage: '',
  }
}

function trades(scene: Scene, market: MarketModel, rest: RestQuery): RestAnswer {
  const limit = limitOf(rest, 1_000, 1_000)
  const after = rest.query.get('after')
  const rows = after === null ? scene.trades(market, limit) : olderThan(scene, market, Number(after), limit)
  return ok(
    rows.toReversed().map((print) => ({
      time: time(print.at),
      trade_id: Number(print.id),
      price: price(market, print.price),
      size: size(print.size),
      side: makerSide(print),
    })),
  )
}

/** The trades before that one: ids count up from one trade to the next. */
function olderThan(scene: Scene, market: MarketModel, id: number, limit: number) {
  const [newest] = scene.trades(market, 1)
  const behind = newest === undefined ? 0 : Number(newest.id) - id + 1
  return scene.trades(market, behind + limit).slice(0, -behind || undefined)
}

function ticker(scene: Scene, market: MarketModel): RestAnswer {
  const { print, rolling, bid, ask } = dayOf({ scene }, market)
  return ok({
    ask: price(market, ask),
    bid: price(market, bid),
    volume: size(rolling.volume),
    trade_id: Number(print.id),
    price: price(market, print.price),
    size: size(print.size),
    time: time(print.at),
  })
}

function stats(scene: Scene, market: MarketModel): RestAnswer {
  const { rolling } = dayOf({ scene }, market)
  return ok({
    open: price(market, rolling.open),
    high: price(market, rolling.high),
    low: price(market, rolling.low),
    last: price(market, rolling.close),
    volume: size(rolling.volume),
    volume_30day: size(rolling.volume * 30n),
  })
}

/** [time, low, high, open, close, volume] as numbers. */
function candles(scene: Scene, market: MarketModel, { query }: RestQuery): RestAnswer {
  const granularity = Number(query.get('granularity') ?? 60)
  if (!GRANULARITIES.includes(granularity)) return bad('Unsupported granularity')
  const length = granularity * SECOND
  const end = query.has('end') ? Date.parse(query.get('end') ?? '') : scene.now
  const start = query.has('start') ? Date.parse(query.get('start') ?? '') : end - MOST_CANDLES * length + SECOND
  if (Number.isNaN(start) || Number.isNaN(end)) return bad('Invalid start or end')
  if ((end - start) / length > MOST_CANDLES)
    return bad('granularity too small for the requested time range. Count of aggregations requested exceeds 300')
  return ok(
    candlesOf(scene, market, length, start, end).map((candle) => [
      candle.openAt / SECOND,
      ...[candle.low, candle.high, candle.open, candle.close].map((units) => Number(price(market, units))),
      Number(size(candle.volume)),
    ]),
  )
}

function book(scene: Scene, market: MarketModel, { query }: RestQuery): RestAnswer {
  const { bids, asks, step } = scene.book(market, query.get('level') === '2' ? market.spec.depth : 1)
  const side = (orders: typeof bids) => orders.map(([units, amount]) => [price(market, units), size(amount), 1])
  return ok({
    bids: side(bids),
    asks: side(asks),
    sequence: sequence(market, step),
    auction_mode: false,
    time: time(scene.now),
  })
}

type AnswerOfOne = (scene: Scene, market: MarketModel, rest: RestQuery) => RestAnswer

function route(path: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^${path}$`), group: 'exchange', weight: () => 1, answer }
}

function routeOfOne(path: string, answer: AnswerOfOne): Route {
  return route(`/products/([^/]+)/${path}`, (scene, rest) => {
    const market = productOf(rest, scene)
    return market === undefined ? NOT_FOUND : answer(scene, market, rest)
  })
}

export const EXCHANGE_ROUTES: readonly Route[] = [
  route('/time', (scene) => ok({ iso: time(scene.now), epoch: scene.now / SECOND })),
  route('/products', products),
  routeOfOne('trades', trades),
  routeOfOne('ticker', ticker),
  routeOfOne('stats', stats),
  routeOfOne('candles', candles),
  routeOfOne('book', book),
]
