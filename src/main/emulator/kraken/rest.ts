/** Kraken's public REST routes. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, Print, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { alternativeName, assetName, bad, countOf, marketsOf, oldCode, oneMarket, ok, pairName } from './asks.ts'
import { SIZE_DIGITS } from './markets.ts'
import { average, price, size } from './texts.ts'

const CANDLE_MINUTES = [1, 5, 15, 30, 60, 240, 1440]
const MOST_CANDLES = 720

function assetPairs(scene: Scene): RestAnswer {
  const row = (market: MarketModel) => {
    const { base, quote, scale, haltedAt } = market.spec
    return {
      altname: alternativeName(market),
      wsname: `${oldCode(base)}/${oldCode(quote)}`,
      aclass_base: 'currency',
      base: assetName(base),
      aclass_quote: 'currency',
      quote: assetName(quote),
      lot: 'unit',
      cost_decimals: 5,
      pair_decimals: scale,
      lot_decimals: SIZE_DIGITS,
      lot_multiplier: 1,
      leverage_buy: [2, 3],
      leverage_sell: [2, 3],
      fees: [],
      fees_maker: [],
      fee_volume_currency: 'ZUSD',
      margin_call: 80,
      margin_stop: 40,
      ordermin: '0.00005',
      costmin: '0.5',
      tick_size: price(market, 1),
      status: haltedAt === undefined ? 'online' : 'cancel_only',
      execution_venue: 'international',
      long_position_limit: 350,
      short_position_limit: 250,
    }
  }
  return ok(Object.fromEntries(marketsOf(scene).map((market) => [pairName(market), row(market)])))
}

function ticker(scene: Scene, rest: RestQuery): RestAnswer {
  const row = (market: MarketModel) => {
    const print = scene.last(market)
    const { rolling, day } = scene.summary(market, print.price)
    const { bids, asks } = scene.book(market, 1)
    const touch = ([units, amount]: readonly [number, number]) => [
      padded(market, units),
      String(Math.max(1, Math.round(amount / 1e8))),
      size(amount).slice(0, -5),
    ]
    return {
      a: touch(asks[0] ?? [0, 0]),
      b: touch(bids[0] ?? [0, 0]),
      c: [padded(market, print.price), size(print.size)],
      v: [size(day.volume), size(rolling.volume)],
      p: [average(market, day), average(market, rolling)],
      t: [day.trades, rolling.trades],
      l: [padded(market, day.low), padded(market, rolling.low)],
      h: [padded(market, day.high), padded(market, rolling.high)],
      o: padded(market, day.open),
    }
  }
  if (rest.query.has('pair')) return oneMarket(rest, scene, (market) => ({ rows: row(market) }))
  return ok(Object.fromEntries(marketsOf(scene).map((market) => [pairName(market), row(market)])))
}

/** REST writes prices with more zeros than the socket. */
function padded(market: MarketModel, units: number): string {
  const text = price(market, units)
  return text.includes('.') ? `${text}0000` : text
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  const count = countOf(rest, 'count', 1_000, 1_000)
  return oneMarket(rest, scene, (market) => {
    const since = sinceOf(rest)
    const prints =
      since === undefined ? scene.trades(market, count) : scene.tradesFrom(market, scene.indexAt(market, since), count)
    const row = ({ id, at, side, price: units, size: amount }: Print) =>
      [padded(market, units), size(amount), at / SECOND, side === 'buy' ? 'b' : 's', 'm', '', Number(id)] as const
    return { rows: prints.map(row), last: `${prints.at(-1)?.at ?? 0}000000` }
  })
}

/** Nanoseconds, or seconds where the number is short. */
function sinceOf({ query }: RestQuery): number | undefined {
  const text = query.get('since')
  if (text === null || !/^\d{1,19}$/.test(text)) return undefined
  return text.length > 13 ? Number(text.slice(0, -6)) : Number(text) * SECOND
}

function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const minutes = Number(rest.query.get('interval') ?? 1)
  if (!CANDLE_MINUTES.includes(minutes)) return bad('EGeneral:Invalid arguments')
  const length = minutes * MINUTE
  return oneMarket(rest, scene, (market) => {
    const newest = Math.floor(scene.now / length) * length
    // Nothing older can be had, whatever is asked for.
    const oldest = newest - (MOST_CANDLES - 1) * length
    const first = Math.max(oldest, (Math.floor((sinceOf(rest) ?? 0) / length) + 1) * length)
    const rows: unknown[] = []
    for (let openAt = first; openAt <= newest; openAt += length) rows.push(candle(scene, market, openAt, length))
    return { rows, last: (newest - length) / SECOND }
  })
}

/** A window without trades is a flat row. */
function candle(scene: Scene, market: MarketModel, openAt: number, length: number): unknown {
  const found = scene.candle(market, openAt, openAt + length)
  const still = price(market, market.touch(openAt).bid)
  if (found === undefined) return [openAt / SECOND, still, still, still, still, '0.0', size(0), 0]
  const { open, high, low, close, volume } = found
  const prices = [open, high, low, close].map((units) => price(market, units))
  return [openAt / SECOND, ...prices, average(market, found), size(volume), found.trades]
}

function depth(scene: Scene, rest: RestQuery): RestAnswer {
  const count = countOf(rest, 'count', 100, 500)
  return oneMarket(rest, scene, (market) => {
    const book = scene.book(market, count)
    const side = (orders: typeof book.bids) =>
      orders.map(([units, amount]) => [padded(market, units), size(amount).slice(0, -5), Math.floor(book.at / SECOND)])
    return { rows: { asks: side(book.asks), bids: side(book.bids) } }
  })
}

function route(path: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/0/public/${path}$`), group: 'public', weight: () => 1, answer }
}

export const REST: EmulatedVenue['rest'] = {
  // "About one a second": a little more is let through.
  limits: { public: { count: 15, per: 10 * SECOND } },
  routes: [
    route('Time', (scene) => ok({ unixtime: Math.floor(scene.now / SECOND) })),
    route('SystemStatus', () => ok({ status: 'online' })),
    route('AssetPairs', assetPairs),
    route('Ticker', ticker),
    route('Trades', trades),
    route('OHLC', candles),
    route('Depth', depth),
  ],
  usage: () => ({}),
  refusal: (status) =>
    JSON.stringify({ error: [status === 404 ? 'EGeneral:Unknown method' : 'EGeneral:Too many requests'] }),
  limited: bad('EAPI:Rate limit exceeded'),
}
