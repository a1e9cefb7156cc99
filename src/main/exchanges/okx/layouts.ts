/** The layouts of OKX's frames, each an example in its key order. */

import { layoutOf } from '../layout.ts'

export const LAYOUTS = {
  trade: layoutOf(
    '{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"1100000001",' +
      '"px":"70000.1","sz":"0.01","side":"buy","ts":"1790000000100","count":"2","source":"0","seqId":80000000001}]}',
    { fixed: ['channel'], read: ['instId', 'data', 'tradeId', 'side', 'ts'], decimals: ['px', 'sz'] },
  ),
  book: layoutOf(
    '{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["70000.1","0.5","0","3"]],' +
      '"bids":[["70000","0.25","0","1"]],"ts":"1790000000100","checksum":0,"seqId":80000000008,' +
      '"prevSeqId":80000000001}]}',
    {
      fixed: ['channel'],
      read: ['instId', 'action', 'data', 'asks', 'bids', 'ts', 'seqId', 'prevSeqId'],
      decimals: ['0', '1'],
    },
  ),
  ticker: layoutOf(
    '{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"instType":"SPOT","instId":"BTC-USDT",' +
      '"last":"70000.1","lastSz":"0.01","askPx":"70000.1","askSz":"0.5","bidPx":"70000","bidSz":"0.25",' +
      '"open24h":"69000","high24h":"70500","low24h":"68500","sodUtc0":"69500","sodUtc8":"69600",' +
      '"volCcy24h":"390000000.5","vol24h":"5600.25","ts":"1790000000100"}]}',
    {
      fixed: ['channel'],
      read: ['instId', 'data', 'ts'],
      decimals: ['last', 'askPx', 'bidPx', 'open24h', 'high24h', 'low24h', 'volCcy24h', 'vol24h'],
    },
  ),
}
