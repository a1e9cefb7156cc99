/** Upbit, Korea. Quote first in its symbols: KRW-BTC is BTC priced in KRW. */

import type { Channel } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, Want } from '../exchange.ts'
import { toKey } from './markets.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const TYPES: Readonly<Record<Channel, string>> = { trade: 'trade', ticker: 'ticker', book: 'orderbook' }

export const upbit: Exchange = {
  id: 'upbit',
  names: { ko: '업비트', en: 'Upbit' },
  code: 'UPB',
  region: 'korea',
  docs: 'https://docs.upbit.com/kr/reference/websocket-guide',
  identity: 'id',
  toKey,
  connect: (wants) => {
    const frames = subscribe(wants)
    // One socket carries all of its 855 markets.
    return frames.length === 0 ? [] : [{ urls: ['wss://api.upbit.com/websocket/v1'], wants, frames, pace: 250 }]
  },
  change: 'replaces-all',
  subscribe,
  decode,
  // Silent sockets are cut after 60 s, though 120 s are documented.
  keepAlive: { kind: 'ping', every: 20 * SECOND, timeout: 10 * SECOND },
  // Five frames a second are allowed too: the pace of a socket plan keeps within that.
  limits: { connects: { count: 5, per: SECOND }, frames: { count: 100, per: MINUTE } },
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function subscribe(wants: readonly Want[]): readonly string[] {
  const types = Object.entries(TYPES).flatMap(([channel, type]) => {
    const codes = wants.filter(({ channels }) => channels.includes(channel as Channel)).map(({ market }) => market)
    return codes.length === 0 ? [] : [{ type, codes: [...new Set(codes)] }]
  })
  return types.length === 0 ? [] : [JSON.stringify([{ ticket: 'tapedeck' }, ...types, { format: 'DEFAULT' }])]
}
