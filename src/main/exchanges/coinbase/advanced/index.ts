/** Coinbase by the feed of Advanced Trade: the same matches in batches, and books whose frames are counted. */

import type { Channel } from '../../../../shared/market.ts'
import { SECOND } from '../../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../../exchange.ts'
import { BOOK_RULE } from '../book.ts'
import { coinbase } from '../index.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

/** One channel a frame. */
const CHANNELS: Readonly<Record<Channel, string>> = { trade: 'market_trades', ticker: 'ticker', book: 'level2' }

/** Without it channels close after a minute in which nobody trades. */
const HEARTBEATS = '{"type":"subscribe","channel":"heartbeats"}'

/** More books on one connection are refused, and the socket is closed. Not documented, seen by several. */
const PRODUCTS_PER_SOCKET = 30

export const coinbaseAdvanced: Exchange = {
  ...coinbase,
  docs: 'https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-overview',
  connect,
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  decode,
  limits: { connects: { count: 8, per: SECOND }, frames: { count: 8, per: SECOND } },
  book: BOOK_RULE,
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const wanted = wants.filter(({ channels }) => channels.length > 0)
  return Array.from({ length: Math.ceil(wanted.length / PRODUCTS_PER_SOCKET) }, (_, at) => {
    const part = wanted.slice(at * PRODUCTS_PER_SOCKET, (at + 1) * PRODUCTS_PER_SOCKET)
    return {
      urls: ['wss://advanced-trade-ws.coinbase.com'],
      wants: part,
      frames: [HEARTBEATS, ...toFrames('subscribe', part)],
      pace: 150,
    }
  })
}

function toFrames(type: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return Object.entries(CHANNELS).flatMap(([wanted, channel]) => {
    const products = wants.filter(({ channels }) => channels.includes(wanted as Channel)).map(({ market }) => market)
    return products.length === 0 ? [] : [JSON.stringify({ type, product_ids: [...new Set(products)], channel })]
  })
}
