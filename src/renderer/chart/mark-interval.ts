import type { Millis } from '../../shared/market.ts'
import { DAY, INTERVALS } from '../../shared/market.ts'

/** So many bars back the chart goes without keeping anyone waiting. */
const REACH = 4_000

/** The shortest interval in which an instant of that age is within reach. */
export function intervalFor(age: Millis): Millis {
  return INTERVALS.find((interval) => age <= interval * REACH) ?? DAY
}
