/**
 * The layouts of Digital X's frames, each an example in its key order. Those with the `snapshot` key come once, and are
 * left to the exact reader.
 */

import { layoutOf } from '../layout.ts'

const TRADE = '{"timestamp":1790000000100,"price":"100000000","qty":"0.01","isBuyerTaker":true,"tradeId":25000000}'
const TRADE_KEYS = { read: ['symbol', 'timestamp', 'isBuyerTaker', 'tradeId', 'data'], decimals: ['price', 'qty'] }

export const LAYOUTS = {
  /** One trade. Of the two timestamps the later in the frame holds, which is the trade's. */
  trade: layoutOf(`{"symbol":"btc_krw","timestamp":1790000000123,"type":"trade","data":[${TRADE}]}`, {
    fixed: ['type'],
    single: ['data'],
    ...TRADE_KEYS,
  }),
  trades: layoutOf(`{"symbol":"btc_krw","timestamp":1790000000123,"type":"trade","data":[${TRADE}]}`, {
    fixed: ['type'],
    ...TRADE_KEYS,
  }),
  /** Of the two timestamps the book's holds. */
  book: layoutOf(
    '{"symbol":"btc_krw","timestamp":1790000000123,"type":"orderbook","data":{"timestamp":1790000000100,' +
      '"asks":[{"price":"100001000","qty":"0.5"}],"bids":[{"price":"100000000","qty":"0.25"}]}}',
    { fixed: ['type'], read: ['symbol', 'timestamp', 'asks', 'bids'], decimals: ['price', 'qty'] },
  ),
  ticker: layoutOf(
    '{"symbol":"btc_krw","timestamp":1790000000123,"type":"ticker","data":{"open":"99000000","high":"101000000",' +
      '"low":"98000000","close":"100000000","prevClose":"99000000","priceChange":"1000000",' +
      '"priceChangePercent":"1.01","volume":"39.25","quoteVolume":"3900000000.5","bestAskPrice":"100001000",' +
      '"bestBidPrice":"100000000","lastTradedAt":1790000000100}}',
    {
      fixed: ['type'],
      read: ['symbol', 'timestamp', 'priceChangePercent'],
      decimals: ['open', 'high', 'low', 'close', 'volume', 'quoteVolume', 'bestAskPrice', 'bestBidPrice'],
    },
  ),
}
