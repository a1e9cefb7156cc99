/** How fast trades get from the engine into market.db, through both threads, against SQLite's own speed. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { openWriter } from '../../src/main/journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { followJournal } from '../../src/main/store/follow-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import type { MarketEvent, Trade } from '../../src/shared/market.ts'

interface Measure {
  readonly value: number
  readonly unit: string
  /** What a ratio is a ratio of. */
  readonly of?: string
}

const TRADES = 100_000
const MARKETS = 40
const ROUNDS = 3
/** Events of one socket turn in a busy time. */
const BURST = 250
const START = 1_700_000_000_000

/** Trades of all markets in turn, five a millisecond, with ids and decimals of usual length. */
function makeTrades(count: number): MarketEvent<Trade>[] {
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
function bareInsert(folder: string, trades: readonly MarketEvent<Trade>[]): number {
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

/** From the first append until the last row is committed in market.db. */
async function pipeline(folder: string, trades: readonly MarketEvent<Trade>[]): Promise<number> {
  const journalFile = join(folder, 'journal.db')
  const journal = await openJournal({ file: journalFile, demo: false, caps: { bytes: 2e9 } })
  const store = await openStore({
    journalFile,
    marketFile: join(folder, 'market.db'),
    demo: false,
    caps: { storeBytes: 20e9, tradeDays: 3650, secondDays: 3650 },
    collector: 'bench',
  })
  followJournal(store, journal)
  const begin = performance.now()
  const stored = new Promise<void>((resolve) => {
    store.onStored(() => {
      if (store.stats().trades === trades.length) resolve()
    })
  })
  for (let from = 0; from < trades.length; from += BURST) {
    journal.append('trades', trades.slice(from, from + BURST))
    await setImmediate()
  }
  await stored
  const took = performance.now() - begin
  await store.close()
  await journal.close()
  return (trades.length / took) * 1_000
}

/** Rates, and the whole pipeline as a share of the bare insert in the same run: the median of alternating rounds. */
export async function storeBench(): Promise<Record<string, Measure>> {
  const trades = makeTrades(TRADES)
  const bare: number[] = []
  const whole: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'))
    try {
      const insert = bareInsert(folder, trades)
      const rate = await pipeline(folder, trades)
      bare.push(insert)
      whole.push(rate)
      ratios.push(rate / insert)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return {
    'store.bare-insert': { value: Math.round(median(bare)), unit: 'rows/s' },
    'store.pipeline-rate': { value: Math.round(median(whole)), unit: 'rows/s' },
    'store.pipeline': { value: Number(median(ratios).toFixed(2)), unit: 'ratio', of: 'bare insert' },
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
