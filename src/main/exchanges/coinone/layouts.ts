/** The layouts of Coinone's frames in its long format, each an example in its key order, and the keys of the short one. */

import { layoutOf } from '../layout.ts'

const MARKET = ['quote_currency', 'target_currency']

export const LAYOUTS = {
  trade: layoutOf(
    '{"response_type":"DATA","channel":"TRADE","data":{"quote_currency":"KRW","target_currency":"BTC",' +
      '"id":"1790000000100001","timestamp":1790000000100,"price":"100000000","qty":"0.01","is_seller_maker":true}}',
    {
      fixed: ['response_type', 'channel'],
      read: [...MARKET, 'id', 'timestamp', 'is_seller_maker'],
      decimals: ['price', 'qty'],
    },
  ),
  book: layoutOf(
    '{"response_type":"DATA","channel":"ORDERBOOK","data":{"quote_currency":"KRW","target_currency":"BTC",' +
      '"timestamp":1790000000100,"id":"1790000000100001","asks":[{"price":"100010000","qty":"0.01"}],' +
      '"bids":[{"price":"100000000","qty":"0.02"}]}}',
    {
      fixed: ['response_type', 'channel'],
      read: [...MARKET, 'timestamp', 'id', 'asks', 'bids'],
      decimals: ['price', 'qty'],
    },
  ),
  ticker: layoutOf(
    '{"response_type":"DATA","channel":"TICKER","data":{"quote_currency":"KRW","target_currency":"BTC",' +
      '"timestamp":1790000000100,"quote_volume":"5000000000.5","target_volume":"50.5","high":"101000000",' +
      '"low":"98000000","first":"99000000","last":"100000000","volume_power":"0","ask_best_price":"100010000",' +
      '"ask_best_qty":"0.01","bid_best_price":"100000000","bid_best_qty":"0.02","id":"1790000000100001",' +
      '"yesterday_high":"100000000","yesterday_low":"97000000","yesterday_first":"98000000",' +
      '"yesterday_last":"99000000","yesterday_quote_volume":"6000000000.5","yesterday_target_volume":"60.5"}}',
    {
      fixed: ['response_type', 'channel'],
      read: [...MARKET, 'timestamp'],
      decimals: ['last', 'ask_best_price', 'bid_best_price', 'yesterday_last'],
    },
  ),
}

/** Long key → its spelling in the short format. The names of tickers in it are not known. */
export const SHORT_KEYS: ReadonlyMap<string, string> = new Map([
  ['response_type', 'r'],
  ['channel', 'c'],
  ['data', 'd'],
  ['quote_currency', 'qc'],
  ['target_currency', 'tc'],
  ['timestamp', 't'],
  ['id', 'i'],
  ['price', 'p'],
  ['qty', 'q'],
  ['is_seller_maker', 'sm'],
  ['asks', 'a'],
  ['bids', 'b'],
])
