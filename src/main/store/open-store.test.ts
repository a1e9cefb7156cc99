import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Instrument } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { BTC, ETH, START, emptySecond, second, ticker, trade } from '../journal/fixtures.ts'
import type { TestStore } from './fixtures.ts'
import { openTestStore } from './fixtures.ts'
import { openStore } from './open-store.ts'

let at: TestStore
beforeEach(async () => {
  at = await openTestStore()
})
afterEach(async () => {
  await at.close()
  at.remove()
})

test('A trade that comes twice is one row; times, side and finer time are kept as the venue gave them.', async () => {
  const { side: _, ...noSide } = trade('2', START).data
  const plain = { ...trade('2', START + 1, { atText: '2026-01-05T00:00:00.001234Z' }), data: noSide }
  await at.put(trade('1', START), trade('1', START), plain, trade('1', START, { instrument: ETH }))
  expect(
    at.query(
      'SELECT key, at, trades.id AS id, price, size, side, received_at, origin, at_text FROM trades JOIN instruments ON instruments.id = instrument ORDER BY key, at',
    ),
  ).toEqual([
    {
      key: BTC,
      at: START,
      id: '1',
      price: '116539000',
      size: '0.0007772',
      side: 1,
      received_at: START + 5,
      origin: 'stream',
      at_text: null,
    },
    {
      key: BTC,
      at: START + 1,
      id: '2',
      price: '116539000',
      size: '0.0007772',
      side: null,
      received_at: START + 6,
      origin: 'stream',
      at_text: '2026-01-05T00:00:00.001234Z',
    },
    {
      key: ETH,
      at: START,
      id: '1',
      price: '116539000',
      size: '0.0007772',
      side: 1,
      received_at: START + 5,
      origin: 'stream',
      at_text: null,
    },
  ])
  expect(at.store.stats().trades).toBe(3)
})

test('A-18 seconds that come together after the process stalled for 3 s stay seconds of their own', async () => {
  await at.put(
    ...[0, 1, 2, 3].map((index) => second(START + index * SECOND, String(index + 1))),
    emptySecond(START + 4 * SECOND, 'quiet'),
  )
  expect(at.query('SELECT open_at, close FROM bars WHERE interval = 1000 ORDER BY open_at')).toEqual(
    [0, 1, 2, 3].map((index) => ({ open_at: START + index * SECOND, close: String(index + 1) })),
  )
})

test('A-19 the highest revision of a second holds, whatever the order, and one without trades removes it', async () => {
  await at.put(
    second(START, '2', { revision: 1 }),
    second(START, '1'),
    second(START + SECOND, '1'),
    second(START + 2 * SECOND, '9', { state: 'backfilled' }),
  )
  await at.put(emptySecond(START + SECOND, 'missing', 1), emptySecond(START + 2 * SECOND, 'quiet'))
  expect(at.query('SELECT open_at, close, revision, state FROM bars ORDER BY open_at')).toEqual([
    { open_at: START, close: '2', revision: 1, state: 'traded' },
    { open_at: START + 2 * SECOND, close: '9', revision: 0, state: 'backfilled' },
  ])
})

test('Tickers are thinned to the newest of each second and market.', async () => {
  await at.put(ticker(START + 900, '3'), ticker(START + 100, '1'), ticker(START + 1_000, '4'), ticker(START, '9', ETH))
  await at.put(ticker(START + 800, '2'), ticker(START + 1_001, '5'))
  expect(at.query('SELECT at, last FROM tickers JOIN instruments ON id = instrument ORDER BY key, at')).toEqual([
    { at: START + 900, last: '3' },
    { at: START + 1_001, last: '5' },
    { at: START, last: '9' },
  ])
})

test('A venue’s list describes its markets; those that it no longer names are kept, marked.', async () => {
  const btc: Instrument = {
    key: BTC,
    venue: 'upbit',
    native: 'KRW-BTC',
    base: 'BTC',
    quote: 'KRW',
    names: { ko: '비트코인' },
    tickSize: '1000',
    status: 'trading',
  }
  const eth: Instrument = {
    key: ETH,
    venue: 'upbit',
    native: 'KRW-ETH',
    names: {},
    status: 'halted',
    warning: 'WARNING',
  }
  await at.store.putInstruments('upbit', [btc, eth])
  expect(await at.reader.instruments()).toEqual([btc, eth])
  await at.store.putInstruments('upbit', [{ ...eth, status: 'trading' }])
  expect(at.query('SELECT key, listed, status FROM instruments ORDER BY key')).toEqual([
    { key: BTC, listed: 0, status: 'trading' },
    { key: ETH, listed: 1, status: 'trading' },
  ])
})

test('A-34 a store that starts again goes on where it was, and a journal made anew is read from its start', async () => {
  await at.put(trade('1', START), trade('2', START + 1))
  await at.close()
  at = await openTestStore(at.folder)
  await at.put(trade('3', START + 2))
  expect(at.store.stats().trades).toBe(3)
  await at.close()
  for (const end of ['', '-wal', '-shm']) rmSync(join(at.folder, `journal.db${end}`), { force: true })
  at = await openTestStore(at.folder)
  await at.put(trade('3', START + 2), trade('4', START + 3))
  expect([at.store.stats().trades, at.store.stats().behind]).toEqual([4, 0])
})

test('Nothing is trimmed from the journal before it is stored, and the journal knows how far that is.', async () => {
  await at.put(trade('1', START), trade('2', START + 1))
  await expect
    .poll(async () => (await at.journal.cursors('store')).reduce((sum, { offset }) => sum + offset, 0))
    .toBe(2)
})

test('A real store refuses to take the demo’s data.', async () => {
  await expect(
    openStore({
      journalFile: join(at.folder, 'journal.db'),
      marketFile: join(at.folder, 'market.db'),
      demo: true,
      caps: { storeBytes: 1e9, tradeDays: 30, secondDays: 365 },
      collector: 'c0',
    }),
  ).rejects.toMatchObject({ fault: { code: 'bad-setting' } })
})
