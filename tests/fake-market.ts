/** A seeded market for the fake engine: every value depends on its market and its instant only. */

import type { Completeness } from '../src/shared/export-view.ts'
import type {
  BarColumns,
  BarHistory,
  Coverage,
  LiveSecond,
  MarketFrame,
  TapeRow,
  TickerRow,
} from '../src/shared/market-view.ts'
import type { Instrument, InstrumentKey, Millis, VenueId } from '../src/shared/market.ts'
import { SECOND, STOCK_VENUES, VENUES } from '../src/shared/market.ts'

const KOREAN: readonly VenueId[] = ['upbit', 'bithumb', 'coinone', 'korbit']
const COINS = [
  ['BTC', '비트코인', 'Bitcoin', 98_668_000, 68_412.3],
  ['ETH', '이더리움', 'Ethereum', 3_195_000, 2_214.8],
  ['XRP', '리플', 'XRP', 2_066, 1.4322],
  ['SOL', '솔라나', 'Solana', 131_900, 91.42],
  ['DOGE', '도지코인', 'Dogecoin', 150.2, 0.10412],
] as const

const quoteOf = (venue: VenueId): string =>
  KOREAN.includes(venue) ? 'KRW' : venue === 'kraken' || venue === 'coinbase' ? 'USD' : 'USDT'

export const instruments: readonly Instrument[] = VENUES.filter((venue) => !STOCK_VENUES.includes(venue)).flatMap(
  (venue) =>
    COINS.map(([base, ko, en, krw]): Instrument => {
      const quote = quoteOf(venue)
      return {
        key: `${venue}:${base}/${quote}`,
        venue,
        native: `${base}${quote}`,
        base,
        quote,
        names: { ko, en },
        tickSize: tickOf(quote === 'KRW' ? krw : krw / 1442),
        status: 'trading',
      }
    }),
)

function tickOf(price: number): string {
  if (price >= 1_000_000) return '1000'
  if (price >= 1_000) return price > 50_000 ? '0.1' : '1'
  return price >= 10 ? '0.01' : '0.0001'
}

