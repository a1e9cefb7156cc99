/** Bithumb, Korea. Speaks as Upbit does, quote first in its symbols: KRW-BTC is BTC priced in KRW. */

import type { Channel } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Exchange, Want } from '../exchange.ts'
import { toKey } from './markets.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const TYPES: Readonly<Record<Channel, string>> = { trade: 'trade', ticker: 'ticker', book: 'orderbook' }

export const bithumb: Exchange = {
  id: 'bithumb',
  names: { ko: '빗썸', en: 'Bithumb' },
  code: 'BTH',
  region: 'korea',
  docs: 'https://apidocs.bithumb.com',
  identity: 'fingerprint',
  toKey,
  connect: (wants) => {
    const frames = subscribe(wants)
    // One socket carries all of its 493 markets. Only its public side still has version 1 in its path.
    return frames.length === 0 ? [] : [{ urls: ['wss://ws-api.bithumb.com/websocket/v1'], wants, frames, pace: 250 }]
  },
  change: 'replaces-all',
  subscribe,
  decode,
  // Silent sockets are cut after 60 s, though 120 s are documented.
  keepAlive: { kind: 'ping', every: 20 * SECOND, timeout: 10 * SECOND },
  // Ten connects a second; whoever goes on beyond is shut out for ten minutes. No limit of frames is documented.
  limits: { connects: { count: 5, per: SECOND }, frames: { count: 5, per: SECOND } },
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

/** A code that is unknown, or not in capitals, is answered by silence. */
function subscribe(wants: readonly Want[]): readonly string[] {
  const types = Object.entries(TYPES).flatMap(([channel, type]) => {
    const codes = wants.filter(({ channels }) => channels.includes(channel as Channel)).map(({ market }) => market)
    return codes.length === 0 ? [] : [{ type, codes: [...new Set(codes)] }]
  })
  return types.length === 0 ? [] : [JSON.stringify([{ ticket: 'tapedeck' }, ...types, { format: 'DEFAULT' }])]
}
