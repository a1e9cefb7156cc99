/** Trades, and SQLite's own speed with them: what the ways into market.db are measured against. */

import { join } from 'node:path'
import { openWriter } from '../../src/main/journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import type { MarketEvent, Trade } from '../../src/shared/market.ts'

const MARKETS = 40
const START = 1_700_000_000_000

/** Trades of all markets in turn, five a millisecond, with ids and decimals of usual length. */
export function makeTrades(count: number): MarketEvent<Trade>[] {
  return Array.from({ length: count }, (_, i) => ({
    instrument: `upbit:C${i % MARKETS}/KRW` as const,
    at: START + Math.floor(i / 5),
    receivedAt: START + Math.floor(i / 5) + 50,
    origin: 'stream' as const,
    data: {
      kind: 'trade' as const,
      id: `17000000${1_000_000_000 + i}`,
      price: String(116_539_000 + (i % 1000)),
      size: `0.000${1000 + (i % 9000)}1`,
      side: i % 2 === 0 ? ('buy' as const) : ('sell' as const),
    },
  }))
}

/** One prepared insert, 1,000 rows a transaction, on the same table with the same indexes and settings. */
export function bareInsert(folder: string, trades: readonly MarketEvent<Trade>[]): number {
  const db = openWriter(join(folder, 'bare.db'), { migrations: MARKET_MIGRATIONS })
  const make = db.prepare('INSERT INTO instruments (key, venue, updated_at) VALUES (?, ?, 0)')
  for (let i = 0; i < MARKETS; i += 1) make.run(`upbit:C${i}/KRW`, 'upbit')
  const insert = db.prepare('INSERT INTO trades VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const begin = performance.now()
  for (let from = 0; from < trades.length; from += 1_000) {
    db.exec('BEGIN')
    for (let i = from; i < from + 1_000; i += 1) {
      const { at, receivedAt, origin, data } = trades[i]!
      const side = data.side === 'buy' ? 1 : -1
      insert.run(1 + (i % MARKETS), at, data.id, data.price, data.size, side, receivedAt, origin, null)
    }
    db.exec('COMMIT')
  }
  const took = performance.now() - begin
  db.close()
  return (trades.length / took) * 1_000
}
