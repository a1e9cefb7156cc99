/** Longer bars out of shorter ones. The same function makes them in the store, in the hub and on the page. */

import { compareDecimals } from './decimal.ts'
import { divideExact } from './exact.ts'
import { ExactSum } from './exact-sum.ts'
import type { Bar, BarState, Decimal, MarketEvent, Millis, Trade } from './market.ts'
import { Tally } from './tally.ts'
import type { Print } from './tally.ts'

/** Start of the bar that holds an instant. Intervals divide a day, so bars of an hour and more align to UTC. */
export function openOf(at: Millis, interval: Millis): Millis {
  return Math.floor(at / interval) * interval
}

/**
 * One longer bar of the shorter bars of one market, given in order of time. They may leave out seconds without trades.
 *
 * State: with trades, 'backfilled' where any part is, else 'traded'. Without, 'missing' where any part is (or there is no
 * part at all: nothing is known), 'closed' where all are, else 'quiet'. Revision: the sum of the parts' revisions, so
 * that each correction of a part raises it. Merging merged bars gives the same as merging all their parts at once.
 */
export function mergeBars(parts: readonly Bar[], interval: Millis, openAt: Millis): Bar {
  const priceSum = new ExactSum()
  const volume = new ExactSum()
  const quoteVolume = new ExactSum()
  const buyVolume = new ExactSum()
  let open: Decimal | undefined
  let close: Decimal = ''
  let high: Decimal = ''
  let low: Decimal = ''
  let trades = 0
  let revision = 0
  for (const part of parts) {
    revision += part.revision
    if (!part.trades) continue
    if (open === undefined) {
      open = part.open!
      high = part.high!
      low = part.low!
    }
    close = part.close!
    if (compareDecimals(part.high!, high) > 0) high = part.high!
    if (compareDecimals(part.low!, low) < 0) low = part.low!
    priceSum.add(part.priceSum!)
    volume.add(part.volume!)
    quoteVolume.add(part.quoteVolume!)
    buyVolume.add(part.buyVolume!)
    trades += part.trades
  }
  const state = mergeStates(parts, trades > 0)
  if (open === undefined) return { kind: 'bar', interval, openAt, revision, state }
  const total = volume.exact()
  const avgPrice = divideExact(priceSum.exact(), { mantissa: BigInt(trades), scale: 0 })
  return {
    kind: 'bar',
    interval,
    openAt,
    revision,
    state,
    open,
    high,
    low,
    close,
    vwap: high === low || total.mantissa === 0n ? avgPrice : divideExact(quoteVolume.exact(), total),
    avgPrice,
    priceSum: priceSum.toDecimal(),
    volume: volume.toDecimal(),
    quoteVolume: quoteVolume.toDecimal(),
    buyVolume: buyVolume.toDecimal(),
    trades,
  }
}

function mergeStates(parts: readonly Bar[], traded: boolean): BarState {
  const some = (state: BarState) => parts.some((part) => part.state === state)
  if (traded) return some('backfilled') ? 'backfilled' : 'traded'
  if (parts.length === 0 || some('missing')) return 'missing'
  return parts.every((part) => part.state === 'closed') ? 'closed' : 'quiet'
}

/**
 * The bar of all trades of one interval, given in order of arrival: what a late correction is made from, and the reference
 * for every other way to make a bar. Repeated ids count once. Undefined where there is no trade.
 */
export function barOf(trades: Iterable<Print>, interval: Millis, openAt: Millis, revision: number): Bar | undefined {
  const tally = new Tally(openAt)
  for (const trade of trades) tally.addPrint(trade)
  return tally.trades === 0 ? undefined : tally.toBar(interval, revision)
}

/** A trade's event as a print. */
export function toPrint(event: MarketEvent<Trade>): Print {
  const { id, price, size, side } = event.data
  return { at: event.at, origin: event.origin, id, price, size, ...(side === undefined ? {} : { side }) }
}
