/** The layouts of Binance's combined-stream frames, each an example in its key order. */

import { layoutOf } from '../layout.ts'

export const LAYOUTS = {
  trade: layoutOf(
    '{"stream":"btcusdt@trade","data":{"e":"trade","E":1790000000123,"s":"BTCUSDT","t":7000000000,' +
      '"p":"70000.00000000","q":"0.01000000","T":1790000000122,"m":true,"M":true}}',
    { fixed: ['e'], read: ['s', 't', 'T', 'm'], decimals: ['p', 'q'] },
  ),
  partialBook: layoutOf(
    '{"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":90000000000,' +
      '"bids":[["70000.00000000","0.01000000"]],"asks":[["70000.01000000","0.02000000"]]}}',
    { read: ['stream', 'lastUpdateId', 'bids', 'asks'], decimals: ['0', '1'] },
  ),
  ticker: layoutOf(
    '{"stream":"btcusdt@ticker","data":{"e":"24hrTicker","E":1790000000123,"s":"BTCUSDT","p":"1000.00000000",' +
      '"P":"1.449","w":"69500.00000000","x":"69000.00000000","c":"70000.00000000","Q":"0.01000000",' +
      '"b":"69999.99000000","B":"1.00000000","a":"70000.00000000","A":"2.00000000","o":"69000.00000000",' +
      '"h":"70500.00000000","l":"68500.00000000","v":"20000.00000000","q":"1390000000.00000000","O":1789913600123,' +
      '"C":1790000000123,"F":6990000000,"L":7000000000,"n":10000001}}',
    { fixed: ['e'], read: ['E', 's', 'P'], decimals: ['c', 'b', 'a', 'o', 'h', 'l', 'v', 'q'] },
  ),
}
