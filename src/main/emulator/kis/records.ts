/** KIS's records: texts in its order, '^' between them. */

import { HOUR } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { fixed, plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { Print, Scene } from '../venue.ts'

/** Shares are whole. */
const SHARE = 100_000_000n

/** Date and time of day in Korea. */
export function koreanTime(at: Millis): { readonly date: string; readonly time: string } {
  const text = new Date(at + 9 * HOUR).toISOString()
  return { date: text.slice(0, 10).replaceAll('-', ''), time: text.slice(11, 19).replaceAll(':', '') }
}

export function shares(size: number | bigint): string {
  return String(BigInt(size) / SHARE)
}

export const price = (market: MarketModel, units: number): string => plain(units, market.spec.scale)
const dollars = (market: MarketModel, units: number): string => fixed(units, market.spec.scale, 4)

function day(scene: Scene, market: MarketModel, last: number) {
  const { day: candle, previousClose } = scene.summary(market, last)
  const difference = last - previousClose
  return {
    candle,
    previousClose,
    difference,
    /** 2 up, 3 flat, 5 down. */
    sign: difference > 0 ? '2' : difference < 0 ? '5' : '3',
    percent: ((difference / previousClose) * 100).toFixed(2),
    worth: String(candle.worth / 10n ** BigInt(market.spec.scale + 8)),
  }
}

/** H0STCNT0: 46 fields. */
export function tradeRecord(scene: Scene, market: MarketModel, trade: Print): string {
  const { date, time } = koreanTime(trade.at)
  const { candle, difference, sign, percent, worth } = day(scene, market, trade.price)
  const { bid, ask } = market.touch(trade.modelAt)
  const isHalted = market.spec.haltedAt !== undefined && market.spec.haltedAt <= scene.now
  const p = (units: number) => price(market, units)
  return [
    [market.spec.symbol, time, p(trade.price), sign, String(difference), percent, p(candle.close)],
    [p(candle.open), p(candle.high), p(candle.low), p(ask), p(bid)],
    [shares(trade.size), shares(candle.volume), worth],
    ['31204', '35118', '3914', '112.30', shares(candle.volume - candle.buyVolume), shares(candle.buyVolume)],
    [trade.side === 'buy' ? '1' : '5', '0.52', '88.10', '090011', '2', '500', '093015', '5', '-600'],
    ['090105', '2', '800', date, '20', isHalted ? 'Y' : 'N', '30112', '41870', '812334', '950112'],
    ['0.15', '9200000', '97.20', '0', '', p(candle.open)],
  ]
    .flat()
    .join('^')
}

/** H0STASP0: 62 fields. */
export function bookRecord(scene: Scene, market: MarketModel): string {
  const book = scene.book(market, 10)
  const { time } = koreanTime(book.at)
  const at = (orders: typeof book.bids, nth: number, part: 0 | 1) => orders[nth]?.[part] ?? 0
  const tens = Array.from({ length: 10 }, (_, nth) => nth)
  return [
    [market.spec.symbol, time, '0'],
    tens.map((nth) => price(market, at(book.asks, nth, 0))),
    tens.map((nth) => price(market, at(book.bids, nth, 0))),
    tens.map((nth) => shares(at(book.asks, nth, 1))),
    tens.map((nth) => shares(at(book.bids, nth, 1))),
    [
      '16165',
      '26165',
      '0',
      '0',
      '0',
      '0',
      '0',
      '0',
      '0',
      '5',
      '-100.00',
      '9300112',
      '10',
      '-4',
      '0',
      '0',
      '0',
      '0',
      '0',
    ],
  ]
    .flat()
    .join('^')
}

/** HDFSCNT0: 26 fields. */
export function abroadRecord(scene: Scene, market: MarketModel, trade: Print): string {
  const { date, time } = koreanTime(trade.at)
  const { candle, difference, sign, percent, worth } = day(scene, market, trade.price)
  const { bid, ask } = market.touch(trade.modelAt)
  const p = (units: number) => dollars(market, units)
  return [
    [market.spec.symbol, market.spec.base, '4', date, date, time, date, time],
    [p(candle.open), p(candle.high), p(candle.low), p(trade.price), sign, p(difference), percent],
    [p(bid), p(ask), '300', '200', shares(trade.size), shares(candle.volume), worth],
    [shares(candle.volume - candle.buyVolume), shares(candle.buyVolume), '102.27', '1'],
  ]
    .flat()
    .join('^')
}
