/** The layouts of Upbit's frames in DEFAULT format, each an example in its key order, and the short keys of SIMPLE. */

import { layoutOf } from '../layout.ts'

export const LAYOUTS = {
  trade: layoutOf(
    '{"type":"trade","code":"KRW-BTC","timestamp":1790000000123,"trade_date":"2026-09-21","trade_time":"14:13:20",' +
      '"trade_timestamp":1790000000100,"trade_price":100000000.00000000,"trade_volume":0.01000000,"ask_bid":"BID",' +
      '"prev_closing_price":99000000.00000000,"change":"RISE","change_price":1000000.00000000,' +
      '"sequential_id":17900000001000000,"best_ask_price":100001000,"best_ask_size":0.5,"best_bid_price":100000000,' +
      '"best_bid_size":0.25,"stream_type":"REALTIME"}',
    {
      fixed: ['type'],
      read: ['code', 'trade_timestamp', 'ask_bid', 'sequential_id', 'stream_type'],
      decimals: ['trade_price', 'trade_volume'],
    },
  ),
  book: layoutOf(
    '{"type":"orderbook","code":"KRW-BTC","timestamp":1790000000123,"total_ask_size":1.5,"total_bid_size":2.5,' +
      '"orderbook_units":[{"ask_price":1.00001E8,"bid_price":1.0E8,"ask_size":0.5,"bid_size":0.25}],' +
      '"stream_type":"REALTIME","level":0}',
    {
      fixed: ['type'],
      read: ['code', 'timestamp', 'orderbook_units', 'ask_price', 'bid_price', 'stream_type'],
      decimals: ['ask_size', 'bid_size'],
    },
  ),
  ticker: layoutOf(
    '{"type":"ticker","code":"KRW-BTC","opening_price":99000000.0000,"high_price":101000000.0000,' +
      '"low_price":98000000.0000,"trade_price":100000000.0000,"prev_closing_price":99000000.00000000,' +
      '"acc_trade_price":5000000000.5,"change":"RISE","change_price":1000000.00000000,' +
      '"signed_change_price":1000000.00000000,"change_rate":0.0101010101,"signed_change_rate":0.0101010101,' +
      '"ask_bid":"BID","trade_volume":0.01,"acc_trade_volume":50.5,"trade_date":"20260921","trade_time":"141320",' +
      '"trade_timestamp":1790000000100,"acc_ask_volume":25.25,"acc_bid_volume":25.25,' +
      '"highest_52_week_price":120000000.00000000,"highest_52_week_date":"2026-01-01",' +
      '"lowest_52_week_price":80000000.00000000,"lowest_52_week_date":"2026-04-01","market_state":"ACTIVE",' +
      '"is_trading_suspended":false,"delisting_date":null,"market_warning":"NONE","timestamp":1790000000123,' +
      '"acc_trade_price_24h":6000000000.5,"acc_trade_volume_24h":60.5,"stream_type":"REALTIME"}',
    {
      fixed: ['type'],
      read: ['code', 'signed_change_rate', 'timestamp', 'stream_type'],
      decimals: ['trade_price', 'acc_trade_price_24h', 'acc_trade_volume_24h'],
    },
  ),
}

/** Long key → its spelling in SIMPLE format, for the keys that are read. */
export const SHORT_KEYS: ReadonlyMap<string, string> = new Map([
  ['type', 'ty'],
  ['code', 'cd'],
  ['timestamp', 'tms'],
  ['stream_type', 'st'],
  ['trade_timestamp', 'ttms'],
  ['trade_price', 'tp'],
  ['trade_volume', 'tv'],
  ['ask_bid', 'ab'],
  ['sequential_id', 'sid'],
  ['signed_change_rate', 'scr'],
  ['acc_trade_volume_24h', 'atv24h'],
  ['acc_trade_price_24h', 'atp24h'],
  ['orderbook_units', 'obu'],
  ['ask_price', 'ap'],
  ['bid_price', 'bp'],
  ['ask_size', 'as'],
  ['bid_size', 'bs'],
])
