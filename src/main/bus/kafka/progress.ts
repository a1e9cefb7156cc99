import type { Millis } from '../../../shared/market.ts'

/** What is known of a place at one look. `end`: undefined where its leader does not answer. */
export interface Look {
  readonly place: string
  readonly position: bigint
  readonly end: bigint | undefined
}

/**
 * Finds places that do not move although there is more to read: the look at which a place has stood still behind its end
 * for `patience` names it, once. `now`: a clock that never jumps.
 */
export function createProgressWatch(patience: Millis): (now: Millis, looks: readonly Look[]) => readonly string[] {
  const standing = new Map<string, { readonly position: bigint; readonly since: Millis }>()
  return (now, looks) => {
    const stuck: string[] = []
    for (const { place, position, end } of looks) {
      const before = standing.get(place)
      if (end !== undefined && end <= position) standing.delete(place)
      else if (before?.position !== position) standing.set(place, { position, since: now })
      else if (end !== undefined && now - before.since >= patience) {
        stuck.push(place)
        standing.delete(place)
      }
    }
    return stuck
  }
}
