import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openSampleMarket, sampleRequest, START, UPBIT } from './sample-market.ts'
import { writeExport } from './write-export.ts'

const market = openSampleMarket()
afterEach(() => market.remove())

test('A-51 an SQLite export is one file with the rows, what is known of them, and exact values', async () => {
  market.watched(UPBIT, START, START + 2_999)
  market.trades(UPBIT, [
    { at: START + 5, id: '17883351803770004', price: '123456789.123456789', size: '0.00001234', side: 'buy' },
    { at: START + 7, id: '17883351803770005', price: '1', size: '2' },
  ])
  market.gap(UPBIT, START + 1_100, START + 1_900, 'disconnected')
  const name = 'x.sqlite'
  const folder = join(dirname(market.file), '.')
  const { rows, files } = await writeExport(
    {
      task: 'write',
      request: sampleRequest({ kind: 'trades', to: START + 3_000, format: 'sqlite', zone: 'KST', language: 'ko' }),
      marketFile: market.file,
      origin: { version: '1.2.3', collector: 'c-1', demo: true },
      folder,
      name,
      cancel: new SharedArrayBuffer(4),
    },
    { stopped: () => false, onRows: () => {} },
  )
  const db = new Database(join(folder, name), { readonly: true })
  const trade = { exchange: 'upbit', market: 'BTC/KRW', origin: 'stream', venue_time: null, DEMO: 'simulated' }
  expect({
    rows,
    files: files.map((file) => file.name),
    beside: readdirSync(folder)
      .filter((file) => file.startsWith('x.'))
      .toSorted(),
    check: db.pragma('integrity_check', { simple: true }),
    journal: db.pragma('journal_mode', { simple: true }),
    trades: db.prepare('SELECT * FROM trades').all(),
    completeness: db.prepare('SELECT * FROM completeness').all(),
    gaps: db.prepare('SELECT * FROM gaps_of_range').all(),
    meta: db
      .prepare(`SELECT value FROM meta WHERE name IN ('rows', 'demo', 'zone', 'version') ORDER BY name`)
      .pluck()
      .all(),
  }).toEqual({
    rows: 2,
    files: [name, `${name}.meta.json`],
    beside: [name, `${name}.meta.json`],
    check: 'ok',
    journal: 'delete',
    trades: [
      {
        ...trade,
        time_kst: '2026-11-22T14:32:00.005+09:00',
        time_utc: '2026-11-22T05:32:00.005Z',
        epoch_ms: START + 5,
        id: '17883351803770004',
        price: '123456789.123456789',
        size: '0.00001234',
        side: 'buy',
        received_ms: START + 35,
      },
      {
        ...trade,
        time_kst: '2026-11-22T14:32:00.007+09:00',
        time_utc: '2026-11-22T05:32:00.007Z',
        epoch_ms: START + 7,
        id: '17883351803770005',
        price: '1',
        size: '2',
        side: null,
        received_ms: START + 37,
      },
    ],
    completeness: [
      {
        exchange: 'upbit',
        market: 'BTC/KRW',
        seconds: 3,
        live: 2,
        backfilled: 0,
        missing: 1,
        unwatched: 0,
        live_percent: 66.6667,
        backfilled_percent: 0,
        missing_percent: 33.3333,
        unwatched_percent: 0,
      },
    ],
    gaps: [
      {
        exchange: 'upbit',
        market: 'BTC/KRW',
        since_ms: START + 1_100,
        until_ms: START + 1_900,
        reason: 'disconnected',
        filled_by: null,
      },
    ],
    meta: ['true', '2', '1.2.3', 'KST'],
  })
  db.close()
})
