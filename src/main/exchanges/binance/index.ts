/** Binance spot. Symbols do not show where base ends and quote begins, so keys come from its list of markets. */

import type { Channel } from '../../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchange.ts'
import { rest } from './rest.ts'
import { decode } from './stream.ts'

const URLS = [
  'wss://stream.binance.com:9443/stream',
  'wss://stream.binance.com:443/stream',
  'wss://data-stream.binance.vision/stream', // answers where the others refuse a region
]

/** Twenty whole levels ten times a second need no resynchronising; the ticker has bid and ask beside the day's numbers. */
const STREAMS: Readonly<Record<Channel, string>> = { trade: 'trade', ticker: 'ticker', book: 'depth20@100ms' }

const STREAMS_PER_SOCKET = 1024
const STREAMS_PER_FRAME = 100
/** Larger frames get no answer at all. */
const BYTES_PER_FRAME = 4096

export const binance: Exchange = {
  id: 'binance',
  names: { ko: '바이낸스', en: 'Binance' },
  code: 'BIN',
  region: 'ne',
  docs: 'https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams',
  identity: 'id',
  toKey: () => undefined,
  connect,
  change: 'incremental',
  subscribe: (wants) => toFrames('SUBSCRIBE', wants),
  unsubscribe: (wants) => toFrames('UNSUBSCRIBE', wants),
  decode,
  // It pings every 20 s.
  keepAlive: { kind: 'server', within: MINUTE },
  limits: {
    connects: { count: 300, per: 5 * MINUTE },
    frames: { count: 5, per: SECOND },
    lifetime: 24 * HOUR,
  },
  quiet: ['trade', 'ticker'],
  rest,
}

function connect(wants: readonly Want[]): readonly SocketPlan[] {
  const sockets: Want[][] = []
  let streams = STREAMS_PER_SOCKET
  for (const want of wants) {
    if (want.channels.length === 0) continue
    streams += want.channels.length
    if (streams > STREAMS_PER_SOCKET) {
      sockets.push([])
      streams = want.channels.length
    }
    sockets.at(-1)?.push(want)
  }
  return sockets.map((wants) => ({ urls: URLS, wants, frames: toFrames('SUBSCRIBE', wants), pace: 250 }))
}

function toFrames(method: 'SUBSCRIBE' | 'UNSUBSCRIBE', wants: readonly Want[]): readonly string[] {
  const streams = wants.flatMap(
    ({ market, channels }) => channels.map((channel) => `${market.toLowerCase()}@${STREAMS[channel]}`), // in capitals a stream is acknowledged and silent
  )
  const frames: string[] = []
  let params: string[] = []
  for (const stream of new Set(streams)) {
    const longer = [...params, stream]
    if (longer.length > STREAMS_PER_FRAME || bytesOf(toFrame(longer, frames.length + 1)) > BYTES_PER_FRAME) {
      frames.push(toFrame(params, frames.length + 1))
      params = [stream]
    } else params = longer
  }
  if (params.length > 0) frames.push(toFrame(params, frames.length + 1))
  return frames

  function toFrame(params: readonly string[], id: number): string {
    return JSON.stringify({ method, params, id })
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}
