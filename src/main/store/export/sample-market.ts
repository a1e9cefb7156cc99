/** A market.db of our own making, for tests and benchmarks of exports: written straight into the store's tables. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportRequestSchema } from '../../../shared/export-view.ts'
import type { ExportRequest } from '../../../shared/export-view.ts'
import type { InstrumentKey, Millis } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import { openWriter } from '../../journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from '../migrations/index.ts'

/** 2026-11-22 05:32:00 UTC, 14:32:00 in Korea. */
export const START: Millis = 1_795_325_520_000
export const UPBIT: InstrumentKey = 'upbit:BTC/KRW'
export const BINANCE: InstrumentKey = 'binance:BTC/USDT'

export interface SampleTrade {
  readonly at: Millis
  readonly id: string
  readonly price: string
  readonly size: string
  readonly side?: 'buy' | 'sell'
  readonly origin?: string
  readonly atText?: string
}

/** The values of a bar that a test cares about; the rest follows from them. */
export interface SampleBar {
  readonly openAt: Millis
  readonly interval?: Millis
  readonly price: string
  readonly volume: string
  readonly trades: number
  readonly revision?: number
  readonly state?: 'traded' | 'backfilled'
}

export interface SampleMarket {
  readonly folder: string
  readonly file: string
  readonly db: Connection
  /** The row id of a market, made where it is not there yet. */
  id(key: InstrumentKey): number
  trades(key: InstrumentKey, trades: Iterable<SampleTrade>): void
  bars(key: InstrumentKey, bars: Iterable<SampleBar>): void
  /** Also lets the venue's time go on for a minute, so that all of it is settled. */
  watched(key: InstrumentKey, first: Millis, last: Millis): void
  gap(key: InstrumentKey, since: Millis, until: Millis | null, reason: string, filledBy?: string): void
  remove(): void
}

/** Opens an empty one in a temporary folder. */
export function openSampleMarket(): SampleMarket {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-export-'))
  const file = join(folder, 'market.db')
  const db = openWriter(file, { migrations: MARKET_MIGRATIONS })
  const addMarket = db.prepare(
    'INSERT INTO instruments (key, venue, base, quote, updated_at) VALUES (?, ?, ?, ?, 0) RETURNING id',
  )
  const addTrade = db.prepare('INSERT INTO trades VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const addBar = db.prepare(`INSERT INTO bars VALUES (${Array.from({ length: 16 }, () => '?').join(', ')})`)
  const ids = new Map<string, number>()
  const id = (key: InstrumentKey): number => {
    const known = ids.get(key)
    if (known !== undefined) return known
    const [base, quote] = pairOf(key).split('/')
    const row = addMarket.get(key, venueOf(key), base ?? null, quote ?? null) as { id: number }
    ids.set(key, row.id)
    return row.id
  }
  return {
    folder,
    file,
    db,
    id,
    trades: (key, trades) =>
      db.transaction(() => {
        for (const { at, id: own, price, size, side, origin, atText } of trades) {
          const taker = side === undefined ? null : side === 'buy' ? 1 : -1
          addTrade.run(id(key), at, own, price, size, taker, at + 30, origin ?? 'stream', atText ?? null)
        }
      })(),
    bars: (key, bars) =>
      db.transaction(() => {
        for (const { openAt, interval, price, volume, trades, revision, state } of bars) {
          const prices = [price, price, price, price, price, price, String(BigInt(price) * BigInt(trades))]
          const volumes = [volume, price, volume, trades, revision ?? 0, state ?? 'traded']
          addBar.run(id(key), interval ?? 1_000, openAt, ...prices, ...volumes)
        }
      })(),
    watched(key, first, last) {
      const put = db.prepare('INSERT OR REPLACE INTO coverage VALUES (?, ?, ?)')
      put.run(id(key), first, last)
      put.run(id(`${venueOf(key)}:OTHER/X`), last, last + 60_000)
    },
    gap: (key, since, until, reason, filledBy) =>
      void db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?)').run(id(key), since, until, reason, filledBy ?? null),
    remove() {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A request with the contract's defaults. */
export function sampleRequest(request: Partial<ExportRequest> = {}): ExportRequest {
  return exportRequestSchema.parse({
    kind: 'bars-1s',
    instruments: [UPBIT],
    from: START,
    to: START + 10_000,
    ...request,
  })
}

/** Trades of several markets in turn, a few a millisecond, with ids and decimals of usual length. */
export function sampleTrades(market: SampleMarket, keys: readonly InstrumentKey[], count: number): void {
  const insert = market.db.prepare('INSERT INTO trades VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)')
  const ids = keys.map((key) => market.id(key))
  const piece = 100_000
  for (let begin = 0; begin < count; begin += piece)
    market.db.transaction(() => {
      for (let i = begin; i < Math.min(count, begin + piece); i += 1) {
        const at = START + Math.floor(i / 5)
        const id = `178833${10_000_000_000 + i}`
        const size = `0.0${1_000_001 + (i % 8_999) * 10}`
        insert.run(
          ids[i % ids.length],
          at,
          id,
          String(96_885_000 + (i % 997) * 1_000),
          size,
          i % 2 === 0 ? 1 : -1,
          at + 30,
          'stream',
        )
      }
    })()
}

/** Ten seconds from START of which seven are watched: two traded, one of them back-filled, two missing, three quiet. */
export function fillSeconds(market: SampleMarket): void {
  market.watched(UPBIT, START, START + 6_999)
  market.bars(UPBIT, [
    { openAt: START, price: '96885000', volume: '0.41820117', trades: 9 },
    { openAt: START + 3_000, price: '96890000', volume: '0.1734', trades: 6, state: 'backfilled', revision: 1 },
  ])
  market.gap(UPBIT, START + 3_200, START + 3_900, 'disconnected', 'backfill')
  market.gap(UPBIT, START + 4_100, START + 5_500, 'silent')
}
