/** Yahoo Finance: stocks, indexes and currencies without a key. Sampled prices, no trades and no order books; unofficial. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { rest } from './rest.ts'
import { createDecoder, decode } from './stream.ts'
import { toKey, toNative } from './symbols.ts'

/** Cumulative, and the surplus is dropped without a word. */
const SYMBOLS_PER_SOCKET = 100

export const yahoo: Exchange = {
  id: 'yahoo',
  names: { ko: '야후 파이낸스', en: 'Yahoo Finance' },
  code: 'YHO',
  region: 'ne',
  docs: 'https://finance.yahoo.com',
  identity: 'fingerprint',
  toKey,
  toNative,
  channelsOf: () => ['ticker'],
  connect,
  change: 'incremental',
  subscribe: (wants) => (wants.length === 0 ? [] : [JSON.stringify({ subscribe: wants.map(({ market }) => market) })]),
  unsubscribe: (wants) =>
    wants.length === 0 ? [] : [JSON.stringify({ unsubscribe: wants.map(({ market }) => market) })],
  acknowledgements: () => 0,
  decode,
  decoder: createDecoder,
  keepAlive: { kind: 'ping', every: MINUTE, timeout: 20 * SECOND },
  limits: { connects: { count: 5, per: MINUTE }, frames: { count: 10, per: 10 * SECOND } },
  quiet: ['ticker'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const plans: SocketPlan[] = []
  for (let from = 0; from < wants.length; from += SYMBOLS_PER_SOCKET) {
    const part = wants.slice(from, from + SYMBOLS_PER_SOCKET)
    plans.push({
      urls: ['wss://streamer.finance.yahoo.com/?version=2'],
      wants: part,
      frames: yahoo.subscribe(part),
      pace: 100,
    })
  }
  return plans
}
