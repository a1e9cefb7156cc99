import type { Millis } from '../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'

/** What one venue may cost, and how often the feed does things of its own accord. */
export interface FeedLimits {
  /** Over one of these in a second, and the venue is paused. `decode` is processor time. */
  readonly perSecond: { readonly frames: number; readonly decode: Millis; readonly malformed: number }
  /** Thread time a venue may take before the other venues have their turn. */
  readonly slice: Millis
  /** Frames waiting to be decoded: above `high` the venue's sockets are not read, until there are fewer than `low`. */
  readonly backlog: { readonly high: number; readonly low: number }
  /** A pause doubles from `first` to `longest` while the venue stays over its budget. */
  readonly pause: { readonly first: Millis; readonly longest: Millis }
  readonly retry: { readonly first: Millis; readonly longest: Millis }
  /** Open and talking for so long, a connection counts as good and the back-off starts anew. */
  readonly settled: Millis
  /** How long both sockets of a planned change run side by side. */
  readonly overlap: Millis
  readonly handshake: Millis
  readonly maxPayload: number
  readonly request: Millis
  readonly maxBody: number
  /** Markets are polled over REST once their socket has been away for so long. */
  readonly pollAfter: Millis
  readonly pollEvery: Millis
  readonly pollTickersEvery: Millis
  readonly allTickersEvery: Millis
  readonly marketsEvery: Millis
  /** A market that the venue refused is asked for again after so long. */
  readonly refusedEvery: Millis
  /** Silence: see stale.ts. */
  readonly silence: { readonly least: Millis; readonly most: Millis; readonly unlearned: Millis }
}

export const FEED_LIMITS: FeedLimits = {
  perSecond: { frames: 20_000, decode: 300, malformed: 2_000 },
  slice: 2,
  backlog: { high: 2_000, low: 200 },
  pause: { first: 5 * SECOND, longest: MINUTE },
  retry: { first: SECOND, longest: MINUTE },
  settled: 10 * SECOND,
  overlap: 2 * SECOND,
  handshake: 10 * SECOND,
  maxPayload: 16 * 1024 * 1024,
  request: 10 * SECOND,
  maxBody: 32 * 1024 * 1024,
  pollAfter: 5 * SECOND,
  pollEvery: 2 * SECOND,
  pollTickersEvery: 5 * SECOND,
  allTickersEvery: 10 * SECOND,
  marketsEvery: HOUR,
  refusedEvery: 10 * MINUTE,
  silence: { least: 3 * SECOND, most: 15 * MINUTE, unlearned: 30 * SECOND },
}
