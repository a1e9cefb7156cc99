/** Candles of KIS: minutes and days, newest first as it gives them, oldest first as we do. */

import type { Millis } from '../../../shared/market.ts'
import { DAY, MINUTE } from '../../../shared/market.ts'
import type { Candle, RestCall } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { call } from './call.ts'
import { toKoreanDate, toKoreanTime, toMoment } from './records.ts'
import type { Place } from './symbols.ts'

type Query = Readonly<Record<string, string>>

/** Rows of one answer. */
const DAYS = 100
const ROWS_ABROAD = 120
/** A hundred trading days lie in less than this. */
const STRETCH: Millis = 160 * DAY

/** `market` is the part of the query that names it. */
export function candlesInSeoul(
  market: Query,
  interval: Millis,
  to: Millis,
  limit: number,
  isPaper: boolean,
): RestCall<readonly Candle[]> {
  const until = toKoreanDate(to - 1)
  if (interval === DAY) {
    const query = {
      ...market,
      FID_INPUT_DATE_1: toKoreanDate(to - STRETCH),
      FID_INPUT_DATE_2: until,
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    }
    return call('domestic-stock/v1/quotations/inquire-daily-itemchartprice', 'FHKST03010100', query, (answer) =>
      inOrder(answer, to, Math.min(limit, DAYS), (row) => ({
        openAt: dayOf(row.text('stck_bsop_date')),
        open: row.positive('stck_oprc'),
        high: row.positive('stck_hgpr'),
        low: row.positive('stck_lwpr'),
        close: row.positive('stck_clpr'),
        volume: row.amount('acml_vol'),
        quoteVolume: row.amount('acml_tr_pbmn'),
      })),
    )
  }
  const query = { ...market, FID_INPUT_HOUR_1: toKoreanTime(to - 1), FID_PW_DATA_INCU_YN: 'Y' }
  return isPaper
    ? call(
        'domestic-stock/v1/quotations/inquire-time-itemchartprice',
        'FHKST03010200',
        { ...query, FID_ETC_CLS_CODE: '' },
        (answer, receivedAt) => inOrder(answer, Math.min(to, receivedAt), limit, toMinute),
      )
    : call(
        'domestic-stock/v1/quotations/inquire-time-dailychartprice',
        'FHKST03010230',
        { ...query, FID_INPUT_DATE_1: until, FID_FAKE_TICK_INCU_YN: '' },
        (answer, receivedAt) => inOrder(answer, Math.min(to, receivedAt), limit, toMinute),
      )
}

export function candlesAbroad(
  { exchange, code }: Extract<Place, { kind: 'abroad' }>,
  interval: Millis,
  to: Millis,
  limit: number,
): RestCall<readonly Candle[]> {
  const market = { AUTH: '', EXCD: exchange, SYMB: code }
  if (interval === DAY)
    return call(
      'overseas-price/v1/quotations/dailyprice',
      'HHDFS76240000',
      { ...market, GUBN: '0', BYMD: toKoreanDate(to - 1), MODP: '1' },
      (answer) =>
        inOrder(answer, to, limit, (row) => ({
          openAt: dayOf(row.text('xymd')),
          open: row.positive('open'),
          high: row.positive('high'),
          low: row.positive('low'),
          close: row.positive('clos'),
          volume: row.amount('tvol'),
          quoteVolume: row.amount('tamt'),
        })),
    )
  return call(
    'overseas-price/v1/quotations/inquire-time-itemchartprice',
    'HHDFS76950200',
    { ...market, NMIN: '1', PINC: '1', NEXT: '', NREC: String(Math.min(limit, ROWS_ABROAD)), FILL: '', KEYB: '' },
    (answer) =>
      inOrder(answer, to, limit, (row) => ({
        openAt: toMoment(row.text('kymd'), row.text('khms')),
        open: row.positive('open'),
        high: row.positive('high'),
        low: row.positive('low'),
        close: row.positive('last'),
        volume: row.amount('evol'),
        quoteVolume: row.amount('eamt'),
      })),
  )
}

function toMinute(row: Fields): Candle {
  return {
    openAt: toMoment(row.text('stck_bsop_date'), row.text('stck_cntg_hour')),
    open: row.positive('stck_oprc'),
    high: row.positive('stck_hgpr'),
    low: row.positive('stck_lwpr'),
    close: row.positive('stck_prpr'),
    volume: row.amount('cntg_vol'),
  }
}

/**
 * The rows that open before `to`. Asked for a time to come, KIS invents rows that repeat the price: `to` is never later
 * than the answer. Days without any row are given as empty ones.
 */
function inOrder(answer: Fields, to: Millis, limit: number, toCandle: (row: Fields) => Candle): readonly Candle[] {
  return answer
    .list('output2')
    .filter((row) => row.keys.length > 0)
    .map(toCandle)
    .map((candle) => ({ ...candle, openAt: Math.floor(candle.openAt / MINUTE) * MINUTE }))
    .filter(({ openAt }) => openAt < to)
    .toSorted((left, right) => left.openAt - right.openAt)
    .slice(-limit)
}

/** A day's candle lies on its own date. */
function dayOf(date: string): Millis {
  const noon = toMoment(date, '120000')
  return Math.floor(noon / DAY) * DAY
}
