/** Coinone, Korea. A topic is a channel of a pair, and each has a frame of its own. */

import type { Channel } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'
import { toKey, toPair } from './symbols.ts'

const CHANNELS: Readonly<Record<Channel, string>> = { trade: 'TRADE', ticker: 'TICKER', book: 'ORDERBOOK' }

/** As many were tried. All topics of all markets need four of the twenty connections that an address may have. */
const TOPICS_PER_SOCKET = 360

export const coinone: Exchange = {
  id: 'coinone',
  names: { ko: '코인원', en: 'Coinone' },
  code: 'CON',
  region: 'korea',
  docs: 'https://docs.coinone.co.kr',
  identity: 'id',
  toKey,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('SUBSCRIBE', wants),
  unsubscribe: (wants) => toFrames('UNSUBSCRIBE', wants),
  decode,
  // A socket that says nothing is cut after a minute, one that sent its last PING half an hour ago too.
  keepAlive: { kind: 'text', frame: '{"request_type":"PING"}', every: 20 * SECOND, timeout: 10 * SECOND },
  // Twenty connections at a time, the next is closed with 4290. No rate of connects or frames is documented; 363 frames at once were taken.
  limits: { connects: { count: 20, per: MINUTE }, frames: { count: 100, per: SECOND } },
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const sockets: Want[][] = []
  let topics = TOPICS_PER_SOCKET
  for (const want of wants) {
    if (toFrames('SUBSCRIBE', [want]).length === 0) continue
    topics += want.channels.length
    if (topics > TOPICS_PER_SOCKET) {
      sockets.push([])
      topics = want.channels.length
    }
    sockets.at(-1)?.push(want)
  }
  return sockets.map((part) => ({
    urls: ['wss://stream.coinone.co.kr'],
    wants: part,
    frames: toFrames('SUBSCRIBE', part),
    pace: 10,
  }))
}

function toFrames(request_type: 'SUBSCRIBE' | 'UNSUBSCRIBE', wants: readonly Want[]): readonly string[] {
  const frames = wants.flatMap(({ market, channels }) => {
    const topic = toPair(market)
    if (topic === undefined) return []
    return channels.map((channel) => JSON.stringify({ request_type, channel: CHANNELS[channel], topic }))
  })
  return [...new Set(frames)]
}
