/** Bybit spot. Symbols do not show where base ends and quote begins, so keys come from its list of markets. */

import type { Channel } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { BOOK_RULE, BOOK_TOPIC } from './book.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const TOPICS: Readonly<Record<Channel, string>> = { trade: 'publicTrade', ticker: 'tickers', book: BOOK_TOPIC }

/** All topics of a connection together have at most 21,000 characters; how they are joined is not told. */
const CHARACTERS_PER_SOCKET = 20_000

export const bybit: Exchange = {
  id: 'bybit',
  names: { ko: '바이비트', en: 'Bybit' },
  code: 'BYB',
  region: 'asia',
  docs: 'https://bybit-exchange.github.io/docs/v5/ws/connect',
  identity: 'id',
  toKey: () => undefined,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('subscribe', wants),
  unsubscribe: (wants) => toFrames('unsubscribe', wants),
  decode,
  // An idle connection is cut after 10 minutes; a ping every 20 s is asked for.
  keepAlive: { kind: 'text', frame: '{"op":"ping"}', every: 20 * SECOND, timeout: 10 * SECOND },
  // No limit of frames is documented.
  limits: { connects: { count: 500, per: 5 * MINUTE }, frames: { count: 100, per: SECOND } },
  book: BOOK_RULE,
  quiet: ['trade', 'ticker', 'book'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const sockets: Want[][] = []
  let characters = CHARACTERS_PER_SOCKET
  for (const want of wants) {
    if (want.channels.length === 0) continue
    const more = topicsOf([want]).reduce((sum, topic) => sum + topic.length + 1, 0)
    characters += more
    if (characters > CHARACTERS_PER_SOCKET) {
      sockets.push([])
      characters = more
    }
    sockets.at(-1)?.push(want)
  }
  return sockets.map((part) => ({
    urls: ['wss://stream.bybit.com/v5/public/spot'],
    wants: part,
    frames: toFrames('subscribe', part),
    pace: 10,
  }))
}

/** A frame for each topic: one topic that is refused, or there already, refuses all that travel with it. */
function toFrames(op: 'subscribe' | 'unsubscribe', wants: readonly Want[]): readonly string[] {
  return topicsOf(wants).map((topic) => JSON.stringify({ op, args: [topic] }))
}

function topicsOf(wants: readonly Want[]): readonly string[] {
  const topics = wants.flatMap(({ market, channels }) => channels.map((channel) => `${TOPICS[channel]}.${market}`))
  return [...new Set(topics)]
}
