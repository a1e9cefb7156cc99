/** Kraken, over its second WebSocket interface. Symbols with a slash; each symbol of a request is answered for itself. */

import type { Channel } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { BOOK_RULE, DEPTH } from './book.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'
import { toKey } from './symbols.ts'

/** A channel and what must be said beside its name, on leaving it too. By default a ticker speaks with trades only, and its bid and ask grow old. */
const CHANNELS: Readonly<Record<Channel, object>> = {
  trade: { channel: 'trade' },
  ticker: { channel: 'ticker', event_trigger: 'bbo' },
  book: { channel: 'book', depth: DEPTH },
}

/** No limit is documented; every book is one to be rebuilt when its socket breaks. */
const MARKETS_PER_SOCKET = 200
const SYMBOLS_PER_FRAME = 100

export const kraken: Exchange = {
  id: 'kraken',
  names: { ko: '크라켄', en: 'Kraken' },
  code: 'KRK',
  region: 'ne',
  docs: 'https://docs.kraken.com/api/docs/websocket-v2/trade',
  identity: 'id',
  toKey,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  acknowledgements,
  decode,
  // Heartbeats begin with the first subscription; the answer to a ping also tells how long the way is.
  keepAlive: { kind: 'text', frame: '{"method":"ping"}', every: 15 * SECOND, timeout: 5 * SECOND },
  // About 150 connections in ten minutes, then a ban of ten minutes. No limit of frames is documented.
  limits: { connects: { count: 120, per: 10 * MINUTE }, frames: { count: 10, per: SECOND } },
  book: BOOK_RULE,
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const wanted = wants.filter(({ channels }) => channels.length > 0)
  return chunks(wanted, MARKETS_PER_SOCKET).map((part) => ({
    urls: ['wss://ws.kraken.com/v2'],
    wants: part,
    frames: toFrames('subscribe', part),
    pace: 100,
  }))
}

function toFrames(method: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return Object.entries(CHANNELS).flatMap(([channel, params]) => {
    const symbols = wants.filter(({ channels }) => channels.includes(channel as Channel)).map(({ market }) => market)
    return chunks([...new Set(symbols)], SYMBOLS_PER_FRAME).map((symbol) =>
      JSON.stringify({ method, params: { ...params, symbol } }),
    )
  })
}

/** Each symbol of a frame is answered for itself. */
function acknowledgements(frame: string): number {
  const { params } = JSON.parse(frame) as { params: { symbol: readonly string[] } }
  return params.symbol.length
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
