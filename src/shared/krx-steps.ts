/** Price steps of stocks dealt in won. They grow with the price, so that no list of markets can hold them. */

import type { Decimal, InstrumentKey } from './market.ts'
import { pairOf } from './market.ts'

/** Steps in won by price, first row whose `below` the price is under. */
type Ladder = readonly (readonly [below: number, step: number])[]

/**
 * Shares on KOSPI, KOSDAQ and KONEX alike since 2023-01-25; Nextrade, the second market, deals in the same steps.
 * https://regulation.krx.co.kr/contents/RGL/03/03010100/RGL03010100.jsp
 */
const SHARES: Ladder = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
  [Infinity, 1_000],
]

/**
 * ETFs and ETNs: below 2,000 won 1 won, by the exchange's change of December 2023, else 5 won whatever the price.
 * Warrants (ELW) stayed at 5 won throughout; they are taken for ETFs here, which is wrong below 2,000 won alone.
 */
const FUNDS: Ladder = [
  [2_000, 1],
  [Infinity, 5],
]

const stepAt = (ladder: Ladder, price: number): number => ladder.find(([below]) => price < below)?.[1] ?? 1

/** The step of a share at a price in won. */
export function krxShareStep(price: Decimal): Decimal {
  return String(stepAt(SHARES, Number(price)))
}

/** The step of an ETF or ETN at a price in won. */
export function krxFundStep(price: Decimal): Decimal {
  return String(stepAt(FUNDS, Number(price)))
}

/** Codes of what is dealt in Seoul, as each venue writes them. An ETN's begins with Q; an ETF's is like a share's. */
const CODE = /^(?:(Q)\d{6}|\d[0-9A-Z]{5})(?:\.(?:NX|KS|KQ))?$/

/**
 * The finest step among the prices of a stock's book. A price between a share's steps gives an ETF away. Undefined
 * without prices, and for what is not dealt in Seoul.
 */
export function krxStep(instrument: InstrumentKey, prices: readonly Decimal[]): Decimal | undefined {
  const code = CODE.exec(pairOf(instrument))
  if (code === null || prices.length === 0) return undefined
  const known = prices.map(Number)
  const isFund = code[1] !== undefined || known.some((price) => price % stepAt(SHARES, price) !== 0)
  return String(stepAt(isFund ? FUNDS : SHARES, Math.min(...known)))
}
