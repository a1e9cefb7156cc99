/** Prices of a book put together in steps of 1, 2 or 5 × 10^n, exactly. */

import { compareDecimals } from '../../../shared/decimal.ts'
import { formatExact, parseExact, sumDecimals } from '../../../shared/exact.ts'
import type { Decimal, Level } from '../../../shared/market.ts'

/** A step of more than a thousandth of the price would leave a row or two. */
const COARSEST = 1_000
/** So many times the tick is offered whatever the price. */
const LEAST = 10

/** The steps offered, finest first: the tick itself, and the round multiples of it. */
export function groupSteps(tick: Decimal, price: Decimal | undefined): readonly Decimal[] {
  const { mantissa, scale } = parseExact(tick)
  if (mantissa <= 0n || price === undefined) return [tick]
  const most = Math.max(Number(price) / COARSEST, Number(tick) * LEAST)
  const steps = [tick]
  for (let power = 1n; ; power *= 10n)
    for (const round of [1n, 2n, 5n]) {
      const step = formatExact(round * power, scale)
      if (Number(step) > most * (1 + 1e-9)) return steps
      if (round * power > mantissa && (round * power) % mantissa === 0n) steps.push(step)
    }
}

/** The step in force: the chosen one, or the coarsest offered below it. */
export function stepIn(steps: readonly Decimal[], chosen: Decimal | undefined): Decimal | undefined {
  if (chosen === undefined) return steps[0]
  return steps.findLast((step) => compareDecimals(step, chosen) <= 0) ?? steps[0]
}

/**
 * Levels of one side, best first, put together at the step's multiples: bids downwards, asks upwards, so that no group
 * promises a better price than its orders.
 */
export function groupLevels(levels: readonly Level[], step: Decimal, side: 'bid' | 'ask'): readonly Level[] {
  const unit = parseExact(step)
  const groups: { price: Decimal; sizes: Decimal[] }[] = []
  for (const [price, size] of levels) {
    const at = toMultiple(price, unit.mantissa, unit.scale, side)
    const last = groups.at(-1)
    if (last?.price === at) last.sizes.push(size)
    else groups.push({ price: at, sizes: [size] })
  }
  return groups.map(({ price, sizes }) => [price, sizes.length === 1 ? (sizes[0] ?? '0') : sumDecimals(sizes)])
}

function toMultiple(price: Decimal, step: bigint, stepScale: number, side: 'bid' | 'ask'): Decimal {
  const { mantissa, scale } = parseExact(price)
  const common = Math.max(scale, stepScale)
  const value = mantissa * 10n ** BigInt(common - scale)
  const unit = step * 10n ** BigInt(common - stepScale)
  const down = value - (value % unit)
  return formatExact(side === 'ask' && down !== value ? down + unit : down, common)
}
