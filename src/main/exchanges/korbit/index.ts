/** Korbit, Korea, which is named Digital X since 2026. The protocol and its old hosts are the same. */

import type { Channel } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Exchange, Want } from '../exchange.ts'
import { toKey } from './markets.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const TYPES: Readonly<Record<Channel, string>> = { trade: 'trade', ticker: 'ticker', book: 'orderbook' }

const REQUESTS_PER_FRAME = 30

export const korbit: Exchange = {
  id: 'korbit',
  names: { ko: '코빗', en: 'Korbit' },
  code: 'KBT',
  region: 'korea',
  docs: 'https://docs.digitalx.miraeasset.com',
  identity: 'id',
  toKey,
  connect(wants) {
    const frames = toFrames('subscribe', wants)
    if (frames.length === 0) return []
    const urls = ['wss://ws-api.digitalx.miraeasset.com/v2/public', 'wss://ws-api.korbit.co.kr/v2/public']
    // One socket carries all of its 193 markets.
    return [{ urls, wants, frames, pace: 100 }]
  },
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  // Each request of a frame that has an id is answered.
  acknowledgements: (frame) => frame.split('"requestId":').length - 1,
  decode,
  // It pings every 30 s.
  keepAlive: { kind: 'server', within: 75 * SECOND },
  // No limits are documented, nor a longest life of a connection.
  limits: { connects: { count: 5, per: SECOND }, frames: { count: 10, per: SECOND } },
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

/** Frames are lists of requests, even of one. Each names one market, so that a refusal is of that alone. */
function toFrames(method: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  const asked = wants.flatMap(({ market, channels }) => channels.map((channel) => `${TYPES[channel]} ${market}`))
  const requests = [...new Set(asked)].map((each, at) => {
    const [type, symbol] = each.split(' ')
    return { requestId: at + 1, method, type, symbols: [symbol] }
  })
  return Array.from({ length: Math.ceil(requests.length / REQUESTS_PER_FRAME) }, (_, at) =>
    JSON.stringify(requests.slice(at * REQUESTS_PER_FRAME, (at + 1) * REQUESTS_PER_FRAME)),
  )
}
