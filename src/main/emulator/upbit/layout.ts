/** Which fields each of Upbit's messages holds, in its order. A stream field's second name is the short one. */

import type { Values } from './texts.ts'

/** 'name short' on the stream, 'name' alone in REST; 'name=value' takes its value from another field. */
export type Layout = readonly Place[]

interface Place {
  readonly name: string
  readonly short: string
  readonly from: string
}

/** A layout out of rows of places, separated by spaces. */
export function layout(...rows: readonly string[]): Layout {
  return rows
    .join(' ')
    .split(' ')
    .map((row) => {
      const [names = '', from] = row.split('=')
      const [name = '', short = name] = names.split('/')
      return { name, short, from: from ?? name }
    })
}

export const STREAM_LAYOUTS = {
  trade: layout(
    'type/ty code/cd timestamp/tms trade_date/td trade_time/ttm trade_timestamp/ttms trade_price/tp trade_volume/tv',
    'ask_bid/ab prev_closing_price/pcp change/c change_price/cp sequential_id/sid best_ask_price/bap best_ask_size/bas',
    'best_bid_price/bbp best_bid_size/bbs stream_type/st',
  ),
  ticker: layout(
    'type/ty code/cd opening_price/op high_price/hp low_price/lp trade_price/tp prev_closing_price/pcp',
    'acc_trade_price/atp change/c change_price/cp signed_change_price/scp change_rate/cr signed_change_rate/scr ask_bid/ab',
    'trade_volume/tv acc_trade_volume/atv trade_date/tdt trade_time/ttm trade_timestamp/ttms acc_ask_volume/aav',
    'acc_bid_volume/abv highest_52_week_price/h52wp highest_52_week_date/h52wdt lowest_52_week_price/l52wp',
    'lowest_52_week_date/l52wdt market_state/ms is_trading_suspended/its delisting_date/dd market_warning/mw timestamp/tms',
    'acc_trade_price_24h/atp24h acc_trade_volume_24h/atv24h stream_type/st',
  ),
  orderbook: layout(
    'type/ty code/cd timestamp/tms total_ask_size/tas total_bid_size/tbs orderbook_units/obu stream_type/st level/lv',
  ),
  candle: layout(
    'type/ty code/cd candle_date_time_utc/cdttmu candle_date_time_kst/cdttmk opening_price/op high_price/hp low_price/lp',
    'trade_price/tp candle_acc_trade_volume/catv candle_acc_trade_price/catp timestamp/tms stream_type/st',
  ),
} as const

const CANDLE =
  'market candle_date_time_utc candle_date_time_kst opening_price high_price low_price trade_price timestamp candle_acc_trade_price candle_acc_trade_volume'

export const REST_LAYOUTS = {
  trade: layout(
    'market trade_date_utc trade_time_utc timestamp=rest_timestamp trade_price trade_volume prev_closing_price',
    'change_price=rest_change_price ask_bid sequential_id',
  ),
  ticker: layout(
    'market trade_date trade_time trade_date_kst trade_time_kst trade_timestamp opening_price high_price low_price',
    'trade_price prev_closing_price change change_price change_rate signed_change_price signed_change_rate trade_volume',
    'acc_trade_price acc_trade_price_24h acc_trade_volume acc_trade_volume_24h highest_52_week_price highest_52_week_date',
    'lowest_52_week_price lowest_52_week_date timestamp',
  ),
  orderbook: layout('market timestamp total_ask_size total_bid_size orderbook_units level'),
  seconds: layout(CANDLE),
  minutes: layout(CANDLE, 'unit'),
  days: layout(CANDLE, 'prev_closing_price change_price change_rate'),
  longer: layout(CANDLE, 'first_day_of_period'),
} as const

/** A JSON object of these fields. A layout that names a field without value is our mistake. */
export function toObject(places: Layout, values: Values, short = false): string {
  let text = ''
  for (const { name, short: brief, from } of places) {
    const value = values[from]
    if (value === undefined) throw new Error(`emulator: no value for the field ${from}`)
    text += `${text === '' ? '{' : ','}"${short ? brief : name}":${value}`
  }
  return `${text}}`
}
