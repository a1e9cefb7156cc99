/** Bithumb's REST routes. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import { kst } from '../upbit/clock.ts'
import { toObject } from '../upbit/layout.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { clamp, eachMarket, fail, ok, oneMarket } from './asks.ts'
import { candles } from './candles.ts'
import { REST_LAYOUTS } from './layout.ts'
import { ALERTS, CAUTIONED } from './markets.ts'
import { bookValues, tickerValues, tradeValues } from './texts.ts'

const MOST_TICKERS = 200

function marketAll(scene: Scene, { query }: RestQuery): RestAnswer {
  const isDetailed = query.get('isDetails') === 'true'
  const rows = scene.symbols.map((market) => {
    const { ko, en } = assetOf(market.split('-')[1] ?? '')
    const market_warning = CAUTIONED.includes(market) ? 'CAUTION' : 'NONE'
    return JSON.stringify({ market, korean_name: ko, english_name: en, ...(isDetailed && { market_warning }) })
  })
  return ok(rows)
}

function alerts(scene: Scene): RestAnswer {
  const { date, time } = kst(scene.now + DAY)
  const rows = Object.entries(ALERTS).map(([market, warning_type]) =>
    JSON.stringify({ market, warning_type, end_date: `${date} ${time}`, warning_step: 'CAUTION' }),
  )
  return ok(rows)
}

function tickers(scene: Scene, rest: RestQuery): RestAnswer {
  if ((rest.query.get('markets') ?? '').split(',').length > MOST_TICKERS)
    return fail(400, "Parameter 'markets' must be less than or equal to 200 items.", 400)
  return eachMarket(rest, scene, (market) => {
    const print = scene.last(market)
    return toObject(REST_LAYOUTS.ticker, tickerValues(market, print, scene.summary(market, print.price), scene.now))
  })
}

/** Thirty places for one market, fifteen for several. */
function orderbook(scene: Scene, rest: RestQuery): RestAnswer {
  return eachMarket(rest, scene, (market, count) => {
    const places = count === 1 ? 30 : 15
    return toObject(REST_LAYOUTS.orderbook, bookValues(market, scene.book(market, places), places))
  })
}

function ticks(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(rest, scene, (market) => {
    const count = clamp(rest.query.get('count'), 1, 500)
    const prints = scene.trades(market, count, ticksBefore(scene.now, rest.query))
    const rows = prints.toReversed().map((print) => {
      const { previousClose } = scene.summary(market, print.price)
      return toObject(REST_LAYOUTS.trade, tradeValues(market, print, previousClose, print.at))
    })
    return ok(rows)
  })
}

/** `to` (HHmmss or HH:mm:ss, UTC) of today or of `daysAgo`; `cursor` is an id, which begins with its time. */
function ticksBefore(now: Millis, query: URLSearchParams): Millis | undefined {
  const cursor = query.get('cursor')
  if (cursor !== null) return Number(cursor.slice(0, 13))
  const days = query.get('daysAgo')
  const to = query.get('to')?.replaceAll(':', '')
  if (days === null && to === undefined) return undefined
  const midnight = Math.floor(now / DAY) * DAY - Number(days ?? 0) * DAY
  if (to === undefined) return midnight + DAY
  return midnight + Number(to.slice(0, 2)) * HOUR + Number(to.slice(2, 4)) * MINUTE + Number(to.slice(4, 6)) * SECOND
}

function route(path: string, group: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/v1/${path}$`), group, weight: () => 1, answer }
}

const ROUTES: readonly Route[] = [
  route('market/all', 'other', marketAll),
  route('market/virtual_asset_warning', 'other', alerts),
  route('ticker', 'ticker', tickers),
  route('orderbook', 'orderbook', orderbook),
  route('trades/ticks', 'trade', ticks),
  route('candles/(minutes)(?:/(\\d+))?', 'candle', candles),
  route('candles/(days|weeks|months)', 'candle', candles),
]

const MOST = 150
const PER_SECOND = { count: MOST, per: SECOND }

export const REST: EmulatedVenue['rest'] = {
  limits: { other: PER_SECOND, ticker: PER_SECOND, orderbook: PER_SECOND, trade: PER_SECOND, candle: PER_SECOND },
  routes: ROUTES,
  usage: (_group, used) => ({
    'x-ratelimit-remaining': String(Math.max(0, MOST - used)),
    'x-ratelimit-requested-tokens': '1',
    'x-ratelimit-burst-capacity': String(MOST),
    'x-ratelimit-replenish-rate': String(MOST),
  }),
  refusal: (status) =>
    JSON.stringify(
      status === 404
        ? { name: 'not_found', message: 'No Route matched with those values' }
        : { error: { name: status, message: 'The request was refused.' } },
    ),
}
