/** What a feed of news or sentiment is: addresses and pure functions. Who polls it, how it is checked and stored is the same for all. */

import type { ItemFeedId } from '../../shared/items.ts'
import type { Millis } from '../../shared/market.ts'

/** What an answer is refused for, whole. */
export type ItemRule =
  | 'not-json' // broken or not JSON at all
  | 'not-xml'
  | 'not-utf8' // in another encoding, which is not read
  | 'unknown-shape' // not what is known of the feed
  | 'error-answer' // the feed says that it has an error

/** An answer that is not what is known of the feed. */
export class ItemError extends Error {
  readonly rule: ItemRule
  constructor(rule: ItemRule, message: string) {
    super(message)
    this.name = 'ItemError'
    this.rule = rule
  }
}

/** An item as a feed gives it, unchecked: anything may be missing or absurd. */
export interface RawItem {
  readonly id?: unknown
  readonly title?: unknown
  readonly url?: unknown
  /** May be HTML. */
  readonly summary?: unknown
  /** Unix milliseconds; absent where the feed does not say. */
  readonly publishedAt?: unknown
  readonly language?: string
  readonly symbols?: readonly string[]
  readonly source?: string
}

/** A value of an index, unchecked. */
export interface RawIndex {
  readonly at?: unknown
  /** A number or its text. */
  readonly value?: unknown
  readonly label?: unknown
}

export interface DecodedItems {
  readonly items?: readonly RawItem[]
  readonly indices?: readonly RawIndex[]
  /** What the feed calls itself. */
  readonly title?: string
}

export interface ItemRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface ItemFeed {
  readonly id: ItemFeedId
  /** Where its protocol is described, or who it belongs to. */
  readonly docs: string
  /** Asked at most this often. */
  readonly every: Millis
  /** It is asked with the user's own key. */
  readonly needsKey?: boolean
  /** What to ask: `url` is one of the RSS addresses, for the feed that has them. */
  request(asked: { readonly url: string; readonly key: string; readonly version: string }): ItemRequest
  /** Throws ItemError. */
  decode(body: string, asked: { readonly url: string; readonly now: Millis }): DecodedItems
}

/** An agent that says who we are in the form that servers expect of a browser; some refuse all others. */
export function browserAgent(version: string): string {
  return `Mozilla/5.0 (compatible; Tapedeck/${version})`
}
