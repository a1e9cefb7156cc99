import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** How far ahead of its venue's watermark a trade may be dated when a clock record comes. */
const AHEAD: Millis = SECOND
/** Venues of another collector have clock records of their own, up to so much later. */
const SLACK: Millis = 2 * SECOND

/** First second of which no trade can lie before a clock record with this watermark. */
export function firstWhole(watermark: Millis): Millis {
  return Math.ceil((watermark + AHEAD) / SECOND) * SECOND
}

/** How far a venue has come. */
export interface VenueReach {
  watermark: Millis | undefined
  /** First second that was whole after the venue's first watermark; Infinity before it. */
  firstWhole: Millis
  /** Its newest trade. */
  reach: Millis
  /** Seconds that open before this are closed. */
  readonly limit: Millis
}

interface Point {
  readonly offset: number
  /** Per venue, the first second that a run beginning here can tell. */
  readonly from: ReadonlyMap<VenueReach, Millis>
}

/**
 * Finds where a restart may begin: at a clock record such that every second still open has all its records after it.
 * Where clock records list the watched markets, only those that do will serve, since a quiet market is known by them alone.
 */
export class ResumePoints {
  private readonly points: Point[] = []
  private offset: number
  private listed = false

  constructor(offset: number) {
    this.offset = offset
  }

  /** A clock record, taken in already. */
  mark(offset: number, listsWatched: boolean, venues: Iterable<VenueReach>): void {
    if (listsWatched) this.listed = true
    if (this.listed && !listsWatched) return
    const from = new Map<VenueReach, Millis>()
    for (const venue of venues) {
      if (venue.watermark === undefined) continue
      if (venue.reach > venue.watermark + AHEAD) return
      from.set(venue, firstWhole(venue.watermark))
    }
    this.points.push({ offset, from })
  }

  cursor(venues: Iterable<VenueReach>): number {
    const all = [...venues]
    const isSettled = (point: Point) =>
      all.every((venue) => {
        if (venue.watermark === undefined && venue.reach === -Infinity) return true
        return (point.from.get(venue) ?? venue.firstWhole) + SLACK <= venue.limit
      })
    while (this.points.length > 0 && isSettled(this.points[0]!)) this.offset = this.points.shift()!.offset
    return this.offset
  }
}
