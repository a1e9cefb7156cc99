/** What is given up first when room is short. */

import type { TopicId } from '../../shared/topics.ts'

/**
 * Share of the quota up to which a topic is still written: raw events go first, the cheapest to lose foremost, and
 * bars last, so that a second's values outlive its trades.
 */
export const QUOTA_SHARE: Readonly<Record<TopicId, number>> = {
  books: 0.9,
  tickers: 0.94,
  trades: 0.97,
  bars: 1,
  items: 1,
}

/** Share of the quota at which records that every group has read are trimmed whatever their topic's retention. */
export const TRIM_SHARE = 0.8

/** Events that may wait for the journal's thread; of more, raw ones are dropped. */
export const MAX_PENDING = 200_000
