/** The form of the earlier items system's records: what it named the source, when, and by which of its feeds. */

import type { Millis } from '../../../shared/market.ts'
import type { Fields } from './fields.ts'
import { toJson } from './fields.ts'
import type { PresetRecord } from './preset.ts'

/** When something was taken, and the time that it speaks of where that is another. */
export interface Times {
  readonly takenAt: Millis
  readonly of?: Millis
}

/** An item of a feed in the envelope of the raw topics: its fields, then its time, and by which feed it was taken and when. */
export function encodeItem(
  prefix: string,
  feed: string,
  item: Fields & { readonly source: string },
  { takenAt, of = takenAt }: Times,
): PresetRecord {
  const timestamp = toIso(of)
  const value = toJson({ ...item, timestamp, _spider: feed, _timestamp: toIso(takenAt) })
  return { topic: `${prefix}.raw.${feed}`, key: `${item.source}_${timestamp}`, value }
}

/** As the earlier system wrote times: UTC without saying so. */
export function toIso(at: Millis): string {
  return new Date(at).toISOString().slice(0, -1)
}
