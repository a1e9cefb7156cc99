import { z } from 'zod'
import { MINUTE } from '../../../shared/market.ts'
import { browserAgent } from '../item-feed.ts'
import type { ItemFeed, RawItem } from '../item-feed.ts'
import { readJson } from '../json.ts'

const schema = z.looseObject({
  news_list: z.array(
    z.looseObject({
      id: z.unknown(),
      title: z.unknown(),
      content: z.unknown(),
      source: z.unknown(),
      created_at: z.unknown(),
      tag_names: z.array(z.unknown()).nullish(),
      is_deleted: z.unknown(),
    }),
  ),
})

/** SaveTicker, news of US shares in Korean. Not a public interface, barely known: off unless switched on. */
export const saveticker: ItemFeed = {
  id: 'saveticker',
  docs: 'https://www.saveticker.com',
  every: 5 * MINUTE,
  request: ({ version }) => ({
    url: 'https://api.saveticker.com/api/news/top-stories',
    headers: { 'User-Agent': browserAgent(version), Referer: 'https://www.saveticker.com/' },
  }),
  decode(body) {
    return {
      items: readJson(body, schema)
        .news_list.filter((each) => each.is_deleted !== true)
        .map(({ id, title, content, source, created_at, tag_names }): RawItem => ({
          id,
          title,
          summary: content,
          publishedAt: typeof created_at === 'string' ? Date.parse(created_at) : undefined,
          language: 'ko',
          symbols: (tag_names ?? []).flatMap((tag) => (typeof tag === 'string' ? (SYMBOL.exec(tag)?.[1] ?? []) : [])),
          ...(typeof source === 'string' ? { source } : {}),
          ...((typeof id === 'string' || typeof id === 'number') && /^[\w-]{1,40}$/.test(String(id))
            ? { url: `https://www.saveticker.com/news/${id}` }
            : {}),
        })),
    }
  },
}

/** Among tags such as "속보". */
const SYMBOL = /^\$([A-Z][A-Z0-9.-]{0,9})$/
