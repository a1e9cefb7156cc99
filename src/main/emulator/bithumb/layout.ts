/** Which fields each of Bithumb's messages holds, in its order. A stream field's second name is the short one. */

import { layout } from '../upbit/layout.ts'

export const STREAM_LAYOUTS = {
  trade: layout(
    'type/ty code/cd trade_price/tp trade_volume/tv ask_bid/ab prev_closing_price/pcp change/c change_price/cp',
    'trade_date/td trade_time/ttm trade_timestamp/ttms timestamp/tms sequential_id/sid stream_type/st',
  ),
  ticker: layout(
    'type/ty code/cd opening_price/op high_price/hp low_price/lp trade_price/tp prev_closing_price/pcp change/c',
    'change_price/cp signed_change_price/scp change_rate/cr signed_change_rate/scr trade_volume/tv acc_trade_volume/atv',
    'acc_trade_volume_24h/atv24h acc_trade_price/atp acc_trade_price_24h/atp24h trade_date=bare_date trade_time=bare_time',
    'trade_timestamp/ttms ask_bid/ab acc_ask_volume/aav acc_bid_volume/abv highest_52_week_price/h52wp',
    'highest_52_week_date/h52wdt lowest_52_week_price/l52wp lowest_52_week_date/l52wdt market_state/ms',
    'is_trading_suspended/its market_warning/mw timestamp/tms stream_type/st',
  ),
  orderbook: layout(
    'type/ty code/cd total_ask_size/tas total_bid_size/tbs orderbook_units/obu level/lv timestamp/tms stream_type/st',
  ),
} as const

const CANDLE =
  'market candle_date_time_utc candle_date_time_kst opening_price high_price low_price trade_price timestamp candle_acc_trade_price candle_acc_trade_volume'

export const REST_LAYOUTS = {
  trade: layout(
    'market trade_date_utc trade_time_utc timestamp=trade_timestamp trade_price trade_volume prev_closing_price',
    'change_price=signed_change_price ask_bid sequential_id=rest_id',
  ),
  ticker: layout(
    'market trade_date=bare_date_utc trade_time=bare_time_utc trade_date_kst=bare_date trade_time_kst=bare_time',
    'trade_timestamp=shifted_timestamp opening_price high_price low_price trade_price prev_closing_price change change_price',
    'change_rate signed_change_price signed_change_rate trade_volume acc_trade_price acc_trade_price_24h acc_trade_volume',
    'acc_trade_volume_24h highest_52_week_price highest_52_week_date lowest_52_week_price lowest_52_week_date',
    'timestamp=shifted_timestamp',
  ),
  orderbook: layout('market timestamp=timestamp_ms total_ask_size total_bid_size orderbook_units'),
  minutes: layout(CANDLE, 'unit'),
  days: layout(CANDLE, 'prev_closing_price change_price change_rate'),
  longer: layout(CANDLE, 'first_day_of_period'),
} as const
