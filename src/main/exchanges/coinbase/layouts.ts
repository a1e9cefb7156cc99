/** The layouts of the Exchange feed's frames, each an example in its key order. */

import { layoutOf } from '../layout.ts'

export const LAYOUTS = {
  match: layoutOf(
    '{"type":"match","trade_id":1000000001,"maker_order_id":"5b268d37-59d7-4b16-935c-3854d4cf956d",' +
      '"taker_order_id":"b281704b-3d2e-4631-bc49-75ca291b445b","side":"buy","size":"0.00000009","price":"70000.1",' +
      '"product_id":"BTC-USD","sequence":130000000001,"time":"2026-09-21T14:13:20.123456Z"}',
    { fixed: ['type'], read: ['side', 'product_id', 'time'], decimals: ['trade_id', 'size', 'price'] },
  ),
  ticker: layoutOf(
    '{"type":"ticker","sequence":130000000001,"product_id":"BTC-USD","price":"70000.1","open_24h":"69000",' +
      '"volume_24h":"7336.73471395","low_24h":"68500","high_24h":"70500","volume_30d":"209162.21626191",' +
      '"best_bid":"70000.1","best_bid_size":"0.5","best_ask":"70000.2","best_ask_size":"0.25","side":"sell",' +
      '"time":"2026-09-21T14:13:20.123456Z","trade_id":1000000001,"last_size":"0.00000009"}',
    {
      fixed: ['type'],
      read: ['product_id', 'time'],
      decimals: ['price', 'open_24h', 'volume_24h', 'low_24h', 'high_24h', 'best_bid', 'best_ask'],
    },
  ),
  bookUpdate: layoutOf(
    '{"type":"l2update","product_id":"BTC-USD","changes":[["buy","70000.1","0.5"]],"time":"2026-09-21T14:13:20.123456Z"}',
    { fixed: ['type'], read: ['product_id', 'changes', '0', 'time'], decimals: ['1', '2'] },
  ),
}
