/** The emulator's own record: every trade of a market that somebody listened to, and how often it was sent. */

import type { Decimal, Millis, VenueId } from '../../shared/market.ts'
import { plain } from './digits.ts'
import type { MarketModel } from './model.ts'
import type { Print } from './venue.ts'

export interface SentTrade {
  readonly venue: VenueId
  /** The venue's own symbol. */
  readonly market: string
  readonly id: string
  readonly at: Millis
  readonly price: Decimal
  readonly size: Decimal
  readonly side: 'buy' | 'sell'
  /** Frames that were handed to sockets. 0: held back by a fault; 2: sent twice, or to two sockets. */
  readonly sent: number
}

/** Absent: everything. `from` is inclusive, `to` exclusive, by the trades' own time. */
export interface SentQuery {
  readonly venue?: VenueId
  readonly market?: string
  readonly from?: Millis
  readonly to?: Millis
}

export interface SentAnswer {
  /** In the order of sending. */
  readonly trades: readonly SentTrade[]
  /** Trades that the record had to drop, since the start: above 0, the answer may lack the oldest. */
  readonly dropped: number
}

export interface SentRecord {
  add(market: MarketModel, print: Print, sent: number): void
  query(query: SentQuery): SentAnswer
  readonly size: number
}

const CHUNK = 16_384

/** Plain columns: an object per trade would cost ten times as much. */
interface Chunk {
  readonly markets: MarketModel[]
  readonly ids: BigUint64Array
  readonly times: Float64Array
  readonly prices: Float64Array
  readonly sizes: Float64Array
  readonly buys: Uint8Array
  readonly sent: Uint16Array
  used: number
}

/** Keeps at least the newest `most` trades. */
export function createRecord(most: number): SentRecord {
  const chunks: Chunk[] = []
  let dropped = 0
  const held = () => chunks.reduce((sum, chunk) => sum + chunk.used, 0)

  function add(market: MarketModel, print: Print, sent: number): void {
    let chunk = chunks.at(-1)
    if (chunk === undefined || chunk.used === CHUNK) {
      chunks.push((chunk = createChunk()))
      if ((chunks.length - 2) * CHUNK >= most) dropped += chunks.shift()?.used ?? 0
    }
    const row = chunk.used
    chunk.markets.push(market)
    chunk.ids[row] = BigInt(print.id)
    chunk.times[row] = print.at
    chunk.prices[row] = print.price
    chunk.sizes[row] = print.size
    chunk.buys[row] = print.side === 'buy' ? 1 : 0
    chunk.sent[row] = sent
    chunk.used += 1
  }

  function query({
    venue,
    market,
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
  }: SentQuery): SentAnswer {
    const trades: SentTrade[] = []
    for (const chunk of chunks) {
      for (let row = 0; row < chunk.used; row += 1) {
        const model = chunk.markets[row]
        const at = chunk.times[row] ?? 0
        if (model === undefined || at < from || at >= to) continue
        if (venue !== undefined && model.venue !== venue) continue
        if (market !== undefined && model.spec.symbol !== market) continue
        trades.push(toSent(chunk, row, model, at))
      }
    }
    return { trades, dropped }
  }

  return {
    add,
    query,
    get size() {
      return held()
    },
  }
}

function toSent(chunk: Chunk, row: number, model: MarketModel, at: Millis): SentTrade {
  return {
    venue: model.venue,
    market: model.spec.symbol,
    id: String(chunk.ids[row]),
    at,
    price: plain(chunk.prices[row] ?? 0, model.spec.scale),
    size: plain(chunk.sizes[row] ?? 0, 8),
    side: chunk.buys[row] === 1 ? 'buy' : 'sell',
    sent: chunk.sent[row] ?? 0,
  }
}

function createChunk(): Chunk {
  return {
    markets: [],
    ids: new BigUint64Array(CHUNK),
    times: new Float64Array(CHUNK),
    prices: new Float64Array(CHUNK),
    sizes: new Float64Array(CHUNK),
    buys: new Uint8Array(CHUNK),
    sent: new Uint16Array(CHUNK),
    used: 0,
  }
}
