/** Counts against a limit in a sliding window. */

import type { Millis } from '../../shared/market.ts'
import type { Limit } from '../exchanges/exchange.ts'

export interface Window {
  /** Counts `weight` in, unless that would pass the limit: then false, and nothing is counted. */
  take(now: Millis, weight?: number): boolean
  /** What is counted in the window that ends now. */
  used(now: Millis): number
}

export function createWindow({ count, per }: Limit): Window {
  const taken: { readonly at: Millis; readonly weight: number }[] = []
  let sum = 0

  function used(now: Millis): number {
    while (taken[0] !== undefined && taken[0].at <= now - per) sum -= taken.shift()?.weight ?? 0
    return sum
  }

  function take(now: Millis, weight = 1): boolean {
    if (used(now) + weight > count) return false
    taken.push({ at: now, weight })
    sum += weight
    return true
  }

  return { take, used }
}
