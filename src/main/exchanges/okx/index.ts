/** OKX spot. One socket of its public kind carries trades, tickers and books of a market. */

import type { Channel } from '../../../shared/market.ts'
import { HOUR, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { BOOK_RULE } from './book.ts'
import { rest, toKey } from './rest.ts'
import { decode } from './stream.ts'

/** `trades` and not `trades-all`, which another kind of socket carries: a market must lie on one. */
const CHANNELS: Readonly<Record<Channel, string>> = { trade: 'trades', ticker: 'tickers', book: 'books' }

/** Advised for connections that carry books. */
const MARKETS_PER_SOCKET = 30

export const okx: Exchange = {
  id: 'okx',
  names: { ko: 'OKX', en: 'OKX' },
  code: 'OKX',
  region: 'asia',
  docs: 'https://www.okx.com/docs-v5/en/#overview-websocket',
  identity: 'id',
  toKey,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  acknowledgements,
  decode,
  // A connection that carried nothing for 30 s is closed.
  keepAlive: { kind: 'text', frame: 'ping', every: 15 * SECOND, timeout: 10 * SECOND },
  // Pings are not counted by the venue, and are here: 240 an hour leave half of its 480 requests, and it is never reached.
  limits: { connects: { count: 3, per: SECOND }, frames: { count: 480, per: HOUR } },
  book: BOOK_RULE,
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const wanted = wants.filter(({ channels }) => channels.length > 0)
  return Array.from({ length: Math.ceil(wanted.length / MARKETS_PER_SOCKET) }, (_, nth) => {
    const part = wanted.slice(nth * MARKETS_PER_SOCKET, (nth + 1) * MARKETS_PER_SOCKET)
    return { urls: ['wss://ws.okx.com:8443/ws/v5/public'], wants: part, frames: toFrames('subscribe', part), pace: 50 }
  })
}

/** A frame for each market, so that a refusal costs no other. */
function toFrames(op: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return wants
    .filter(({ channels }) => channels.length > 0)
    .map(({ market, channels }) =>
      JSON.stringify({ op, args: channels.map((channel) => ({ channel: CHANNELS[channel], instId: market })) }),
    )
}

/** Each channel of a frame is answered for itself. */
function acknowledgements(frame: string): number {
  return frame.split('"instId"').length - 1
}
