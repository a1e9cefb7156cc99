/** A venue as its frames and answers see it: the model, the venue's clock, and what has been refused on command. */

import { SECOND } from '../../shared/market.ts'
import type { Millis } from '../../shared/market.ts'
import { bookAt } from './book.ts'
import { candleAt } from './candles.ts'
import type { MarketModel, ModelTrade } from './model.ts'
import { createSummaries } from './summary.ts'
import type { EmulatedVenue, Print, Scene } from './venue.ts'

/** The part of a scene that its owner moves. */
export interface SceneClock {
  /** Model time: everything before has happened. */
  at(): Millis
  /** How far the venue's clock is ahead of it. */
  skew(): Millis
  isRefused(symbol: string): boolean
}

export interface OpenScene extends Scene {
  /** A model trade as the venue prints it. */
  print(market: MarketModel, trade: ModelTrade): Print
}

export function createScene(
  venue: EmulatedVenue,
  markets: ReadonlyMap<string, MarketModel>,
  clock: SceneClock,
): OpenScene {
  const summaries = createSummaries(venue.dayOpens)
  const symbols = [...markets.keys()]

  function print(market: MarketModel, trade: ModelTrade): Print {
    const { index, nth, at, price, size, side } = trade
    return { index, nth, at: at + clock.skew(), price, size, side, id: venue.tradeId(market, trade), modelAt: at }
  }

  function trades(market: MarketModel, limit: number, before = clock.at() + clock.skew()): readonly Print[] {
    const until = Math.min(before - clock.skew(), clock.at())
    return market.tradesBefore(until, limit).map((trade) => print(market, trade))
  }

  return {
    get now() {
      return clock.at() + clock.skew()
    },
    get symbols() {
      return symbols.filter((symbol) => !clock.isRefused(symbol))
    },
    find: (symbol) => (clock.isRefused(symbol) ? undefined : markets.get(symbol)),
    last(market) {
      const last = trades(market, 1)[0]
      if (last === undefined) throw new Error(`emulator: ${market.spec.symbol} has no trade before ${clock.at()}`)
      return last
    },
    trades,
    tradesFrom(market, index, limit) {
      const from = market.secondOf(index) * SECOND
      const found: Print[] = []
      for (let second = from / SECOND; second * SECOND < clock.at() && found.length < limit; second += 1) {
        for (const trade of market.tradesIn(second)) {
          if (trade.index >= index && trade.at < clock.at() && found.length < limit) found.push(print(market, trade))
        }
      }
      return found
    },
    indexAt(market, at) {
      const moment = at - clock.skew()
      const second = Math.floor(moment / SECOND)
      return market.tradesIn(second).find((trade) => trade.at >= moment)?.index ?? market.count(second + 1)
    },
    book(market, depth) {
      const book = bookAt(market, clock.at(), depth)
      return { ...book, at: book.at + clock.skew() }
    },
    summary: (market, last) => summaries(market, clock.at(), last),
    candle(market, openAt, closeAt) {
      const skew = clock.skew()
      const candle = candleAt(market, openAt - skew, closeAt - skew, clock.at())
      return candle && { ...candle, openAt, closeAt, lastAt: candle.lastAt + skew }
    },
    print,
  }
}
