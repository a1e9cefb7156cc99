/** What a ticker says beside the last price: the venue's day and the rolling 24 hours, at any moment. */

import { DAY, MINUTE, SECOND } from '../../shared/market.ts'
import type { Millis } from '../../shared/market.ts'
import { sampled } from './candles.ts'
import type { ModelCandle } from './candles.ts'
import type { MarketModel } from './model.ts'

export interface Summary {
  /** Since the venue's day opened: at 00:00 UTC, if it does not say otherwise. */
  readonly day: ModelCandle
  /** Price at the end of the day before. */
  readonly previousClose: number
  /** The last 24 hours. */
  readonly rolling: ModelCandle
  readonly year: { readonly high: number; readonly highAt: Millis; readonly low: number; readonly lowAt: Millis }
}

interface Coarse {
  readonly minute: number
  readonly summary: Summary
}

/** Sampling a day is dear, so each market's coarse part is made once a minute; the volumes always run up to the moment asked for. */
export function createSummaries(dayOpens: Millis = 0): (market: MarketModel, at: Millis, last: number) => Summary {
  const coarse = new Map<MarketModel, Coarse>()
  return (market, at, last) => {
    const minute = Math.floor(at / MINUTE)
    let known = coarse.get(market)
    if (known?.minute !== minute) {
      known = { minute, summary: coarseSummary(market, minute * MINUTE, dayOpens) }
      coarse.set(market, known)
    }
    const { summary } = known
    return {
      ...summary,
      day: upTo(market, summary.day, at, last),
      rolling: upTo(market, { ...summary.rolling, openAt: at - DAY }, at, last),
    }
  }
}

/** The same candle, grown to a moment of the same minute, at the market's last price. */
function upTo(market: MarketModel, candle: ModelCandle, at: Millis, last: number): ModelCandle {
  const firstIndex = market.count(Math.floor(candle.openAt / SECOND))
  const trades = Math.max(1, market.count(Math.floor(at / SECOND) + 1) - firstIndex)
  const volume = BigInt(Math.round(trades * market.meanSize))
  return {
    ...candle,
    closeAt: at,
    high: Math.max(candle.high, last),
    low: Math.min(candle.low, last),
    close: last,
    volume,
    worth: candle.volume === 0n ? 0n : (volume * candle.worth) / candle.volume,
    trades,
    firstIndex,
  }
}

function coarseSummary(market: MarketModel, at: Millis, dayOpens: Millis): Summary {
  const dayStart = Math.floor((at - dayOpens) / DAY) * DAY + dayOpens
  return {
    day: sampled(market, dayStart, dayStart + DAY, at + 1) ?? still(market, dayStart),
    previousClose: market.touch(dayStart - 1).bid,
    rolling: sampled(market, at - DAY, at, at) ?? still(market, at - DAY),
    year: yearOf(market, dayStart),
  }
}

/** A stretch in which nobody traded. */
function still(market: MarketModel, openAt: Millis): ModelCandle {
  const price = market.touch(openAt).bid
  const volume = BigInt(Math.round(market.meanSize))
  return {
    openAt,
    closeAt: openAt,
    open: price,
    high: price,
    low: price,
    close: price,
    volume,
    worth: volume * BigInt(price),
    buyVolume: volume,
    buyWorth: volume * BigInt(price),
    trades: 1,
    firstIndex: market.count(Math.floor(openAt / SECOND)),
    lastAt: openAt,
  }
}

function yearOf(market: MarketModel, dayStart: Millis): Summary['year'] {
  let high = 0
  let low = Number.POSITIVE_INFINITY
  let highAt = dayStart
  let lowAt = dayStart
  for (let back = 0; back < 365; back += 5) {
    const at = dayStart - back * DAY
    const price = market.touch(at).bid
    if (price > high) [high, highAt] = [price, at]
    if (price < low) [low, lowAt] = [price, at]
  }
  return { high, highAt, low, lowAt }
}
