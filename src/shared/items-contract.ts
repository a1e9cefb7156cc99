/** News and sentiment, as a part of what a page may ask of the engine. Merged into the one contract (contract.ts). */

import { z } from 'zod'
import { command, stream } from './contract-makers.ts'
import type { Fault } from './faults.ts'
import type { Item, ItemFeedId } from './items.ts'
import { INDEX_FEEDS, ITEM_FEEDS } from './items.ts'
import { newsUrl } from './items-settings.ts'
import type { Decimal, Millis } from './market.ts'

const nothing = z.strictObject({})
const feed = z.enum(ITEM_FEEDS)

/** An item as it is listed. `key` grows with storing: it is the row's name, and tells what came later. */
export interface ItemRow extends Omit<Item, 'kind'> {
  readonly key: number
  /** Our clock. */
  readonly receivedAt: Millis
}

export interface IndexPoint {
  readonly at: Millis
  readonly value: Decimal
  readonly label: string
}

/** 'waiting': asked soon for the first time. 'keyless': it needs a key that is not set. */
export const ITEM_FEED_STATES = ['off', 'keyless', 'waiting', 'live', 'down'] as const

/** Why one item or value of an answer is not taken: by the field that is missing or absurd, 'old' or 'future' by its time. */
export const REFUSAL_RULES = ['title', 'url', 'publishedAt', 'old', 'future', 'value', 'label', 'at'] as const
export type RefusalRule = (typeof REFUSAL_RULES)[number]

/** How a feed stands. The RSS feed has one entry for each of its addresses too. */
export interface ItemFeedState {
  readonly feed: ItemFeedId
  /** Of the RSS feed's addresses: this one. */
  readonly url?: string
  readonly state: (typeof ITEM_FEED_STATES)[number]
  /** State entered. */
  readonly since: Millis
  /** Why it is down. */
  readonly fault?: Fault
  /** Failures since the last success. */
  readonly attempt: number
  /** The last good answer. */
  readonly lastAt?: Millis
  /** Time of the newest item (or index value) in the answers of this run, new or not, as the feed gives it. */
  readonly lastItemAt?: Millis
  readonly nextAt?: Millis
  /** New items (or index values) in this run, those told before, and those refused by rule. */
  readonly items: number
  readonly duplicates: number
  readonly refused: Readonly<Partial<Record<RefusalRule, number>>>
}

export interface ItemPage {
  /** Newest first. */
  readonly items: readonly ItemRow[]
  /** Nothing older is to be had. */
  readonly complete: boolean
}

export const itemsContract = {
  /** Stored items that match, newest first; `before` is the last row that is known already. */
  'items.list': command(
    z.strictObject({
      feed: feed.optional(),
      symbol: z.string().min(1).max(20).optional(),
      text: z.string().max(100).optional(),
      before: z.strictObject({ publishedAt: z.number().int(), key: z.number().int() }).optional(),
      count: z.number().int().min(1).max(500),
    }),
  ).returns<ItemPage>(),
  /** Items as they come, in the order in which they are stored; begins with nothing. */
  items: stream(nothing).of<readonly ItemRow[]>(),
  /** Values of an index, the last of each day in UTC, oldest first, and again whenever one is added. */
  'items.index': stream(z.strictObject({ feed: z.enum(INDEX_FEEDS), days: z.number().int().min(1).max(400) })).of<
    readonly IndexPoint[]
  >(),
  'items.feeds': stream(nothing).of<readonly ItemFeedState[]>(),
  /** Asks a feed (or one of the RSS addresses) now, unless it was asked more recently than it allows. */
  'items.refresh': command(z.strictObject({ feed, url: newsUrl.optional() })).returns<void>(),
  /** Reads an RSS or Atom address once and keeps nothing. */
  'items.test': command(z.strictObject({ url: newsUrl })).returns<{
    readonly title?: string
    readonly items: number
    readonly newest?: { readonly title: string; readonly publishedAt: Millis }
  }>(),
  /** Saves the key of a feed with the host; an empty one is forgotten. Never read back by a page. */
  'items.key.set': command(z.strictObject({ feed: z.literal('perplexity'), key: z.string().max(400) })).returns<{
    readonly kept: 'encrypted' | 'this-run'
  }>(),
  'items.key.state': command(z.strictObject({ feed: z.literal('perplexity') })).returns<{
    readonly set: boolean
    readonly kept: 'encrypted' | 'this-run'
  }>(),
}
