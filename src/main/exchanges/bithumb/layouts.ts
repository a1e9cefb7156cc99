/** The layouts of Bithumb's frames in DEFAULT format, each an example in its key order, and the short keys of SIMPLE. */

import { layoutOf } from '../layout.ts'

/** The delisting date of a market that stays was seen empty, and was seen left out. */
function tickerOf(delisting: string) {
  return layoutOf(
    '{"type":"ticker","code":"KRW-BTC","opening_price":99000000,"high_price":101000000,"low_price":98000000,' +
      '"trade_price":100000000,"prev_closing_price":99000000,"change":"RISE","change_price":1000000,' +
      '"signed_change_price":1000000,"change_rate":0.01010101,"signed_change_rate":0.01010101,"trade_volume":0.01,' +
      '"acc_trade_volume":50.5,"acc_trade_volume_24h":60.5,"acc_trade_price":5000000000.5,' +
      '"acc_trade_price_24h":6000000000.5,"trade_date":"20260921","trade_time":"231320",' +
      '"trade_timestamp":1790000000100,"ask_bid":"BID","acc_ask_volume":25.25,"acc_bid_volume":25.25,' +
      '"highest_52_week_price":120000000,"highest_52_week_date":"2026-01-01","lowest_52_week_price":80000000,' +
      `"lowest_52_week_date":"2026-04-01","market_state":"ACTIVE","is_trading_suspended":false,${delisting}` +
      '"market_warning":"NONE","timestamp":1790000000123,"stream_type":"REALTIME"}',
    {
      fixed: ['type'],
      read: ['code', 'signed_change_rate', 'timestamp', 'stream_type'],
      decimals: ['trade_price', 'acc_trade_price_24h', 'acc_trade_volume_24h'],
    },
  )
}

export const LAYOUTS = {
  trade: layoutOf(
    '{"type":"trade","code":"KRW-BTC","trade_price":100000000,"trade_volume":0.01,"ask_bid":"BID",' +
      '"prev_closing_price":99000000,"change":"RISE","change_price":1000000,"trade_date":"2026-09-21",' +
      '"trade_time":"23:13:20","trade_timestamp":1790000000100,"timestamp":1790000000123,' +
      '"sequential_id":1079953210371761701,"stream_type":"REALTIME"}',
    {
      fixed: ['type'],
      read: ['code', 'ask_bid', 'trade_timestamp', 'sequential_id', 'stream_type'],
      decimals: ['trade_price', 'trade_volume'],
    },
  ),
  book: layoutOf(
    '{"type":"orderbook","code":"KRW-BTC","total_ask_size":1.5,"total_bid_size":2.5,' +
      '"orderbook_units":[{"ask_price":100001000,"bid_price":100000000,"ask_size":0.5,"bid_size":0.25}],' +
      '"level":1,"timestamp":1790000000123456,"stream_type":"REALTIME"}',
    {
      fixed: ['type'],
      read: ['code', 'orderbook_units', 'timestamp', 'stream_type'],
      decimals: ['ask_price', 'bid_price', 'ask_size', 'bid_size'],
    },
  ),
  ticker: tickerOf(''),
  tickerWithDate: tickerOf('"delisting_date":"",'),
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
