import { MINUTE } from '../../../shared/market.ts'
import { browserAgent } from '../item-feed.ts'
import type { ItemFeed } from '../item-feed.ts'
import { readNewsXml } from '../news-xml.ts'

/** Any list of RSS and Atom addresses. Title, address and a short summary are kept, not the article. */
export const cryptoNews: ItemFeed = {
  id: 'crypto_news',
  docs: 'https://www.rssboard.org/rss-specification',
  every: 3 * MINUTE,
  request: ({ url, version }) => ({
    url,
    headers: {
      'User-Agent': browserAgent(version), // the walls before some sites refuse what they do not know
      Accept: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1',
    },
  }),
  decode(body, { url }) {
    const { title, language, entries } = readNewsXml(body, url)
    const { host } = new URL(url)
    const source = title ?? host.replace(/^www\./, '')
    return {
      ...(title === undefined ? {} : { title }),
      items: entries.map(({ id, ...entry }) => ({
        ...entry,
        // Sources number their items as they like: '12345' names one only together with its source.
        ...(id === undefined ? {} : { id: /^https?:/i.test(id) ? id : `${host} ${id}` }),
        source,
        language: language ?? 'en',
      })),
    }
  },
}