/** Canonical text of a price on its tick. */
function onTick(price: number, tick: string): string {
  const places = tick.includes('.') ? tick.length - tick.indexOf('.') - 1 : 0
  const text = (Math.round(price / Number(tick)) * Number(tick)).toFixed(places)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A number in 0 … 1 that depends on its arguments only. */
export function noise(a: number, b = 0): number {
  const x = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453
  return x - Math.floor(x)
}

const seedOf = (key: InstrumentKey): number => Array.from(key).reduce((sum, char) => sum + char.charCodeAt(0), 0)

export function priceAt(key: InstrumentKey, at: Millis): { price: number; tick: string } {
  const base = key.slice(key.indexOf(':') + 1).split('/')
  const coin = COINS.find(([name]) => name === base[0]) ?? COINS[0]
  const level = base[1] === 'KRW' ? coin[3] : coin[4]
  const seed = seedOf(key) % 17
  const wave =
    Math.sin(at / 7_000_000 + seed) * 0.006 + Math.sin(at / 900_000 + seed) * 0.002 + Math.sin(at / 61_000) * 0.0004
  const price = level * (1 + wave + (noise(Math.floor(at / 300), seed) - 0.5) * 0.0004)
  return { price, tick: tickOf(level) }
}

function second(key: InstrumentKey, openAt: Millis, length: Millis = SECOND): LiveSecond {
  const { tick } = priceAt(key, openAt)
  const points = [0, 0.3, 0.6, 0.99].map((part) => priceAt(key, openAt + part * length).price)
  const size = (0.2 + noise(openAt / length, 3) * 2) * Math.sqrt(length / SECOND)
  const text = (value: number) => onTick(value, tick)
  return {
    openAt,
    open: text(points[0] ?? 0),
    high: text(Math.max(...points)),
    low: text(Math.min(...points)),
    close: text(points[3] ?? 0),
    volume: canonical(size, 4),
    quoteVolume: canonical(size * (points[0] ?? 0), 2),
    buyVolume: canonical(size * noise(openAt, 5), 4),
    trades: 1 + Math.floor(noise(openAt, 8) * 20),
  }
}

const canonical = (value: number, places: number): string => {
  const text = value.toFixed(places)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

export function history(key: InstrumentKey, interval: Millis, to: Millis, count: number): BarHistory {
  const last = Math.floor((to - 1) / interval) * interval
  const rows = Array.from({ length: count }, (_, index) => second(key, last - (count - 1 - index) * interval, interval))
  const column = <K extends keyof LiveSecond>(name: K) => rows.map((row) => row[name])
  const bars: BarColumns = {
    openAt: column('openAt'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    quoteVolume: column('quoteVolume'),
    buyVolume: column('buyVolume'),
    trades: column('trades'),
    state: rows.map(() => 'traded'),
    origin: rows.map(() => 'stream'),
  }
  return {
    instrument: key,
    interval,
    bars,
    through: to,
    coverage: coverage(last - count * interval, to),
    complete: false,
  }
}

export function coverage(from: Millis, to: Millis): Coverage {
  const length = to - from
  return {
    watched: { from, to },
    gaps: [
      { since: from + length * 0.33, until: from + length * 0.35, reason: 'disconnected', filledBy: 'backfill' },
      { since: from + length * 0.6, until: from + length * 0.605, reason: 'disconnected' },
    ],
  }
}

export function trade(key: InstrumentKey, at: Millis): TapeRow {
  const { price, tick } = priceAt(key, at)
  const buy = noise(at, 2) > 0.48
  return {
    id: String(at),
    at,
    price: onTick(price, tick),
    size: canonical(noise(at, 4) ** 6 * 2 + 0.002, 4),
    side: buy ? 'buy' : 'sell',
    origin: 'stream',
  }
}

function ticker(key: InstrumentKey, at: Millis): TickerRow {
  const { price, tick } = priceAt(key, at)
  const seed = seedOf(key)
  const change = (noise(seed) - 0.42) * 0.06
  const text = (value: number) => onTick(value, tick)
  const volume = 300 + noise(seed, 1) * 4000
  return {
    instrument: key,
    at,
    receivedAt: at,
    last: text(price),
    bid: text(price - Number(tick)),
    ask: text(price + Number(tick)),
    open24h: text(price / (1 + change)),
    high24h: text(price * 1.01),
    low24h: text(price * 0.98),
    volume24h: canonical(volume, 3),
    quoteVolume24h: canonical(volume * price, 0),
    change: canonical(change, 4),
    origin: 'stream',
  }
}

export function frame(key: InstrumentKey | null, follow: readonly InstrumentKey[], now: Millis): MarketFrame {
  const moved = follow.filter((entry) => noise(now, seedOf(entry)) > 0.7).map((entry) => ticker(entry, now))
  if (!key) return { at: now, trades: [], skipped: 0, seconds: [], gaps: [], tickers: moved }
  const { price, tick } = priceAt(key, now)
  const level = (side: 1 | -1, index: number) =>
    [
      onTick(price + side * (index + 0.6) * Number(tick), tick),
      canonical(noise(index, now / 900) ** 3 * 2 + 0.01, 4),
    ] as const
  return {
    at: now,
    trades: noise(now, 9) > 0.6 ? [trade(key, now)] : [],
    skipped: 0,
    seconds: [second(key, Math.floor(now / SECOND) * SECOND)],
    gaps: [],
    tickers: [...moved, ticker(key, now)],
    book: {
      instrument: key,
      at: now,
      receivedAt: now,
      asks: Array.from({ length: 15 }, (_, index) => level(1, index)),
      bids: Array.from({ length: 15 }, (_, index) => level(-1, index)),
      stale: false,
      crossed: false,
    },
  }
}

export function completeness(key: InstrumentKey, from: Millis, to: Millis): Completeness {
  const seconds = Math.round((to - from) / SECOND)
  const at = (part: number) => from + (to - from) * part
  return {
    instrument: key,
    seconds,
    live: Math.round(seconds * 0.9961),
    backfilled: Math.round(seconds * 0.0035),
    missing: Math.round(seconds * 0.0004),
    unwatched: 0,
    runs: [
      { from, to: at(0.3), state: 'live' },
      { from: at(0.3), to: at(0.31), state: 'backfilled' },
      { from: at(0.31), to: at(0.52), state: 'live' },
      { from: at(0.52), to: at(0.524), state: 'missing' },
      { from: at(0.524), to, state: 'live' },
    ],
  }
}
