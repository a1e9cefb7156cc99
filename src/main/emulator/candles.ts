/** Trades of a stretch of time folded into one candle: exactly while that is cheap, from samples of the price beyond. */

import type { Millis } from '../../shared/market.ts'
import type { MarketModel, ModelTrade } from './model.ts'

/** Prices in units of the market's scale, volumes of 10^-8, worths (price × size) of 10^-(scale + 8). */
export interface ModelCandle {
  readonly openAt: Millis
  /** First moment after it. */
  readonly closeAt: Millis
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: bigint
  readonly worth: bigint
  readonly buyVolume: bigint
  readonly buyWorth: bigint
  readonly trades: number
  readonly firstIndex: number
  /** Time of the last trade in it. */
  readonly lastAt: Millis
}

/** A candle of more trades than this is made of samples. It depends on the market alone, so that the same candle is always the same. */
const EXACT_TRADES = 3_000
const SAMPLES = 96

/** The candle of [openAt, closeAt) as far as `now`, or undefined where nobody traded. */
export function candleAt(market: MarketModel, openAt: Millis, closeAt: Millis, now: Millis): ModelCandle | undefined {
  const exact = (market.rate * (closeAt - openAt)) / 1_000 <= EXACT_TRADES
  return exact ? folded(market, openAt, closeAt, now) : sampled(market, openAt, closeAt, now)
}

function folded(market: MarketModel, openAt: Millis, closeAt: Millis, now: Millis): ModelCandle | undefined {
  const end = Math.min(closeAt, now)
  const trades: ModelTrade[] = []
  for (let second = Math.floor(openAt / 1_000); second * 1_000 < end; second += 1) {
    for (const trade of market.tradesIn(second)) if (trade.at >= openAt && trade.at < end) trades.push(trade)
  }
  return foldTrades(openAt, closeAt, trades)
}

/** The candle that holds exactly these trades, which are in order. */
export function foldTrades(openAt: Millis, closeAt: Millis, trades: readonly ModelTrade[]): ModelCandle | undefined {
  const first = trades[0]
  const last = trades.at(-1)
  if (first === undefined || last === undefined) return undefined
  let high = first.price
  let low = first.price
  let volume = 0n
  let worth = 0n
  let buyVolume = 0n
  let buyWorth = 0n
  for (const { price, size, side } of trades) {
    if (price > high) high = price
    if (price < low) low = price
    const bigSize = BigInt(size)
    const bigWorth = BigInt(price) * bigSize
    volume += bigSize
    worth += bigWorth
    if (side === 'buy') {
      buyVolume += bigSize
      buyWorth += bigWorth
    }
  }
  return {
    openAt,
    closeAt,
    open: first.price,
    high,
    low,
    close: last.price,
    volume,
    worth,
    buyVolume,
    buyWorth,
    trades: trades.length,
    firstIndex: first.index,
    lastAt: last.at,
  }
}

/** A candle from samples of the price: its ends join those of its neighbours, its volume is what the market trades on average. */
export function sampled(market: MarketModel, openAt: Millis, closeAt: Millis, now: Millis): ModelCandle | undefined {
  const end = Math.min(closeAt, now, market.spec.haltedAt ?? now)
  const firstIndex = market.count(Math.floor(openAt / 1_000))
  const trades = market.count(Math.floor(end / 1_000)) - firstIndex
  if (trades <= 0 || end <= openAt) return undefined
  const open = market.touch(openAt).bid
  const close = market.touch(end - 1).bid
  let high = Math.max(open, close)
  let low = Math.min(open, close)
  let sum = 0
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const price = market.touch(openAt + Math.floor(((end - openAt) * sample) / SAMPLES)).bid
    if (price > high) high = price
    if (price < low) low = price
    sum += price
  }
  const volume = BigInt(Math.round(trades * market.meanSize))
  const worth = volume * BigInt(Math.round(sum / SAMPLES))
  return {
    openAt,
    closeAt,
    open,
    high,
    low,
    close,
    volume,
    worth,
    buyVolume: volume / 2n,
    buyWorth: worth / 2n,
    trades,
    firstIndex,
    lastAt: end - 1,
  }
}
