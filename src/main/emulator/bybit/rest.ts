/** Bybit's REST routes: an envelope around everything, and errors with status 200. */

import { DAY, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { tickerRow } from './stream.ts'
import { crossSequence, levels, price, size, worth } from './texts.ts'

function envelope(scene: Scene, retCode: number, retMsg: string, result: object): RestAnswer {
  const body = { retCode, retMsg, result, retExtInfo: {}, time: Math.floor(scene.now) }
  return { status: 200, body: JSON.stringify(body) }
}

function bad(scene: Scene, retMsg: string): RestAnswer {
  return envelope(scene, 10001, retMsg, {})
}

/** A call's result, where the category is spot and the symbol known. */
function oneMarket(scene: Scene, { query }: RestQuery, result: (market: MarketModel) => object | string): RestAnswer {
  if (query.get('category') !== 'spot') return bad(scene, 'Category is invalid.')
  const market = scene.find(query.get('symbol') ?? '')
  if (market === undefined) return bad(scene, 'Not supported symbols')
  const found = result(market)
  return typeof found === 'string' ? bad(scene, found) : envelope(scene, 0, 'OK', found)
}

function list(scene: Scene, { query }: RestQuery, row: (market: MarketModel) => object): RestAnswer {
  if (query.get('category') !== 'spot') return bad(scene, 'Category is invalid.')
  const symbol = query.get('symbol')
  const asked = symbol === null ? scene.symbols : [symbol]
  const markets = asked.map((name) => scene.find(name)).filter((market) => market !== undefined)
  if (markets.length < asked.length) return bad(scene, 'Not supported symbols')
  return envelope(scene, 0, 'OK', { category: 'spot', list: markets.map(row) })
}

function limitOf({ query }: RestQuery, standard: number, most: number): number {
  const given = Number(query.get('limit') ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}

function instrument({ spec, seed, ...market }: MarketModel): object {
  const { symbol, base, quote, sizeStep, haltedAt, scale } = spec
  return {
    symbolId: seed % 10_000,
    symbol,
    baseCoin: base,
    quoteCoin: quote,
    innovation: '0',
    status: haltedAt === undefined ? 'Trading' : 'Closed',
    marginTrading: 'utaOnly',
    stTag: base === 'BERA' ? '1' : '0',
    lotSizeFilter: {
      basePrecision: size(sizeStep),
      quotePrecision: price({ spec: { ...spec, scale: scale + 6 }, seed, ...market }, 1),
      minOrderQty: size(sizeStep),
      maxOrderQty: '83',
      minOrderAmt: '5',
      maxOrderAmt: '8000000',
      maxLimitOrderQty: '83',
      maxMarketOrderQty: '41.5',
      postOnlyMaxLimitOrderSize: '60000',
    },
    priceFilter: { tickSize: price({ spec, seed, ...market }, 1) },
    riskParameters: { priceLimitRatioX: '0.005', priceLimitRatioY: '0.01' },
    symbolType: '',
  }
}

/** Bid and ask are here, and not on the stream. */
function tickers(scene: Scene, rest: RestQuery): RestAnswer {
  return list(scene, rest, (market) => {
    const { symbol, ...row } = tickerRow(scene, market)
    const { bids, asks } = scene.book(market, 1)
    const [[bid1Price, bid1Size] = ['', '']] = levels(market, bids)
    const [[ask1Price, ask1Size] = ['', '']] = levels(market, asks)
    const { lastPrice, prevPrice24h, price24hPcnt, highPrice24h, lowPrice24h, turnover24h, volume24h, usdIndexPrice } =
      row
    const touch = { symbol, bid1Price, bid1Size, ask1Price, ask1Size }
    const day = { prevPrice24h, price24hPcnt, highPrice24h, lowPrice24h, turnover24h, volume24h }
    return { ...touch, lastPrice, ...day, usdIndexPrice }
  })
}

function trades(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(scene, rest, (market) => {
    const seq = String(crossSequence(market, scene.book(market, 1)))
    const rows = scene.trades(market, limitOf(rest, 60, 60)).map((print) => ({
      execId: print.id,
      symbol: market.spec.symbol,
      price: price(market, print.price),
      size: size(print.size),
      side: print.side === 'buy' ? 'Buy' : 'Sell',
      time: String(print.at),
      isBlockTrade: false,
      isRPITrade: false,
      seq,
    }))
    return { category: 'spot', list: rows.toReversed() }
  })
}

const INTERVALS: Readonly<Record<string, Millis>> = {
  ...Object.fromEntries(
    [1, 3, 5, 15, 30, 60, 120, 240, 360, 720].map((minutes) => [String(minutes), minutes * MINUTE]),
  ),
  D: DAY,
}

function candles(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(scene, rest, (market) => {
    const length = INTERVALS[rest.query.get('interval') ?? '']
    if (length === undefined) return 'Invalid period!'
    const end = Math.min(Number(rest.query.get('end') ?? scene.now), scene.now)
    const newest = Math.floor(end / length) * length
    const start = Number(rest.query.get('start') ?? 0)
    const limit = limitOf(rest, 200, 1_000)
    const rows: unknown[] = []
    for (let openAt = newest; openAt >= start && rows.length < limit; openAt -= length)
      rows.push(candleRow(scene, market, openAt, length))
    return { symbol: market.spec.symbol, category: 'spot', list: rows }
  })
}

/** A window without trades is a flat row. */
function candleRow(scene: Scene, market: MarketModel, openAt: Millis, length: Millis): readonly string[] {
  const candle = scene.candle(market, openAt, openAt + length)
  const still = market.touch(openAt).bid
  const { open, high, low, close } = candle ?? { open: still, high: still, low: still, close: still }
  const prices = [open, high, low, close].map((units) => price(market, units))
  return [String(openAt), ...prices, size(candle?.volume ?? 0n), worth(market, candle?.worth ?? 0n)]
}

function book(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(scene, rest, (market) => {
    const now = scene.book(market, limitOf(rest, 1, 1_000))
    return {
      s: market.spec.symbol,
      a: levels(market, now.asks),
      b: levels(market, now.bids),
      ts: Math.floor(scene.now),
      u: now.step % 1_000_000, // of another topic than those of the stream
      seq: crossSequence(market, now),
      cts: Math.floor(now.at),
    }
  })
}

const one = () => 1

function route(name: string, answer: Route['answer']): Route {
  return { path: new RegExp(`^/v5/market/${name}$`), group: 'address', weight: one, answer }
}

const BLOCKED =
  '<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>The Amazon CloudFront distribution ' +
  'is configured to block access from your country.</BODY></HTML>'

export const REST: EmulatedVenue['rest'] = {
  limits: { address: { count: 600, per: 5 * SECOND } },
  routes: [
    route('instruments-info', (scene, rest) => list(scene, rest, instrument)),
    route('tickers', tickers),
    route('recent-trade', trades),
    route('kline', candles),
    route('orderbook', book),
  ],
  usage: () => ({}),
  refusal: (status) =>
    status === 451 || status === 403
      ? BLOCKED
      : JSON.stringify({ retCode: 10016, retMsg: 'Server error', result: {}, retExtInfo: {} }),
  limited: { status: 403, body: 'access too frequent' },
}
