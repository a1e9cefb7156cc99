/** The settings of news and sentiment. */

import { z } from 'zod'
import type { ItemFeedId } from './items.ts'
import { ITEM_FEEDS } from './items.ts'

/** The address of an RSS or Atom feed. */
export const newsUrl = z
  .string()
  .max(500, 'must be at most 500 characters')
  .regex(/^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i, 'must be an http or https address such as https://example.com/rss')

/** Addresses of the RSS feed, at most. */
export const MOST_RSS = 30

/** Where the RSS feed begins: sources that publish their feed for readers such as this one. */
const DEFAULT_RSS = [
  'https://www.coindesk.com/arc/outboundfeeds/rss/',
  'https://cointelegraph.com/rss',
  'https://decrypt.co/feed',
]

export const newsSettingsSchema = z
  .strictObject({
    feeds: z.partialRecord(z.enum(ITEM_FEEDS), z.boolean()).default({}).describe('absent: as OFF_BY_DEFAULT says'),
    /** Addresses of the RSS feed. */
    rss: z
      .array(newsUrl)
      .max(MOST_RSS, `holds at most ${MOST_RSS} addresses`)
      .refine((urls) => new Set(urls).size === urls.length, 'names an address twice')
      .default(DEFAULT_RSS),
  })
  .default({ feeds: {}, rss: DEFAULT_RSS })
export type NewsSettings = z.infer<typeof newsSettingsSchema>

/** Feeds that wait to be switched on: nobody has said in public that they may be read. */
const OFF_BY_DEFAULT: readonly ItemFeedId[] = ['saveticker']

export function isFeedOn(news: NewsSettings, feed: ItemFeedId): boolean {
  return news.feeds[feed] ?? !OFF_BY_DEFAULT.includes(feed)
}
