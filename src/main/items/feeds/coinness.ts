import { z } from 'zod'
import { MINUTE } from '../../../shared/market.ts'
import type { ItemFeed, RawItem } from '../item-feed.ts'
import { readJson } from '../json.ts'

const list = z.array(
  z.looseObject({ id: z.unknown(), title: z.unknown(), content: z.unknown(), publishAt: z.unknown() }),
)
const schema = z.union([list, z.looseObject({ data: z.looseObject({ list }) }).transform(({ data }) => data.list)])

/** CoinNess, news of the Korean market. Known by what other clients read, in two shapes; nobody has described it. */
export const coinness: ItemFeed = {
  id: 'coinness',
  docs: 'https://coinness.com',
  every: 3 * MINUTE,
  request: () => ({ url: 'https://api.coinness.com/feed/v1/breaking-news?languageCode=ko&limit=30' }),
  decode(body) {
    return {
      items: readJson(body, schema).map(({ id, title, content, publishAt }): RawItem => ({
        id,
        title,
        summary: content,
        publishedAt: typeof publishAt === 'string' ? Date.parse(publishAt) : undefined,
        language: 'ko',
        ...(isName(id) ? { url: `https://coinness.com/news/${id}` } : {}),
      })),
    }
  },
}

function isName(id: unknown): id is string | number {
  return /^[\w-]{1,40}$/.test(typeof id === 'number' ? String(id) : typeof id === 'string' ? id : '')
}
