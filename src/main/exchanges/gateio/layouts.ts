/** The layouts of Gate.io's frames, each an example in its key order. A side of a book that did not change is left out. */

import { layoutOf } from '../layout.ts'

const BIDS = '"b":[["70000","0.25"]]'
const ASKS = '"a":[["70000.1","0.5"]]'

function bookLayout(values: string) {
  return layoutOf(`{"channel":"spot.obu","result":{${values}},"time_ms":1790000000143,"event":"update"}`, {
    fixed: ['channel', 'event'],
    read: ['t', 'full', 's', 'u', 'U', 'b', 'a'],
    decimals: ['0', '1'],
  })
}

const CHANGE = '"t":1790000000124,"s":"ob.BTC_USDT.50","u":39000000816,"U":39000000813'

export const LAYOUTS = {
  trade: layoutOf(
    '{"time":1790000000,"time_ms":1790000000120,"channel":"spot.trades","event":"update","result":{"id":220000001,' +
      '"id_market":220000001,"create_time":1790000000,"create_time_ms":"1790000000119.653000","side":"sell",' +
      '"currency_pair":"BTC_USDT","amount":"0.002984","price":"70000.1","range":"220000001-220000001",' +
      '"trade_mode":0}}',
    {
      fixed: ['channel', 'event'],
      read: ['id', 'create_time_ms', 'side', 'currency_pair'],
      decimals: ['amount', 'price'],
    },
  ),
  bookBoth: bookLayout(`${CHANGE},${BIDS},${ASKS}`),
  bookBids: bookLayout(`${CHANGE},${BIDS}`),
  bookAsks: bookLayout(`${CHANGE},${ASKS}`),
  bookWhole: bookLayout(`"t":1790000000124,"full":true,"s":"ob.BTC_USDT.50","u":39000000812,${BIDS},${ASKS}`),
  ticker: layoutOf(
    '{"time":1790000000,"time_ms":1790000000549,"channel":"spot.tickers","event":"update","result":{' +
      '"currency_pair":"BTC_USDT","last":"70000.1","lowest_ask":"70000.1","highest_bid":"70000",' +
      '"change_percentage":"-0.4034","base_volume":"5291.366688","quote_volume":"337744396.9986996",' +
      '"high_24h":"70500","low_24h":"68500"}}',
    {
      fixed: ['channel', 'event'],
      read: ['time_ms', 'currency_pair', 'change_percentage'],
      decimals: ['last', 'lowest_ask', 'highest_bid', 'base_volume', 'quote_volume', 'high_24h', 'low_24h'],
    },
  ),
}
