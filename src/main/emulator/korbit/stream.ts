/** Digital X's topics: what a market says on the stream. */

import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Moment, Topic } from '../venue.ts'
import { bookValues, isStopped, tickerValues, tradeValues } from './texts.ts'

export const TYPES = ['ticker', 'orderbook', 'trade'] as const
export type Type = (typeof TYPES)[number]

export function toTopic(type: Type, symbol: string): Topic {
  return {
    key: `${type} ${symbol}`,
    market: symbol,
    channel: type === 'orderbook' ? 'book' : type,
    cadence: type === 'orderbook' ? BOOK_GRID : 'trade',
    snapshot: true,
    live: true,
    frame(moment) {
      const market = moment.scene.find(symbol)
      if (market === undefined) return undefined
      const { data, state } = say(type, moment, market)
      if (moment.cause === 'tick' && (state === moment.memory || isStopped(market, moment.scene.now))) return undefined
      const snapshot = moment.cause === 'snapshot' ? { snapshot: true } : {}
      return {
        text: JSON.stringify({ symbol, timestamp: moment.scene.now, type, ...snapshot, data }),
        ...(state !== undefined && { memory: state }),
      }
    },
  }
}

function say(
  type: Type,
  { scene, trade }: Moment,
  market: MarketModel,
): { readonly data: unknown; readonly state?: string } {
  if (type === 'orderbook') {
    const { timestamp, ...sides } = bookValues(market, scene.book(market, 30), scene.now)
    return { data: { timestamp, ...sides }, state: JSON.stringify(sides) }
  }
  const print = trade ?? scene.last(market)
  return { data: type === 'trade' ? [tradeValues(market, print)] : tickerValues(market, print, scene) }
}
