/** Kraken's channels: what each says of its symbol. */

import { SECOND } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Print, Topic } from '../venue.ts'
import { average, change, price, size, time } from './texts.ts'
import { sayBook } from './stream-book.ts'

/** What a client asks of a channel beside the symbol. */
export interface Params {
  readonly channel: string
  readonly depth?: unknown
  readonly event_trigger?: unknown
  readonly snapshot?: unknown
}

type Speak = (moment: Moment, market: MarketModel) => Frame | undefined

export const DEPTHS: readonly number[] = [10, 25, 100, 500, 1000]
const SNAPSHOT_TRADES = 50

/** The topic of a channel and symbol, or a sentence in the venue's words. */
export function toTopic(params: Params, symbol: string): Topic | string {
  const { channel, depth = 10, event_trigger: trigger = 'trades', snapshot } = params
  if (channel === 'trade') return topicOf(`trade ${symbol}`, symbol, 'trade', 'trade', snapshot === true, sayTrade)
  if (channel === 'ticker') {
    if (trigger !== 'trades' && trigger !== 'bbo') return 'Event trigger not supported'
    const cadence = trigger === 'bbo' ? BOOK_GRID : 'trade'
    return topicOf(`ticker ${trigger} ${symbol}`, symbol, 'ticker', cadence, snapshot !== false, sayTicker)
  }
  if (channel === 'book') {
    if (!DEPTHS.includes(Number(depth))) return 'Subscription depth not supported'
    const say = sayBook(Number(depth))
    return topicOf(`book ${String(depth)} ${symbol}`, symbol, 'book', BOOK_GRID, snapshot !== false, say)
  }
  return 'Channel not supported'
}

function topicOf(
  key: string,
  symbol: string,
  channel: Topic['channel'],
  cadence: Topic['cadence'],
  snapshot: boolean,
  speak: Speak,
): Topic {
  return {
    key,
    market: symbol,
    channel,
    cadence,
    snapshot,
    live: true,
    frame(moment) {
      const market = moment.scene.find(symbol)
      return market && speak(moment, market)
    },
  }
}

function sayTrade({ scene, cause, trade }: Moment, market: MarketModel): Frame | undefined {
  if (cause !== 'snapshot') return trade && { text: toFrame('trade', 'update', [tradeText(market, trade)]) }
  const trades = scene.trades(market, SNAPSHOT_TRADES).map((print) => tradeText(market, print))
  return { text: toFrame('trade', 'snapshot', trades) }
}

function tradeText(market: MarketModel, { id, index, at, side, price: units, size: amount }: Print): string {
  const type = index % 4 === 0 ? 'market' : 'limit'
  return (
    `{"symbol":"${market.spec.symbol}","side":"${side}","price":${price(market, units)},"qty":${size(amount)},` +
    `"ord_type":"${type}","trade_id":${id},"timestamp":"${time(at)}"}`
  )
}

function sayTicker({ scene, cause, memory }: Moment, market: MarketModel): Frame | undefined {
  const print = scene.last(market)
  const { bids, asks } = scene.book(market, 1)
  const [bid, bidSize] = bids[0] ?? [0, 0]
  const [ask, askSize] = asks[0] ?? [0, 0]
  const state = `${print.id} ${bid} ${bidSize} ${ask} ${askSize}`
  if (cause === 'tick' && state === memory) return undefined
  const { rolling } = scene.summary(market, print.price)
  const { by, percent } = change(market, rolling)
  const text =
    `{"symbol":"${market.spec.symbol}","bid":${price(market, bid)},"bid_qty":${size(bidSize)},"ask":${price(market, ask)},` +
    `"ask_qty":${size(askSize)},"last":${price(market, print.price)},"volume":${size(rolling.volume)},` +
    `"vwap":${average(market, rolling)},"low":${price(market, rolling.low)},"high":${price(market, rolling.high)},` +
    `"change":${by},"change_pct":${percent},"trades":${rolling.trades},"timestamp":"${time(scene.now)}"}`
  return { text: toFrame('ticker', cause === 'snapshot' ? 'snapshot' : 'update', [text]), memory: state }
}

function toFrame(channel: string, type: 'snapshot' | 'update', data: readonly string[]): string {
  return `{"channel":"${channel}","type":"${type}","data":[${data.join(',')}]}`
}

/** Once anything is subscribed to. */
export const HEARTBEAT = { text: '{"channel":"heartbeat"}', every: SECOND }
