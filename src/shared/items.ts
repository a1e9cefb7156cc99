/** News and sentiment: the feeds by name, what they give, and what makes two items one. */

import type { Decimal, InstrumentKey, Millis } from './market.ts'
import { DAY } from './market.ts'

/** The feeds, in the order in which they are shown. */
export const ITEM_FEEDS = [
  'crypto_news',
  'coinness',
  'saveticker',
  'upbit_trends',
  'perplexity',
  'cnn_fear_greed',
  'alternative_me',
] as const
export type ItemFeedId = (typeof ITEM_FEEDS)[number]

/** Those that give an index from 0 to 100 in place of items. */
export const INDEX_FEEDS = ['cnn_fear_greed', 'alternative_me'] as const satisfies readonly ItemFeedId[]
export type IndexFeedId = (typeof INDEX_FEEDS)[number]

/** Those that give items: the ones whose news is listed and exported. */
export const NEWS_FEEDS: readonly ItemFeedId[] = ITEM_FEEDS.filter(
  (feed) => !INDEX_FEEDS.some((index) => index === feed),
)

/** A piece of news, or another text that a feed gives, once. Its text is a stranger's: shown as text, never as HTML. */
export interface Item {
  readonly kind: 'item'
  readonly feed: ItemFeedId
  /** The feed's own id, or its address, or one made of its title. Names the item within the feed. */
  readonly id: string
  readonly title: string
  /** http or https. */
  readonly url?: string
  /** Plain text, cut. */
  readonly summary?: string
  /** By the feed's clock; our clock on arrival where it does not say. */
  readonly publishedAt: Millis
  /** As a BCP 47 tag: 'ko', 'en'. */
  readonly language: string
  /** What it is about: 'BTC', 'NVDA'. May be empty. */
  readonly symbols: readonly string[]
  /** Who wrote it, where a feed has several sources: 'CoinDesk'. */
  readonly source?: string
}

/** A value of a sentiment index. (feed, at) names it; told again with another value, the later holds. */
export interface Index {
  readonly kind: 'index'
  readonly feed: ItemFeedId
  /** From 0, extreme fear, to 100, extreme greed. */
  readonly value: Decimal
  /** The feed's own word for it: 'Extreme Fear'. */
  readonly label: string
}

/** Longest texts that are kept; what is longer is cut. */
export const ITEM_LENGTHS = { id: 200, title: 300, summary: 600, url: 2_000, source: 60, symbols: 12 } as const

/** Within so long of each other, two items of a feed with the same title are one. */
export const SAME_TITLE: Millis = 7 * DAY

/** The key of a feed's events: 'news:coinness', 'index:cnn_fear_greed'. */
export function itemKey(data: Item | Index): InstrumentKey {
  return data.kind === 'item' ? `news:${data.feed}` : `index:${data.feed}`
}

/** What an item is known by: two of a feed that share one are the same. A title counts for SAME_TITLE only. */
export function identitiesOf(item: Pick<Item, 'id' | 'url' | 'title'>): readonly string[] {
  return [
    `id ${item.id}`,
    ...(item.url === undefined ? [] : [`url ${canonicalUrl(item.url)}`]),
    `title ${normalTitle(item.title)}`,
  ]
}

/** Parameters that say where a reader came from, not what is read. */
const TRACKING = /^(utm_.*|fbclid|gclid|igshid|mc_[ce]id|ref|ref_src|cmpid|ocid|taid|rss)$/i

/** One spelling of an address for comparing: no scheme, 'www.', fragment, tracking or last slash; parameters in order. */
export function canonicalUrl(text: string): string {
  const [before = '', query] = (text.split('#', 1)[0] ?? '').split(/\?(.*)/s)
  const plain = before.replace(/^https?:\/\//i, '')
  const slash = plain.indexOf('/')
  const host = (slash < 0 ? plain : plain.slice(0, slash)).toLowerCase().replace(/^www\./, '')
  const path = (slash < 0 ? '' : plain.slice(slash)).replace(/\/+$/, '')
  const kept = (query ?? '')
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING.test(pair.split('=', 1)[0] ?? ''))
    .toSorted()
  return host + path + (kept.length > 0 ? `?${kept.join('&')}` : '')
}

/** A title for comparing: letters and digits of any script, in lower case. */
export function normalTitle(title: string): string {
  const bare = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return bare === '' ? title.trim() : bare // a title of signs alone is only itself
}
