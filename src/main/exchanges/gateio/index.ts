/** Gate.io spot. An underscore parts base and quote: BTC_USDT. */

import type { Channel, Millis } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { BOOK_RULE, DEPTH } from './book.ts'
import { toKey } from './markets.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

/** What is asked for: the channel, and the market as that channel spells it. */
const CHANNELS: Readonly<Record<Channel, (market: string) => readonly [channel: string, payload: string]>> = {
  trade: (market) => ['spot.trades', market],
  ticker: (market) => ['spot.tickers', market],
  book: (market) => ['spot.obu', `ob.${market}.${DEPTH}`],
}

/** No limit is documented; each is a frame of its own. */
const MARKETS_PER_SOCKET = 100

export const gateio: Exchange = {
  id: 'gateio',
  names: { ko: '게이트', en: 'Gate.io' },
  code: 'GAT',
  region: 'asia',
  docs: 'https://www.gate.com/docs/developers/apiv4/ws/en/',
  identity: 'id',
  toKey,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  stamp,
  decode,
  keepAlive: { kind: 'ping', every: 20 * SECOND, timeout: 10 * SECOND },
  // 300 connections at a time are allowed; how fast they and frames may come is not documented.
  limits: { connects: { count: 60, per: MINUTE }, frames: { count: 50, per: SECOND } },
  book: BOOK_RULE,
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const wanted = wants.filter(({ channels }) => channels.length > 0)
  return Array.from({ length: Math.ceil(wanted.length / MARKETS_PER_SOCKET) }, (_, nth) => {
    const part = wanted.slice(nth * MARKETS_PER_SOCKET, (nth + 1) * MARKETS_PER_SOCKET)
    return { urls: ['wss://api.gateio.ws/ws/v4/'], wants: part, frames: toFrames('subscribe', part), pace: 20 }
  })
}

/** A frame for each channel of each market, so that what is refused, or there already, costs no other. */
function toFrames(event: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return wants.flatMap(({ market, channels }) =>
    channels.map((name) => {
      const [channel, payload] = CHANNELS[name](market)
      return JSON.stringify({ channel, event, payload: [payload] })
    }),
  )
}

/** A request whose time is more than a minute off is refused. */
function stamp(frame: string, at: Millis): string {
  return `{"time":${Math.floor(at / SECOND)},${frame.slice(1)}`
}
