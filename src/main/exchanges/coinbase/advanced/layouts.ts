/** The layouts of Advanced Trade's frames, each an example in its key order. */

import { layoutOf } from '../../layout.ts'

const ENVELOPE = '"timestamp":"2026-09-21T14:13:20.123456789Z","sequence_num":7'

const TRADES =
  `{"channel":"market_trades",${ENVELOPE},"events":[{"type":"update","trades":[{"product_id":"BTC-USD",` +
  '"trade_id":"1000000001","price":"70000.1","size":"0.00000012","time":"2026-09-21T14:13:20.123456Z","side":"BUY"}]}]}'
const TRADE_KEYS = ['product_id', 'time', 'side']
const TRADE_DECIMALS = ['sequence_num', 'trade_id', 'price', 'size']

export const LAYOUTS = {
  trade: layoutOf(TRADES, {
    fixed: ['channel', 'type'],
    read: TRADE_KEYS,
    decimals: TRADE_DECIMALS,
    single: ['events', 'trades'],
  }),
  trades: layoutOf(TRADES, {
    fixed: ['channel', 'type'],
    read: ['trades', ...TRADE_KEYS],
    decimals: TRADE_DECIMALS,
    single: ['events'],
  }),
  bookUpdate: layoutOf(
    `{"channel":"l2_data",${ENVELOPE},"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid",` +
      '"event_time":"2026-09-21T14:13:20.123456Z","price_level":"70000.1","new_quantity":"0.5"}]}]}',
    {
      fixed: ['channel', 'type'],
      read: ['timestamp', 'product_id', 'updates', 'side'],
      decimals: ['sequence_num', 'price_level', 'new_quantity'],
      single: ['events'],
    },
  ),
  ticker: layoutOf(
    `{"channel":"ticker",${ENVELOPE},"events":[{"type":"update","tickers":[{"type":"ticker","product_id":"BTC-USD",` +
      '"price":"70000.1","volume_24_h":"6629.927726","low_24_h":"68500","high_24_h":"70500","low_52_w":"57000",' +
      '"high_52_w":"126000","price_percent_chg_24_h":"0.03813791548644","best_bid":"70000.1","best_ask":"70000.2",' +
      '"best_bid_quantity":"0.5","best_ask_quantity":"0.25"}]}]}',
    {
      fixed: ['channel', 'type'],
      read: ['timestamp', 'product_id', 'price_percent_chg_24_h'],
      decimals: ['sequence_num', 'price', 'volume_24_h', 'low_24_h', 'high_24_h', 'best_bid', 'best_ask'],
      single: ['events', 'tickers'],
    },
  ),
}
