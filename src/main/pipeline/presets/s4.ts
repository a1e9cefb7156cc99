/** Quotes of stocks by source, the day of New York's as it closed, quotes of coins, and technical values and signals. */

import { multiplyDecimals } from '../../../shared/exact.ts'
import type { InstrumentKey, MarketEvent, Millis, Ticker } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { calendarOf, closingDate } from '../../../shared/sessions.ts'
import { exactly, toJson } from './fields.ts'
import type { Preset, PresetRecord } from './preset.ts'
import { previousClose, subtract } from './previous-close.ts'
import { createSignals } from './s4-signals.ts'

const TOPICS = [
  'nasdaq-realtime',
  'nasdaq-daily',
  'technical-signals',
  'trading-signals',
  'kis-stock',
  'yfinance-stock',
  'stock-data',
  'crypto-data',
]

export function createS4(): Preset {
  const signals = createSignals()
  return {
    id: 's4',
    topics: TOPICS.map((name) => ({ name, partitions: 3, replication: 1, split: 'key' })),
    reads: ['tickers', 'bars'],
    encode(event) {
      if (event.data.kind === 'bar') return signals.encode({ ...event, data: event.data })
      if (event.data.kind !== 'ticker') return []
      const venue = venueOf(event.instrument)
      if (venue === 'kis') return encodeKis(event, event.data)
      if (venue === 'yahoo') return encodeYahoo(event, event.data)
      return encodeCoin(event, event.data)
    },
  }
}

const to = (topics: readonly string[], key: string, value: string): PresetRecord[] =>
  topics.map((topic) => ({ topic, key, value }))

function encodeKis({ instrument, at }: MarketEvent, ticker: Ticker): PresetRecord[] {
  const symbol = pairOf(instrument)
  const close = previousClose(ticker)
  const value = toJson({
    symbol,
    price: exactly(ticker.last),
    change: close === undefined ? undefined : exactly(subtract(ticker.last, close)),
    change_rate: percent(ticker),
    volume: exactly(ticker.volume24h),
    data_source: ticker.source ?? 'kis',
    timestamp: toIso(at),
  })
  // The earlier system wrote New York's stocks, whoever told them, to one topic.
  return to(['kis-stock', ...inNewYork(instrument), 'stock-data'], symbol, value)
}

/** Market value and price-earnings ratio are no part of a ticker, and left out. */
function encodeYahoo({ instrument, at }: MarketEvent, ticker: Ticker): PresetRecord[] {
  const symbol = pairOf(instrument)
  const value = toJson({
    symbol,
    current_price: exactly(ticker.last),
    previous_close: exactly(previousClose(ticker)),
    open_price: exactly(ticker.open24h),
    day_high: exactly(ticker.high24h),
    day_low: exactly(ticker.low24h),
    volume: exactly(ticker.volume24h),
    data_source: 'yfinance',
    timestamp: toIso(at),
  })
  return [
    ...to(['yfinance-stock', ...inNewYork(instrument), 'stock-data'], symbol, value),
    ...encodeDay(instrument, at, ticker),
  ]
}

/** The same market's day as often as it is told within the minute after its close: the newest by key holds. */
function encodeDay(instrument: InstrumentKey, at: Millis, ticker: Ticker): PresetRecord[] {
  const date = calendarOf(instrument) === 'us' ? closingDate('us', at) : undefined
  if (date === undefined) return []
  const symbol = pairOf(instrument)
  const value = toJson({
    symbol,
    date,
    open: exactly(ticker.open24h),
    high: exactly(ticker.high24h),
    low: exactly(ticker.low24h),
    close: exactly(ticker.last),
    volume: exactly(ticker.volume24h),
    data_source: 'yfinance',
    timestamp: toIso(at),
  })
  return to(['nasdaq-daily'], `${symbol}_${date}`, value)
}

function inNewYork(instrument: InstrumentKey): readonly string[] {
  return calendarOf(instrument) === 'us' ? ['nasdaq-realtime'] : []
}

function encodeCoin({ instrument, at }: MarketEvent, ticker: Ticker): PresetRecord[] {
  const symbol = pairOf(instrument)
  const value = toJson({
    symbol,
    price: exactly(ticker.last),
    change_rate: percent(ticker),
    volume: exactly(ticker.volume24h),
    data_source: venueOf(instrument),
    timestamp: toIso(at),
  })
  return to(['crypto-data'], instrument, value)
}

function percent({ change }: Ticker) {
  return exactly(change === undefined ? undefined : multiplyDecimals(change, '100'))
}

function toIso(at: number): string {
  return new Date(at).toISOString()
}
