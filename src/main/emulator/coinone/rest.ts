/** Coinone's REST routes. Every answer has status 200. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { INTERVALS } from './stream.ts'
import { idOf, levels, pairOf, pointed, price, size, tradeValues, worth, yesterdayValues } from './texts.ts'

function ok(fields: object): RestAnswer {
  return { status: 200, body: JSON.stringify({ result: 'success', error_code: '0', ...fields }) }
}

function fail(error_code: string, error_msg: string): RestAnswer {
  return { status: 200, body: JSON.stringify({ result: 'error', error_code, error_msg }) }
}

const WRONG_VALUE = fail('107', 'Parameter value is wrong')
const UNKNOWN = fail('108', 'Unknown CryptoCurrency')
const BLOCKED = fail('4', 'Blocked user access')
/** What a path that is none gets: the documents' front page. */
const PAGE: RestAnswer = { status: 200, body: '<!DOCTYPE html><html><body>Coinone API</body></html>' }

/** Answers for the market of the path, which may be in lower case. */
function oneMarket({ match }: RestQuery, scene: Scene, answer: (market: MarketModel) => RestAnswer): RestAnswer {
  const market = scene.find(`${match[1]}/${match[2]}`.toUpperCase())
  return market === undefined ? UNKNOWN : answer(market)
}

/** All markets of a quote currency; of any but won there are none. */
function marketsOf(scene: Scene, quote: string | undefined): readonly MarketModel[] {
  return scene.symbols
    .map((symbol) => scene.find(symbol))
    .filter((market) => market !== undefined && market.spec.quote === quote?.toUpperCase()) as MarketModel[]
}

/** `size`, if it is one of those that are allowed. */
function sizeOf({ query }: RestQuery, allowed: readonly number[], standard: number): number | undefined {
  const given = query.get('size')
  return given === null ? standard : allowed.find((count) => String(count) === given)
}

function markets(scene: Scene, { match }: RestQuery): RestAnswer {
  const rows = marketsOf(scene, match[1]).map((market) => {
    const { spec } = market
    const isHalted = spec.haltedAt !== undefined && spec.haltedAt <= scene.now
    return {
      ...pairOf(market),
      price_unit: pointed(market, spec.tick(market.middle(scene.now))),
      qty_unit: '0.00000001',
      max_order_amount: '1000000000.0',
      min_order_amount: '5000.0',
      order_book_units: ['0.0'],
      min_qty: '0.00000001',
      trade_status: isHalted ? 0 : 1,
      maintenance_status: 0,
      order_types: ['limit', 'market', 'stop_limit'],
    }
  })
  return ok({ server_time: scene.now, markets: rows })
}

function currencies(scene: Scene): RestAnswer {
  const rows = marketsOf(scene, 'KRW').map(({ spec }) => ({
    name: assetOf(spec.base).en,
    symbol: spec.base,
    deposit_status: 'normal',
    withdraw_status: 'normal',
  }))
  return ok({ server_time: scene.now, currencies: rows })
}

function tickerRow(scene: Scene, market: MarketModel, isFull: boolean) {
  const print = scene.last(market)
  const summary = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  return {
    quote_currency: market.spec.quote.toLowerCase(),
    target_currency: market.spec.base.toLowerCase(),
    timestamp: print.at,
    high: pointed(market, summary.day.high),
    low: pointed(market, summary.day.low),
    first: pointed(market, summary.day.open),
    last: pointed(market, print.price),
    quote_volume: worth(market, summary.day.worth),
    target_volume: size(summary.day.volume),
    best_asks: levels(market, asks),
    best_bids: levels(market, bids),
    id: idOf(print.at),
    ...(isFull && yesterdayValues(market, summary)),
  }
}

function tickers(scene: Scene, rest: RestQuery): RestAnswer {
  const isFull = rest.query.get('additional_data') === 'true'
  const row = (market: MarketModel) => tickerRow(scene, market, isFull)
  const server_time = scene.now
  if (rest.match[2] !== undefined)
    return oneMarket(rest, scene, (market) => ok({ server_time, tickers: [row(market)] }))
  return ok({ server_time, tickers: marketsOf(scene, rest.match[1]).map(row) })
}

function orderbook(scene: Scene, rest: RestQuery): RestAnswer {
  const count = sizeOf(rest, [5, 10, 15, 16], 15)
  if (count === undefined) return WRONG_VALUE
  return oneMarket(rest, scene, (market) => {
    const { at, bids, asks } = scene.book(market, count)
    return ok({
      timestamp: at,
      id: idOf(at),
      ...pairOf(market),
      order_book_unit: '0.0',
      bids: levels(market, bids),
      asks: levels(market, asks),
    })
  })
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  const count = sizeOf(rest, [10, 50, 100, 150, 200], 200)
  if (count === undefined) return WRONG_VALUE
  return oneMarket(rest, scene, (market) => {
    const prints = scene.trades(market, count).toReversed()
    const transactions = prints.map((print) => tradeValues(market, print))
    return ok({ server_time: scene.now, ...pairOf(market), transactions })
  })
}

/** Newest first; windows without a trade are left out, and the search for others ends here. */
const MOST_WINDOWS = 2_000

function chart(scene: Scene, rest: RestQuery): RestAnswer {
  const length = INTERVALS[rest.query.get('interval') ?? '']
  const count = Number(rest.query.get('size') ?? 200)
  if (length === undefined || !(Number.isInteger(count) && count >= 1 && count <= 500)) return WRONG_VALUE
  return oneMarket(rest, scene, (market) => {
    const until = Math.min(Number(rest.query.get('timestamp') ?? scene.now), scene.now)
    const rows: object[] = []
    const newest = Math.floor(until / length) * length
    for (let back = 0; back < MOST_WINDOWS && rows.length < count; back += 1) {
      const openAt = newest - back * length
      const candle = scene.candle(market, openAt, openAt + length)
      if (candle === undefined) continue
      rows.push({
        timestamp: openAt,
        open: price(market, candle.open),
        high: price(market, candle.high),
        low: price(market, candle.low),
        close: price(market, candle.close),
        target_volume: size(candle.volume),
        quote_volume: worth(market, candle.worth),
      })
    }
    return ok({ is_last: false, chart: rows })
  })
}

function route(path: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/public/v2/${path}/?$`), group: 'public', weight: () => 1, answer }
}

const MOST = 1_200

export const REST: EmulatedVenue['rest'] = {
  limits: { public: { count: MOST, per: MINUTE } },
  routes: [
    route('markets/(\\w+)', markets),
    route('currencies', currencies),
    route('ticker(?:_utc)?_new/(\\w+)(?:/(\\w+))?', tickers),
    route('orderbook/(\\w+)/(\\w+)', orderbook),
    route('trades/(\\w+)/(\\w+)', trades),
    route('chart/(\\w+)/(\\w+)', chart),
    { path: /./, group: 'none', weight: () => 0, answer: () => PAGE },
  ],
  usage: (_group, used) => ({
    'public-ratelimit-remaining': String(Math.max(0, MOST - used)),
    'public-ratelimit-replenish-rate': String((MOST * SECOND) / MINUTE),
    'public-ratelimit-burst-capacity': String(MOST),
  }),
  refusal: () => BLOCKED.body,
  limited: BLOCKED,
}
