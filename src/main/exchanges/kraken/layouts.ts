/** The layouts of Kraken's frames, each an example in its key order. All its numbers are JSON numbers, with their trailing zeros. */

import { layoutOf } from '../layout.ts'

const TRADE =
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":70000.1,"qty":0.01000000,' +
  '"ord_type":"limit","trade_id":100000001,"timestamp":"2026-09-21T14:13:20.123456Z"}]}'
const TRADE_KEYS = ['symbol', 'side', 'timestamp']
const TRADE_DECIMALS = ['price', 'qty', 'trade_id']

export const LAYOUTS = {
  trade: layoutOf(TRADE, {
    fixed: ['channel', 'type'],
    read: TRADE_KEYS,
    decimals: TRADE_DECIMALS,
    single: ['data'],
  }),
  trades: layoutOf(TRADE, {
    fixed: ['channel', 'type'],
    read: ['data', ...TRADE_KEYS],
    decimals: TRADE_DECIMALS,
  }),
  ticker: layoutOf(
    '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":70000.0,"bid_qty":0.5,"ask":70000.1,' +
      '"ask_qty":0.25,"last":70000.1,"volume":3000.12345678,"vwap":69500.5,"low":68500.0,"high":70500.0,' +
      '"change":1000.1,"change_pct":1.45,"trades":130000,"timestamp":"2026-09-21T14:13:20.123456Z"}]}',
    {
      fixed: ['channel', 'type'],
      read: ['symbol', 'change_pct', 'timestamp'],
      decimals: ['bid', 'ask', 'last', 'volume', 'low', 'high'],
      single: ['data'],
    },
  ),
  /** Snapshots come once, some of them without a time: they are left to the exact reader. */
  bookUpdate: layoutOf(
    '{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":70000.0,"qty":0.01000000}],' +
      '"asks":[{"price":70000.1,"qty":0.02000000}],"checksum":1234567890,"timestamp":"2026-09-21T14:13:20.123456Z"}]}',
    {
      fixed: ['channel', 'type'],
      read: ['symbol', 'bids', 'asks', 'timestamp'],
      decimals: ['price', 'qty', 'checksum'],
      single: ['data'],
    },
  ),
}
