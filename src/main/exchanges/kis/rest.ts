/** KIS's REST inquiries: prices, executions, books and candles of one market a call. https://apiportal.koreainvestment.com/apiservice */

import type { Decimal, Instrument, Level, Millis, Ticker, Trade } from '../../../shared/market.ts'
import { DAY, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Decoded, Rest, RestCall } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { candlesAbroad, candlesInSeoul } from './candles.ts'
import { delayOf, fingerprint } from './data.ts'
import { toFraction, toKoreanDate, toKoreanTime, toMoment } from './records.ts'
import type { Place } from './symbols.ts'
import { placeOf } from './symbols.ts'

const DIVISIONS: Readonly<Record<'krx' | 'nxt', string>> = { krx: 'J', nxt: 'NX' }
const QUOTATIONS = 'domestic-stock/v1/quotations'
const LEVELS = 10
/** `inquire-ccnl` gives so many, newest first, whatever is asked. */
const TRADES = 30

export interface Account {
  readonly hosts: readonly string[]
  /** Calls a second. */
  readonly calls: number
  readonly instruments: readonly Instrument[]
  /** Minutes of earlier days are given to live accounts only. */
  readonly isPaper: boolean
}

export function createRest({ hosts, calls, instruments, isPaper }: Account): Rest {
  return {
    hosts,
    limits: { calls: { count: calls, per: SECOND } },
    tickersEach: true,
    markets: () => Promise.resolve(instruments),
    tickers: (markets) => markets.map((market) => tickerCall(market)),
    trades(market) {
      const place = seoulOf(market, 'executions')
      return call(`${QUOTATIONS}/inquire-ccnl`, 'FHKST01010300', query(place), (answer, receivedAt) =>
        answer
          .list('output')
          .map((row) => toTrade(market, row, receivedAt))
          .toReversed(),
      )
    },
    hasTrades: (market) => placeOf(market)?.kind !== 'abroad',
    tradesPerAnswer: TRADES,
    intervals: [MINUTE, DAY],
    candles(market, interval, to, limit) {
      if (interval !== MINUTE && interval !== DAY) throw new RangeError(`KIS has no candles of ${interval} ms.`)
      const place = existing(market)
      return place.kind === 'abroad'
        ? candlesAbroad(place, interval, to, limit)
        : candlesInSeoul(query(place), interval, to, limit, isPaper)
    },
    book(market) {
      const place = seoulOf(market, 'order book')
      return call(`${QUOTATIONS}/inquire-asking-price-exp-ccn`, 'FHKST01010200', query(place), (answer) => {
        const row = answer.object('output1')
        const side = (prices: string, sizes: string) => levelsOf(row, prices, sizes)
        const data = {
          kind: 'book' as const,
          snapshot: true,
          bids: asBids(side('bidp', 'bidp_rsqn')),
          asks: asAsks(side('askp', 'askp_rsqn')),
        }
        return { market, data }
      })
    },
  }
}

type Seoul = Extract<Place, { kind: 'krx' | 'nxt' }>

function existing(market: string): Place {
  const place = placeOf(market)
  if (place === undefined) throw new RangeError(`${market} is no symbol of KIS.`)
  return place
}

function seoulOf(market: string, what: string): Seoul {
  const place = existing(market)
  if (place.kind === 'abroad') throw new RangeError(`KIS gives no ${what} of ${market}.`)
  return place
}

function query({ kind, code }: Seoul): Readonly<Record<string, string>> {
  return { FID_COND_MRKT_DIV_CODE: DIVISIONS[kind], FID_INPUT_ISCD: code }
}

function tickerCall(market: string): RestCall<readonly Decoded<Ticker>[]> {
  const place = existing(market)
  if (place.kind === 'abroad')
    return call(
      'overseas-price/v1/quotations/price',
      'HHDFS00000300',
      { AUTH: '', EXCD: place.exchange, SYMB: place.code },
      (answer) => toTickers(market, priceAbroad(answer.object('output'), delayOf(market))),
    )
  return call(`${QUOTATIONS}/inquire-price`, 'FHKST01010100', query(place), (answer) =>
    toTickers(market, priceInSeoul(answer.object('output'))),
  )
}

/** A market that has no price has no ticker. These answers carry no time of their own. */
function toTickers(market: string, data: Ticker | undefined): readonly Decoded<Ticker>[] {
  return data === undefined ? [] : [{ market, data }]
}

function priceInSeoul(row: Fields): Ticker | undefined {
  const last = row.optionalPrice('stck_prpr')
  if (last === undefined) return undefined
  return present({
    kind: 'ticker' as const,
    last,
    open24h: row.optionalPrice('stck_oprc'),
    high24h: row.optionalPrice('stck_hgpr'),
    low24h: row.optionalPrice('stck_lwpr'),
    volume24h: row.optionalAmount('acml_vol'),
    quoteVolume24h: row.optionalAmount('acml_tr_pbmn'),
    change: changeOf(row.optionalText('prdy_ctrt'), row.optionalText('prdy_vrss_sign'), 'prdy_ctrt'),
  })
}

function priceAbroad(row: Fields, delay: Millis): Ticker | undefined {
  const last = row.optionalPrice('last')
  if (last === undefined) return undefined
  return present({
    kind: 'ticker' as const,
    last,
    volume24h: row.optionalAmount('tvol'),
    quoteVolume24h: row.optionalAmount('tamt'),
    change: changeOf(row.optionalText('rate')?.trim(), row.optionalText('sign'), 'rate'),
    delay,
  })
}

/** 4 and 5 fall. Some answers write the sign as well, some do not. */
function changeOf(percent: string | undefined, sign: string | undefined, name: string): Decimal | undefined {
  if (percent === undefined || percent === '') return undefined
  const isFall = sign === '4' || sign === '5'
  return toFraction(isFall && !percent.startsWith('-') ? `-${percent}` : percent.replace(/^\+/, ''), name)
}

/** It tells the hour and not the day: today in Korea, or, late in the evening for the night before, yesterday. */
function toTrade(market: string, row: Fields, receivedAt: Millis): Decoded<Trade> {
  const time = row.text('stck_cntg_hour')
  const today = toKoreanDate(receivedAt)
  const isAhead = time > toKoreanTime(receivedAt + MINUTE)
  const at = toMoment(today, time) - (isAhead ? DAY : 0)
  const price = row.positive('stck_prpr')
  const size = row.positive('cntg_vol')
  return { market, at, data: { kind: 'trade', id: fingerprint(price, size), price, size } }
}

function levelsOf(row: Fields, prices: string, sizes: string): readonly Level[] {
  const levels: Level[] = []
  for (let nth = 1; nth <= LEVELS; nth += 1) {
    const price = row.optionalPrice(`${prices}${nth}`)
    const size = row.optionalAmount(`${sizes}${nth}`)
    if (price !== undefined && size !== undefined && size !== '0') levels.push([price, size])
  }
  return levels
}
