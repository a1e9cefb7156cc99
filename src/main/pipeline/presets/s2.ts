/**
 * Tickers and order books by region. A record holds one ticker or one book (the earlier system gathered a hundred), prices
 * keep their digits, and what a venue does not give is null.
 */

import { sumDecimals } from '../../../shared/exact.ts'
import type { Book, Level, Millis, Ticker, VenueId } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { exactly, toJson } from './fields.ts'
import type { Preset, PresetTopic } from './preset.ts'
import { previousClose, subtract } from './previous-close.ts'

interface Region {
  /** In records and in the names of processed topics. */
  readonly name: string
  /** Begins the names of raw topics, as the earlier system spells it. */
  readonly raw: string
  readonly partitions: number
  /** Each venue's partition. */
  readonly venues: Readonly<Partial<Record<VenueId, number>>>
}

export const REGIONS: readonly Region[] = [
  {
    name: 'Korea',
    raw: 'koraSocketDataIn',
    partitions: 4,
    venues: { upbit: 0, bithumb: 1, coinone: 2, korbit: 3 },
  },
  { name: 'Asia', raw: 'asiaSocketDataIn', partitions: 3, venues: { okx: 0, bybit: 1, gateio: 2 } },
  { name: 'NE', raw: 'neSocketDataIn', partitions: 2, venues: { binance: 0, kraken: 1 } },
]

const REPLICATION = 3
const CHANNELS = { ticker: 'TickerPreprocessing', orderbook: 'OrderbookPreprocessing' } as const
type Channel = keyof typeof CHANNELS

/** `partitions`: other partitions than REGIONS has. A venue that no region has (the earlier system had nine) makes no records. */
export function createS2(partitions: Readonly<Record<string, number>> = {}): Preset {
  const regionOf = new Map(
    REGIONS.flatMap((region) => Object.keys(region.venues).map((venue) => [venue, region] as const)),
  )
  const topics = REGIONS.flatMap((region): PresetTopic[] => {
    const split = Object.fromEntries(
      Object.entries(region.venues).map(([venue, own]) => [venue, partitions[venue] ?? own]),
    )
    const base = { partitions: region.partitions, replication: REPLICATION, split }
    return [
      ...Object.values(CHANNELS).map((channel) => ({ ...base, name: `Region.${region.name}_${channel}` })),
      ...Object.keys(CHANNELS).map((channel) => ({
        ...base,
        name: `${region.raw}BTC-${channel}`,
        waits: 'raw frames' as const,
      })),
    ]
  })
  return {
    id: 's2',
    topics,
    reads: ['tickers', 'books'],
    encode({ instrument, at, data }) {
      const venue = venueOf(instrument)
      const region = regionOf.get(venue)
      if (region === undefined) return []
      const head = { region: region.name, market: venue.toUpperCase(), coin_symbol: symbolOf(pairOf(instrument)) }
      const record = (channel: Channel, value: string) => [
        { topic: `Region.${region.name}_${CHANNELS[channel]}`, key: `${venue}:${channel}`, value },
      ]
      if (data.kind === 'ticker') return record('ticker', toJson({ ...head, timestamp: at, data: [priceData(data)] }))
      if (data.kind === 'book' && data.snapshot) return record('orderbook', toJson({ ...head, ...bookData(data, at) }))
      return []
    },
  }
}

/** A frame of a venue in the envelope of the raw topics. */
export function encodeRaw(raw: { region: string; market: string; symbol: string; frames: readonly string[] }): string {
  const { region, market, symbol, frames } = raw
  return `${toJson({ region, market, symbol }).slice(0, -1)},"data":[${frames.join(',')}]}`
}

function priceData(ticker: Ticker) {
  const close = previousClose(ticker)
  return {
    opening_price: ticker.open24h ?? null,
    trade_price: ticker.last,
    max_price: ticker.high24h ?? null,
    min_price: ticker.low24h ?? null,
    prev_closing_price: close ?? null,
    acc_trade_volume_24h: ticker.volume24h ?? null,
    signed_change_price: close === undefined ? null : subtract(ticker.last, close),
    signed_change_rate: ticker.change ?? null,
  }
}

function bookData(book: Book, at: Millis) {
  const bid = book.bids[0]?.[0]
  const ask = book.asks[0]?.[0]
  return {
    highest_bid: exactly(bid) ?? null,
    lowest_ask: exactly(ask) ?? null,
    spread: bid === undefined || ask === undefined ? null : exactly(subtract(ask, bid)),
    total_bid_volume: exactly(total(book.bids)),
    total_ask_volume: exactly(total(book.asks)),
    timestamp: `${new Date(at).toISOString().replace('T', ' ').slice(0, -1)}000+00:00`,
  }
}

function total(levels: readonly Level[]): string {
  return sumDecimals(levels.map(([, size]) => size))
}

function symbolOf(pair: string): string {
  return pair.split('/')[0] ?? pair
}
