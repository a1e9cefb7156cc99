/** Binance's REST routes, their weights, and how it refuses. */

import { MINUTE } from '../../../shared/market.ts'
import type { EmulatedVenue, Route } from '../venue.ts'
import { aggregates, candles, depth, lastPrices, ticker, touches, trades } from './answers.ts'
import { limitOf, ok, weighSymbols } from './asks.ts'
import { exchangeInfo } from './listing.ts'

const RESTRICTED =
  "Service unavailable from a restricted location according to 'b. Eligibility' in https://www.binance.com/en/terms. " +
  'Please contact customer service if you believe you received this message in error.'

const REFUSALS: Readonly<Record<number, object>> = {
  418: {
    code: -1003,
    msg: 'Way too much request weight used; IP banned. Please use WebSocket Streams for live updates to avoid bans.',
  },
  429: { code: -1003, msg: 'Too much request weight used; current limit is 6000 request weight per 1 MINUTE.' },
  451: { code: 0, msg: RESTRICTED },
  503: { code: -1001, msg: 'Internal error; unable to process your request. Please try again.' },
}

const DEPTH_WEIGHTS = [
  [100, 5],
  [500, 25],
  [1_000, 50],
  [5_000, 250],
] as const

const always = (weight: number) => () => weight

function route(path: string, weight: Route['weight'], answer: Route['answer']): Route {
  return { path: new RegExp(`^/api/v3/${path}$`), group: 'weight', weight, answer }
}

export const REST: EmulatedVenue['rest'] = {
  limits: { weight: { count: 6_000, per: MINUTE } },
  routes: [
    route('ping', always(1), () => ok({})),
    route('time', always(1), (scene) => ok({ serverTime: Math.floor(scene.now) })),
    route('exchangeInfo', always(20), exchangeInfo),
    route(
      'ticker/24hr',
      (rest) =>
        weighSymbols(rest, [
          [20, 2],
          [100, 40],
          [Number.POSITIVE_INFINITY, 80],
        ]),
      ticker,
    ),
    route(
      'ticker/price',
      (rest) =>
        weighSymbols(rest, [
          [1, 2],
          [Number.POSITIVE_INFINITY, 4],
        ]),
      lastPrices,
    ),
    route(
      'ticker/bookTicker',
      (rest) =>
        weighSymbols(rest, [
          [1, 2],
          [Number.POSITIVE_INFINITY, 4],
        ]),
      touches,
    ),
    route('trades', always(25), trades),
    route('aggTrades', always(4), aggregates),
    route('(?:ui)?[kK]lines', always(2), candles),
    route('depth', (rest) => DEPTH_WEIGHTS.find(([most]) => limitOf(rest, 100, 5_000) <= most)?.[1] ?? 250, depth),
  ],
  usage: (_group, used) => ({ 'X-MBX-USED-WEIGHT': String(used), 'X-MBX-USED-WEIGHT-1M': String(used) }),
  refusal: (status) =>
    JSON.stringify(REFUSALS[status] ?? { code: -1000, msg: 'An unknown error occurred while processing the request.' }),
}
