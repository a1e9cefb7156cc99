/** When the offsets of many partitions were passed: the newest few thousand steps, for as long as this run lasts. */

import type { Millis } from '../../shared/market.ts'
import type { Place } from '../journal/journal.ts'

interface Step extends Place {
  readonly first: number
  readonly last: number
  readonly at: Millis
}

const KEPT = 5_000

export interface TimesPassed {
  /** Offsets first … last were passed now. */
  add(place: Place, first: number, last: number): void
  /** When an offset was passed for the first time; undefined where that is not known. */
  find(place: Place, offset: number): Millis | undefined
  /** From when on nothing has been forgotten. */
  readonly since: Millis
}

export function createTimesPassed(now: () => Millis = Date.now): TimesPassed {
  const steps: Step[] = []
  let since = now()
  return {
    add({ topic, partition }, first, last) {
      steps.push({ topic, partition, first, last, at: now() })
      if (steps.length > KEPT) since = steps.splice(0, steps.length - KEPT).at(-1)!.at
    },
    find: (place, offset) =>
      steps.find(
        ({ topic, partition, first, last }) =>
          topic === place.topic && partition === place.partition && first <= offset && offset <= last,
      )?.at,
    get since() {
      return since
    },
  }
}
