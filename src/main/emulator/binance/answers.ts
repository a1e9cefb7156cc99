/** Binance's REST answers about prices, trades, candles and books. */

import { DAY } from '../../../shared/market.ts'
import { plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { Print, RestAnswer, RestQuery, Scene } from '../venue.ts'
import { bad, eachMarket, limitOf, numberOf, oneMarket } from './asks.ts'
import { aggregate, INTERVALS, openOf } from './stream.ts'
import { average, change, firstTradeId, levels, price, size, updateId, worth } from './texts.ts'

export function ticker(scene: Scene, rest: RestQuery): RestAnswer {
  const isMini = rest.query.get('type') === 'MINI'
  return eachMarket(rest, scene, (market) => {
    const print = scene.last(market)
    const { rolling } = scene.summary(market, print.price)
    const { bids, asks } = scene.book(market, 1)
    const [bid, bidSize] = bids[0] ?? [0, 0]
    const [ask, askSize] = asks[0] ?? [0, 0]
    const { by, percent } = change(market, rolling)
    const prices = {
      openPrice: price(market, rolling.open),
      highPrice: price(market, rolling.high),
      lowPrice: price(market, rolling.low),
    }
    const window = {
      volume: size(rolling.volume),
      quoteVolume: worth(market, rolling.worth),
      openTime: Math.floor(scene.now) - DAY,
      closeTime: Math.floor(scene.now),
      firstId: firstTradeId(market) + rolling.firstIndex,
      lastId: Number(print.id),
      count: rolling.trades,
    }
    const { symbol } = market.spec
    const lastPrice = price(market, print.price)
    if (isMini) return { symbol, ...prices, lastPrice, ...window }
    return {
      symbol,
      priceChange: by,
      priceChangePercent: percent,
      weightedAvgPrice: average(market, rolling),
      prevClosePrice: prices.openPrice,
      lastPrice,
      lastQty: size(print.size),
      bidPrice: price(market, bid),
      bidQty: size(bidSize),
      askPrice: price(market, ask),
      askQty: size(askSize),
      ...prices,
      ...window,
    }
  })
}

export function lastPrices(scene: Scene, rest: RestQuery): RestAnswer {
  return eachMarket(rest, scene, (market) => ({
    symbol: market.spec.symbol,
    price: price(market, scene.last(market).price),
  }))
}

export function touches(scene: Scene, rest: RestQuery): RestAnswer {
  return eachMarket(rest, scene, (market) => {
    const { bids, asks } = scene.book(market, 1)
    const [[bidPrice, bidQty] = ['', '']] = levels(market, bids)
    const [[askPrice, askQty] = ['', '']] = levels(market, asks)
    return { symbol: market.spec.symbol, bidPrice, bidQty, askPrice, askQty }
  })
}

function tradeRow(market: MarketModel, { id, at, side, price: units, size: amount }: Print) {
  return {
    id: Number(id),
    price: price(market, units),
    qty: size(amount),
    quoteQty: plain(BigInt(units) * BigInt(amount), market.spec.scale + 8),
    time: at,
    isBuyerMaker: side === 'sell',
    isBestMatch: true,
  }
}

export function trades(scene: Scene, rest: RestQuery): RestAnswer {
  const limit = limitOf(rest, 500, 1_000)
  return oneMarket(rest, scene, (market) => scene.trades(market, limit).map((print) => tradeRow(market, print)))
}

export function aggregates(scene: Scene, rest: RestQuery): RestAnswer {
  const limit = limitOf(rest, 500, 1_000)
  const [fromId, from, to] = ['fromId', 'startTime', 'endTime'].map((name) => numberOf(rest.query, name))
  return oneMarket(rest, scene, (market) => {
    const first = fromId ?? (from === undefined ? undefined : scene.indexAt(market, from))
    const prints =
      first === undefined ? scene.trades(market, limit, to && to + 1) : scene.tradesFrom(market, first, limit)
    return prints.filter((print) => to === undefined || print.at <= to).map((print) => aggregate(market, print))
  })
}

export function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const { query } = rest
  const length = INTERVALS[query.get('interval') ?? '']
  if (length === undefined) return bad(-1120, 'Invalid interval.')
  const limit = limitOf(rest, 500, 1_000)
  return oneMarket(rest, scene, (market) => {
    const newest = openOf(Math.min(numberOf(query, 'endTime') ?? scene.now, scene.now), length)
    const start = numberOf(query, 'startTime')
    // Candles that open at or after the start.
    const oldest = start === undefined ? newest - (limit - 1) * length : openOf(start - 1, length) + length
    const rows: unknown[] = []
    for (let openAt = oldest; openAt <= newest && rows.length < limit; openAt += length) {
      const candle = scene.candle(market, openAt, openAt + length)
      if (candle === undefined) {
        // A window without trades is a flat row, unlike on venues that leave it out.
        const still = price(market, market.touch(openAt).bid)
        const none = size(0)
        rows.push([openAt, still, still, still, still, none, openAt + length - 1, none, 0, none, none, '0'])
        continue
      }
      rows.push([
        openAt,
        price(market, candle.open),
        price(market, candle.high),
        price(market, candle.low),
        price(market, candle.close),
        size(candle.volume),
        openAt + length - 1,
        worth(market, candle.worth),
        candle.trades,
        size(candle.buyVolume),
        worth(market, candle.buyWorth),
        '0',
      ])
    }
    return rows
  })
}

export function depth(scene: Scene, rest: RestQuery): RestAnswer {
  const limit = limitOf(rest, 100, 5_000)
  return oneMarket(rest, scene, (market) => {
    const book = scene.book(market, limit)
    return { lastUpdateId: updateId(market, book), bids: levels(market, book.bids), asks: levels(market, book.asks) }
  })
}
