/** The layouts of Bybit's spot frames, each an example in its key order. */

import { layoutOf } from '../layout.ts'

export const LAYOUTS = {
  trade: layoutOf(
    '{"topic":"publicTrade.BTCUSDT","ts":1790000000123,"type":"snapshot","data":[{"i":"2290000000000000001",' +
      '"T":1790000000122,"p":"70000.1","v":"0.001683","S":"Sell","seq":110000000001,"s":"BTCUSDT","BT":false,' +
      '"RPI":false}]}',
    { read: ['topic', 'data', 'i', 'T', 'S', 's'], decimals: ['p', 'v'] },
  ),
  book: layoutOf(
    '{"topic":"orderbook.50.BTCUSDT","ts":1790000000123,"type":"delta","data":{"s":"BTCUSDT",' +
      '"b":[["70000","0.25"]],"a":[["70000.1","0.5"]],"u":2876701,"seq":110000000001},"cts":1790000000120}',
    { read: ['topic', 'type', 's', 'b', 'a', 'u', 'cts'], decimals: ['0', '1'] },
  ),
  ticker: layoutOf(
    '{"topic":"tickers.BTCUSDT","ts":1790000000123,"type":"snapshot","cs":110000000001,"data":{"symbol":"BTCUSDT",' +
      '"lastPrice":"70000.1","highPrice24h":"70500","lowPrice24h":"68500","prevPrice24h":"69000",' +
      '"volume24h":"7200.5","turnover24h":"460000000.25","price24hPcnt":"-0.0042","usdIndexPrice":"69990.741059"}}',
    {
      read: ['topic', 'ts', 'symbol', 'price24hPcnt'],
      decimals: ['lastPrice', 'highPrice24h', 'lowPrice24h', 'prevPrice24h', 'volume24h', 'turnover24h'],
    },
  ),
}
