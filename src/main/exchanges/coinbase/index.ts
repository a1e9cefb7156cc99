/** Coinbase by its Exchange feed, which needs no key for any channel used here. Its other feed: ./advanced. */

import type { Channel } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { BOOK_RULE } from './book.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'
import { toKey } from './symbols.ts'

/** `heartbeat` comes each second for each product, and goes with its trades. `level2` would need a key. */
const CHANNELS: Readonly<Record<Channel, readonly string[]>> = {
  trade: ['matches', 'heartbeat'],
  ticker: ['ticker'],
  book: ['level2_batch'],
}

/** Each book begins with megabytes, and one slow socket would hold up all of them. */
const PRODUCTS_PER_SOCKET = 100

export const coinbase: Exchange = {
  id: 'coinbase',
  names: { ko: '코인베이스', en: 'Coinbase' },
  code: 'CBS',
  region: 'ne',
  docs: 'https://docs.cdp.coinbase.com/exchange/docs/websocket-overview',
  identity: 'id',
  toKey,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  decode,
  keepAlive: { kind: 'server', within: 10 * SECOND },
  // Eight connections a second are allowed too; who does not subscribe within 5 s is dropped.
  limits: { connects: { count: 20, per: 5 * SECOND }, frames: { count: 100, per: SECOND } },
  book: BOOK_RULE,
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const wanted = wants.filter(({ channels }) => channels.length > 0)
  return Array.from({ length: Math.ceil(wanted.length / PRODUCTS_PER_SOCKET) }, (_, at) => {
    const part = wanted.slice(at * PRODUCTS_PER_SOCKET, (at + 1) * PRODUCTS_PER_SOCKET)
    return {
      urls: ['wss://ws-feed.exchange.coinbase.com'],
      wants: part,
      frames: toFrames('subscribe', part),
      pace: 50,
    }
  })
}

/** A frame for each channel wanted. One unknown product has all of its frame refused. */
function toFrames(type: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return Object.entries(CHANNELS).flatMap(([channel, channels]) => {
    const products = wants.filter((want) => want.channels.includes(channel as Channel)).map(({ market }) => market)
    return products.length === 0 ? [] : [JSON.stringify({ type, product_ids: [...new Set(products)], channels })]
  })
}
