/** OKX's REST routes: an envelope around everything, and errors with status 200. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, Print, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { instrumentRow } from './listing.ts'
import { tickerRow } from './stream.ts'
import { fillsOf, lastFillId, levels, price, size, sourceOf, worth } from './texts.ts'

function ok(data: readonly unknown[]): RestAnswer {
  return { status: 200, body: JSON.stringify({ code: '0', msg: '', data }) }
}

function bad(code: string, msg: string): RestAnswer {
  return { status: 200, body: JSON.stringify({ code, data: [], msg }) }
}

function oneMarket({ query }: RestQuery, scene: Scene, rows: (market: MarketModel) => readonly unknown[] | RestAnswer) {
  const symbol = query.get('instId') ?? ''
  if (symbol === '') return bad('50014', 'Parameter instId can not be empty.')
  const market = scene.find(symbol)
  if (market === undefined) return bad('51001', "Instrument ID, Instrument ID code, or Spread ID doesn't exist.")
  const found = rows(market)
  return 'status' in found ? found : ok(found)
}

function eachMarket({ query }: RestQuery, scene: Scene, row: (market: MarketModel) => unknown): RestAnswer {
  if (query.get('instType') !== 'SPOT') return bad('51000', 'Parameter instType error')
  return ok(
    scene.symbols
      .map((symbol) => scene.find(symbol))
      .filter((market) => market !== undefined)
      .map(row),
  )
}

function limitOf({ query }: RestQuery, name: string, standard: number, most: number): number {
  const given = Number(query.get(name) ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}

/** The stream's ticker in an order of its own. */
function tickerOf(scene: Scene, market: MarketModel): object {
  const { sodUtc0, sodUtc8, ts, ...row } = tickerRow(scene, market)
  return { ...row, sodUtc0, sodUtc8, ts }
}

/** The fills of a trade, newest first. */
function fillRows(market: MarketModel, print: Print): readonly unknown[] {
  const sizes = fillsOf(market, print)
  const first = lastFillId(market, print.index) - sizes.length + 1
  return sizes
    .map((amount, nth) => ({
      instId: market.spec.symbol,
      side: print.side,
      sz: size(amount),
      source: sourceOf(print),
      px: price(market, print.price),
      tradeId: String(first + nth),
      ts: String(print.at),
    }))
    .toReversed()
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  const limit = limitOf(rest, 'limit', 100, 500)
  return oneMarket(rest, scene, (market) =>
    scene
      .trades(market, limit)
      .toReversed()
      .flatMap((print) => fillRows(market, print))
      .slice(0, limit),
  )
}

/** Without `utc` the longer ones open at midnight of UTC+8. */
const BARS: Readonly<Record<string, { readonly length: Millis; readonly shift: Millis }>> = Object.fromEntries([
  ...[1, 3, 5, 15, 30].map((count) => [`${count}m`, { length: count * MINUTE, shift: 0 }]),
  ...[1, 2, 4].map((count) => [`${count}H`, { length: count * HOUR, shift: 0 }]),
  ...[6, 12].flatMap((count) => [
    [`${count}H`, { length: count * HOUR, shift: -8 * HOUR }],
    [`${count}Hutc`, { length: count * HOUR, shift: 0 }],
  ]),
  ['1D', { length: DAY, shift: -8 * HOUR }],
  ['1Dutc', { length: DAY, shift: 0 }],
])

const MOST_CANDLES = 300
const NEWEST_CANDLES = 1_440

function candles(isOld: boolean): Route['answer'] {
  return (scene, rest) =>
    oneMarket(rest, scene, (market) => {
      const bar = BARS[rest.query.get('bar') ?? '1m']
      if (bar === undefined) return bad('51000', 'Parameter bar error')
      const limit = limitOf(rest, 'limit', 100, MOST_CANDLES)
      const { length, shift } = bar
      const openOf = (at: Millis) => Math.floor((at - shift) / length) * length + shift
      const newest = openOf(Math.min(Number(rest.query.get('after') ?? scene.now + 1), scene.now + 1) - 1)
      const oldest = isOld ? 0 : openOf(scene.now) - (NEWEST_CANDLES - 1) * length
      const rows: unknown[] = []
      for (let openAt = newest; openAt >= oldest && rows.length < limit; openAt -= length)
        rows.push(candleRow(scene, market, openAt, length))
      return rows
    })
}

/** A window without trades is a flat row. */
function candleRow(scene: Scene, market: MarketModel, openAt: Millis, length: Millis): readonly string[] {
  const isClosed = scene.now >= openAt + length ? '1' : '0'
  const candle = scene.candle(market, openAt, openAt + length)
  const still = market.touch(openAt).bid
  const { open, high, low, close } = candle ?? { open: still, high: still, low: still, close: still }
  const money = worth(market, candle?.worth ?? 0n)
  const prices = [open, high, low, close].map((units) => price(market, units))
  return [String(openAt), ...prices, size(candle?.volume ?? 0n), money, money, isClosed]
}

function books(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(rest, scene, (market) => {
    const { asks, bids } = scene.book(market, limitOf(rest, 'sz', 1, 400))
    return [{ asks: levels(market, asks), bids: levels(market, bids), ts: String(Math.floor(scene.now)) }]
  })
}

const one = () => 1

function route(path: string, answer: Route['answer']): Route {
  const group = path.slice(path.indexOf('/') + 1)
  return { path: new RegExp(`^/api/v5/${path}$`), group, weight: one, answer }
}

const REFUSALS: Readonly<Record<number, object>> = {
  404: { msg: 'Not Found', code: '404', data: null },
  429: { msg: 'Too Many Requests', code: '50011', data: [] },
  503: { msg: 'Service temporarily unavailable. Please try again later.', code: '50001', data: [] },
}

export const REST: EmulatedVenue['rest'] = {
  limits: Object.fromEntries(
    Object.entries({ instruments: 20, tickers: 20, trades: 100, candles: 40, 'history-candles': 20, books: 40 }).map(
      ([group, count]) => [group, { count, per: 2 * SECOND }],
    ),
  ),
  routes: [
    route('public/instruments', (scene, rest) => eachMarket(rest, scene, instrumentRow)),
    route('market/tickers', (scene, rest) => eachMarket(rest, scene, (market) => tickerOf(scene, market))),
    route('market/trades', trades),
    route('market/candles', candles(false)),
    route('market/history-candles', candles(true)),
    route('market/books', books),
  ],
  usage: () => ({}),
  refusal: (status) => JSON.stringify(REFUSALS[status] ?? { msg: 'Service unavailable', code: '50026', data: [] }),
}
