import type { Millis } from '../../shared/market.ts'

const FRESH: Millis = 3_000

/**
 * How old a venue's last data is. The engine tells once a second; between two tellings an age stands still instead of
 * counting the wait for the next, and grows again when the engine itself falls silent.
 */
export function dataAge(lastDataAt: Millis | undefined, toldAt: Millis, now: Millis): Millis | undefined {
  if (lastDataAt === undefined) return undefined
  return Math.max(0, (now - toldAt > FRESH ? now : toldAt) - lastDataAt)
}
