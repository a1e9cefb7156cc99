import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Millis } from '../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { BTC, ETH, START, second, ticker } from '../journal/fixtures.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import { bytesInUse, bytesOnDisk, openWriter } from '../journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from './migrations/index.ts'
import { createRetention } from './retention.ts'
import type { StoreCaps } from './store.ts'
import { createBarTable } from './tables/bars.ts'
import { createInstrumentTable } from './tables/instruments.ts'
import { createItemTable } from './tables/items.ts'
import { createTickerTable } from './tables/tickers.ts'
import { createTradeTable } from './tables/trades.ts'

let folder: string
let db: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-retention-'))
  db = openWriter(join(folder, 'market.db'), { migrations: MARKET_MIGRATIONS })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

/** A store with one trade, ticker and second a minute, from START on, of two markets; the second market trades three times as much. */
function fill(minutes: number) {
  const instruments = createInstrumentTable(db)
  const trades = createTradeTable(db)
  const tickers = createTickerTable(db)
  const bars = createBarTable(db, () => Infinity)
  db.transaction(() => {
    for (let minute = 0; minute < minutes; minute += 1)
      for (const [key, times] of [
        [BTC, 1],
        [ETH, 3],
      ] as const) {
        const id = instruments.idOf(key)
        const at = START + minute * MINUTE
        for (let print = 0; print < times; print += 1)
          trades.put(
            id,
            at + print,
            `${at}-${print}-${'x'.repeat(40)}`,
            '116539000',
            '0.0007772',
            1,
            at + 5,
            'stream',
            null,
          )
        tickers.put(id, ticker(at, '1'))
        bars.put(id, 'upbit', second(at, '1').data)
      }
    trades.flush()
    tickers.flush()
    bars.flush()
  })()
  const retention = createRetention(db, trades, bars)
  const prune = (now: Millis, caps: Partial<StoreCaps>) => {
    let steps = 0
    while (retention.step(now, { storeBytes: 1e12, tradeDays: 3_650, secondDays: 3_650, ...caps })) steps += 1
    return steps
  }
  return { trades, bars, instruments, prune }
}
const count = (sql: string) => db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get()!
const layers = () => ({
  trades: count('trades'),
  tickers: count('tickers'),
  seconds: count(`bars WHERE interval = ${SECOND}`),
  minutes: count(`bars WHERE interval = ${MINUTE}`),
  hours: count(`bars WHERE interval = ${HOUR}`),
})

test('A-49 each layer loses what is older than its cap says, and nothing else', () => {
  const { trades, prune } = fill(3 * 1_440)
  const all = { trades: 4 * 4_320, tickers: 2 * 4_320, seconds: 2 * 4_320, minutes: 2 * 4_320, hours: 2 * 72 }
  expect(layers()).toEqual(all)
  const now = START + 3 * DAY
  expect(prune(now, {})).toBe(0)
  prune(now, { tradeDays: 2 })
  expect(layers()).toEqual({ ...all, trades: 4 * 2_880, tickers: 2 * 2_880 })
  prune(now, { tradeDays: 2, secondDays: 1 })
  expect(layers()).toEqual({ ...all, trades: 4 * 2_880, tickers: 2 * 2_880, seconds: 2 * 1_440 })
  expect([
    count(`trades WHERE at < ${START + DAY}`),
    count(`bars WHERE interval = 1000 AND open_at < ${START + 2 * DAY}`),
  ]).toEqual([0, 0])
  expect(trades.count).toBe(4 * 2_880)
})

test('A-49 A-07 news is kept for its own number of days, and for good where none is named', () => {
  const { prune } = fill(1)
  const items = createItemTable(db)
  for (let day = 0; day < 40; day += 1) {
    const at = START + day * DAY
    const event = { instrument: 'news:coinness', at, receivedAt: at, origin: 'polled' } as const
    const common = { kind: 'item', feed: 'coinness', language: 'ko', symbols: [] } as const
    items.put({ ...event, data: { ...common, id: `${day}`, title: `Title ${day}`, publishedAt: at } })
  }
  const now = START + 40 * DAY
  prune(now, {})
  expect(count('items')).toBe(40)
  prune(now, { itemDays: 31 })
  expect([count('items'), count(`items WHERE published_at < ${now - 31 * DAY}`)]).toEqual([31, 0])
})

test('A-49 over its size the store loses the oldest hours of trades first, and its size on disk falls', () => {
  const { prune, trades } = fill(3 * 1_440)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const before = bytesOnDisk(db.name)
  const cap = Math.round(before * 0.6)
  const steps = prune(START, { storeBytes: cap })
  db.pragma('wal_checkpoint(TRUNCATE)')
  expect(steps).toBeGreaterThan(3)
  expect(bytesInUse(db)).toBeLessThanOrEqual(cap)
  expect(bytesOnDisk(db.name)).toBeLessThan(before * 0.8)
  const { trades: left, ...rest } = layers()
  expect(rest).toEqual({ tickers: 2 * 4_320, seconds: 2 * 4_320, minutes: 2 * 4_320, hours: 2 * 72 })
  expect(trades.count).toBe(left)
  // Both markets keep the same hours.
  const oldest = db.prepare<[], Millis>('SELECT min(at) FROM trades GROUP BY instrument').pluck().all()
  expect(oldest).toEqual([oldest[0], oldest[0]])
  expect(left).toBe(4 * ((START + 3 * DAY - oldest[0]!) / MINUTE))
})

test('A-49 minutes stay as they were when their seconds are gone, even if one of them comes again', () => {
  const { prune, bars, instruments } = fill(1_440)
  prune(START + 3 * DAY, { secondDays: 2 })
  expect(layers()).toMatchObject({ seconds: 0, minutes: 2 * 1_440 })
  bars.put(instruments.idOf(BTC), 'upbit', second(START + 30 * SECOND, '9', { revision: 3 }).data)
  bars.flush()
  expect(layers()).toMatchObject({ seconds: 0, minutes: 2 * 1_440 })
  expect(count(`bars WHERE close = '9'`)).toBe(0)
})
