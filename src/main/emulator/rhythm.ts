/** When trades happen: a count that only ever grows, known for any second, so that ids of the past need no memory. */

import { hash, noise, normal } from './hash.ts'

/** Counting starts here, so that trade numbers are of the size that venues really have. */
const ORIGIN = 1_600_000_000

/** Busy and quiet spells: [seconds, stretch]. Three times the sum of stretch ÷ seconds is below 1, or the count would fall. */
const SPELLS = [
  [61, 9],
  [900, 45],
] as const

/** Within blocks of so many seconds, single seconds burst: their shares are log-normal, with this spread. */
const BLOCK = 16
const BURSTS = 0.8

/** No trade is further than this from where an even rhythm would put it, in seconds. */
const FURTHEST = 100

export interface Rhythm {
  /** Trades before this second of Unix time. A whole number that never falls. */
  count(second: number): number
  /** The second in which the trade of that index happens. */
  secondOf(index: number): number
}

/** Trades at `rate` a second on average, until `until` (seconds), if given. */
export function createRhythm(seed: number, rate: number, until: number | undefined): Rhythm {
  // Seconds of one block are asked for together.
  const known = { block: Number.NaN, from: 0, to: 0, shares: new Float64Array(BLOCK + 1) }

  function flow(second: number): number {
    let sum = second - ORIGIN
    for (let spell = 0; spell < SPELLS.length; spell += 1) {
      const [length, stretch] = SPELLS[spell] ?? [1, 0]
      sum += stretch * noise(seed, spell, second / length)
    }
    return rate * sum
  }

  function learn(block: number): void {
    known.block = block
    known.from = flow(block * BLOCK)
    known.to = flow((block + 1) * BLOCK)
    for (let nth = 0; nth < BLOCK; nth += 1) {
      known.shares[nth + 1] = (known.shares[nth] ?? 0) + Math.exp(BURSTS * normal(hash(seed, 9, block, nth)))
    }
  }

  function count(second: number): number {
    const at = until === undefined ? second : Math.min(second, until)
    const block = Math.floor(at / BLOCK)
    if (block !== known.block) learn(block)
    const { from, to, shares } = known
    const part = (shares[at - block * BLOCK] ?? 0) / (shares[BLOCK] ?? 1)
    return Math.max(0, Math.floor(from + (to - from) * part))
  }

  function secondOf(index: number): number {
    const even = Math.floor((index + 1) / rate) + ORIGIN
    let low = even - FURTHEST
    let high = even + FURTHEST
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (count(middle) <= index) low = middle
      else high = middle
    }
    return low
  }

  return { count, secondOf }
}
