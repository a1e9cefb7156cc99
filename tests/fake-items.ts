/** News and sentiment of the engine's test double. */

import type { Handlers } from '../src/shared/bridge.ts'
import type { ItemFeedState, ItemRow, itemsContract } from '../src/shared/items-contract.ts'
import { ITEM_FEEDS } from '../src/shared/items.ts'
import type { Millis } from '../src/shared/market.ts'
import { DAY, MINUTE, SECOND } from '../src/shared/market.ts'

const TITLES = [
  ['Bitcoin holds its range as volumes thin out', 'en', 'BTC'],
  ['이더리움, 주간 마감 앞두고 박스권 유지', 'ko', 'ETH'],
  ['=HYPERLINK("https://x.example") <b>is only text</b>', 'en', ''],
] as const

const rowAt = (key: number, at: Millis): ItemRow => {
  const [title, language, symbol] = TITLES[key % TITLES.length]!
  return {
    key,
    feed: language === 'ko' ? 'coinness' : 'crypto_news',
    id: String(key),
    title: `${title} (${key})`,
    url: `https://news.example/${key}`,
    summary: 'One sentence.',
    publishedAt: at,
    receivedAt: at + SECOND,
    language,
    symbols: symbol === '' ? [] : [symbol],
    ...(language === 'ko' ? {} : { source: 'News Example' }),
  }
}

export function fakeItems(now: () => Millis): Handlers<typeof itemsContract> {
  const start = now()
  const feeds = (): readonly ItemFeedState[] =>
    ITEM_FEEDS.map((feed): ItemFeedState => {
      const common = { feed, since: start, attempt: 0, items: 40, duplicates: 12, refused: {} }
      if (feed === 'perplexity') return { ...common, state: 'keyless', items: 0 }
      if (feed !== 'saveticker')
        return {
          ...common,
          state: 'live',
          lastAt: now() - MINUTE,
          lastItemAt: now() - 9 * MINUTE,
          nextAt: now() + 2 * MINUTE,
        }
      const fault = {
        code: 'feed-gone',
        message: 'api.saveticker.com has nothing at this address (any more) (404).',
      } as const
      return { ...common, state: 'down', fault, attempt: 3, nextAt: now() + 12 * MINUTE }
    })
  return {
    'items.list': ({ before, count, feed, symbol, text = '' }) => {
      const rows = Array.from({ length: 240 }, (_, index) => rowAt(240 - index, start - index * 4 * MINUTE)).filter(
        (row) =>
          row.key < (before?.key ?? Infinity) &&
          (feed === undefined || row.feed === feed) &&
          (symbol === undefined || row.symbols.includes(symbol)) &&
          row.title.toLowerCase().includes(text.trim().toLowerCase()),
      )
      return { items: rows.slice(0, count), complete: rows.length <= count }
    },
    items: (_, sink) => {
      let key = 1_000
      const timer = setInterval(() => {
        if (sink.ready) sink.send([rowAt((key += 1), now())])
      }, 4_000)
      return () => clearInterval(timer)
    },
    'items.index': ({ feed, days }, sink) => {
      const base = feed === 'alternative_me' ? 34 : 61
      const points = Array.from({ length: days }, (_, index) => ({
        at: Math.floor(start / DAY) * DAY - (days - 1 - index) * DAY,
        value: String(Math.round(base + 18 * Math.sin(index / 9) + 6 * Math.sin(index / 2))),
        label: feed === 'alternative_me' ? 'Fear' : 'Greed',
      }))
      sink.send(points)
      return () => undefined
    },
    'items.feeds': (_, sink) => {
      sink.send(feeds())
      return () => undefined
    },
    'items.refresh': () => undefined,
    'items.test': () => ({ title: 'News Example', items: 15 }),
    'items.key.set': () => ({ kept: 'this-run' }),
    'items.key.state': () => ({ set: false, kept: 'this-run' }),
  }
}
