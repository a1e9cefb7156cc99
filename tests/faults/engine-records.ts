/** What a data folder holds, read without Tapedeck's own queries. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SentTrade } from '../../src/main/emulator/spawn.ts'
import { openJournalReader } from '../../src/main/journal/read-journal.ts'
import { placesOf } from '../../src/main/journal/places.ts'
import { decodeBatch } from '../../src/shared/wire.ts'

export interface StoredTrade {
  readonly market: string
  readonly at: number
  readonly id: string
  readonly price: string
  readonly size: string
  readonly side: 'buy' | 'sell' | null
  readonly origin: string
  readonly receivedAt: number
}

export interface StoredBar {
  readonly market: string
  readonly openAt: number
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly avgPrice: string
  readonly volume: string
  readonly trades: number
}

export interface StoredGap {
  readonly market: string
  readonly since: number
  readonly until: number | null
  readonly reason: string
  /** Origin of what filled it afterwards. */
  readonly filledBy: string | null
}

function query<T>(folder: string, file: 'journal.db' | 'market.db', read: (db: Database.Database) => T): T {
  const db = new Database(join(folder, file), { readonly: true, timeout: 5_000 })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

export function integrity(folder: string): unknown[] {
  return (['journal.db', 'market.db'] as const).map((file) =>
    query(folder, file, (db) => db.pragma('integrity_check', { simple: true })),
  )
}

/** In order of arrival. */
export function storedTrades(folder: string): StoredTrade[] {
  return query(folder, 'market.db', (db) =>
    db
      .prepare<[], StoredTrade>(
        `SELECT key AS market, at, trades.id, price, size, CASE side WHEN 1 THEN 'buy' WHEN -1 THEN 'sell' END AS side, origin,
           received_at AS receivedAt
         FROM trades JOIN instruments ON instruments.id = instrument ORDER BY trades.rowid`,
      )
      .all(),
  )
}

/** When the newest trade came; 0 while there is none, or no store yet. */
export function newestArrival(folder: string): number {
  try {
    return query(
      folder,
      'market.db',
      (db) => db.prepare<[], { at: number | null }>('SELECT MAX(received_at) AS at FROM trades').get()?.at ?? 0,
    )
  } catch {
    return 0
  }
}

/** Bars of one second. */
export function storedBars(folder: string): StoredBar[] {
  return query(folder, 'market.db', (db) =>
    db
      .prepare<[], StoredBar>(
        `SELECT key AS market, open_at AS openAt, open, high, low, close, avg_price AS avgPrice, volume, trades
         FROM bars JOIN instruments ON instruments.id = instrument WHERE interval = 1000 ORDER BY key, open_at`,
      )
      .all(),
  )
}

export function storedGaps(folder: string): StoredGap[] {
  return query(folder, 'market.db', (db) =>
    db
      .prepare<[], StoredGap>(
        `SELECT key AS market, since, until, reason, filled_by AS filledBy
         FROM gaps JOIN instruments ON instruments.id = instrument ORDER BY key, since`,
      )
      .all(),
  )
}

/** Trades that the journal has committed, in its order, as `market id`. */
export function journaledTrades(folder: string): string[] {
  const journal = openJournalReader(join(folder, 'journal.db'))
  try {
    return placesOf(false)
      .filter(({ id }) => id === 'trades')
      .flatMap((place) => journal.read(place, 0, Infinity))
      .flatMap(({ bytes }) => decodeBatch(bytes))
      .flatMap(({ instrument, data }) => (data.kind === 'trade' ? [`${instrument} ${data.id}`] : []))
  } finally {
    journal.close()
  }
}

/** The emulated markets of these tests, by the venue's own symbol. */
export const KEYS: Readonly<Record<string, string>> = {
  'KRW-BTC': 'upbit:BTC/KRW',
  'KRW-ETH': 'upbit:ETH/KRW',
  'KRW-BERA': 'upbit:BERA/KRW',
  BTCUSDT: 'binance:BTC/USDT',
}

export function keyOf({ market }: SentTrade): string {
  return KEYS[market] ?? market
}

const SCALE = 18

/** Eighteen digits after the point are more than any venue gives. */
function toUnits(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(SCALE, '0'))
}

function toText(units: bigint, scale = SCALE): string {
  const digits = units.toString().padStart(scale + 1, '0')
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '')
}

/** Mean to twelve digits, half to even, in plain arithmetic of its own. */
function mean(sum: bigint, count: number): string {
  const divisor = BigInt(count) * 10n ** BigInt(SCALE - 12)
  const [quotient, rest] = [sum / divisor, (sum % divisor) * 2n]
  const up = rest > divisor || (rest === divisor && quotient % 2n === 1n)
  return toText(up ? quotient + 1n : quotient, 12)
}

type Print = Pick<StoredTrade, 'at' | 'price' | 'size'>

/** The bar of a second's trades, in order of arrival. */
export function recomputed(market: string, openAt: number, trades: readonly Print[]): StoredBar {
  const ordered = trades.toSorted((a, b) => a.at - b.at)
  const prices = trades.map(({ price }) => price).toSorted((a, b) => Number(toUnits(a) - toUnits(b)))
  return {
    market,
    openAt,
    open: ordered[0]!.price,
    high: prices.at(-1)!,
    low: prices[0]!,
    close: ordered.at(-1)!.price,
    avgPrice: mean(
      trades.reduce((sum, { price }) => sum + toUnits(price), 0n),
      trades.length,
    ),
    volume: toText(trades.reduce((sum, { size }) => sum + toUnits(size), 0n)),
    trades: trades.length,
  }
}

/** Trades by market and second, each in order of arrival. */
export function bySecond<T extends { readonly at: number }>(
  trades: readonly T[],
  marketOf: (trade: T) => string,
): Map<string, T[]> {
  return Map.groupBy(trades, (trade) => `${marketOf(trade)} ${Math.floor(trade.at / 1000) * 1000}`)
}
