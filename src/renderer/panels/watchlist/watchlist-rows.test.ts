import { expect, test } from 'vitest'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { Grouping, WatchRow } from './watchlist-rows.ts'
import { toRows } from './watchlist-rows.ts'

const keys: InstrumentKey[] = ['binance:BTC/USDT', 'upbit:ETH/KRW', 'upbit:BTC/KRW', 'upbit:BTC/USDT', 'kis:005930']

const listed = (key: InstrumentKey, tickSize: string): [InstrumentKey, Instrument] => [
  key,
  { key, venue: 'upbit', native: key, names: {}, status: 'trading', tickSize },
]
const byKey = new Map([listed('upbit:ETH/KRW', '1'), listed('upbit:BTC/KRW', '0.01')])

const short = (rows: readonly WatchRow[]) =>
  rows.map((row) =>
    row.kind === 'market' ? `${row.key} ${row.slot}` : `${row.venue ?? 'coin'} ${row.label} (${row.count})`,
  )
const rowsBy = (grouping: Grouping, ...collapsed: string[]) =>
  short(toRows({ keys, grouping, collapsed: new Set(collapsed), byKey }))

test('by venue: the order of every list, one group a quote currency, a slot as wide as its longest fraction', () => {
  expect(rowsBy('venue')).toEqual([
    'upbit KRW (2)',
    'upbit:ETH/KRW 2',
    'upbit:BTC/KRW 2',
    'upbit USDT (1)',
    'upbit:BTC/USDT 0',
    'binance USDT (1)',
    'binance:BTC/USDT 0',
    'kis  (1)',
    'kis:005930 0',
  ])
})

test('a closed group shows its head alone', () => {
  expect(rowsBy('venue', 'upbit KRW', 'upbit USDT', 'kis ')).toEqual([
    'upbit KRW (2)',
    'upbit USDT (1)',
    'binance USDT (1)',
    'binance:BTC/USDT 0',
    'kis  (1)',
  ])
})

test('by coin and flat: the order of the list', () => {
  expect(rowsBy('coin', 'ETH', '005930')).toEqual([
    'coin BTC (3)',
    'binance:BTC/USDT 2',
    'upbit:BTC/KRW 2',
    'upbit:BTC/USDT 2',
    'coin ETH (1)',
    'coin 005930 (1)',
  ])
  expect(rowsBy('flat')).toEqual(keys.map((key) => `${key} 2`))
})
