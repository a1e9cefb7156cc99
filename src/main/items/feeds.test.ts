import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ITEM_FEEDS } from '../../shared/items.ts'
import { ItemError } from './item-feed.ts'
import { ITEM_FEEDS_BY_ID as feeds } from './registry.ts'
import { Refusal, toIndex, toItem } from './validate.ts'

const NOW = Date.UTC(2026, 7, 16)
const SAMPLES = new URL('../../../../shared/sources/samples/sentiment/', import.meta.url)
const asked = { url: 'https://news.example/rss', now: NOW }

/** A body of our own in each feed's shape. */
const BODIES: Readonly<Record<(typeof ITEM_FEEDS)[number], string>> = {
  crypto_news:
    '<rss version="2.0"><channel><title>N</title><item><title>Bitcoin</title><link>/a</link><guid>7</guid></item></channel></rss>',
  coinness: JSON.stringify([{ id: 12, title: '비트코인', content: '본문', publishAt: '2026-08-15T17:00:00.000Z' }]),
  saveticker: JSON.stringify({
    news_list: [
      {
        id: 'n1',
        title: '엔비디아',
        content: '',
        source: null,
        created_at: '2026-08-16T02:00:00+09:00',
        tag_names: ['속보', '$NVDA'],
        is_deleted: false,
      },
      { id: 'n2', title: '지워짐', content: '', source: 'x', created_at: '', tag_names: [], is_deleted: true },
    ],
  }),
  upbit_trends: JSON.stringify([
    { market: 'KRW-SC', signed_change_rate: 0.1234, acc_trade_price_24h: 5, timestamp: NOW - 1 },
    { market: 'KRW-BTC', signed_change_rate: -0.01, acc_trade_price_24h: 9, timestamp: NOW - 1 },
  ]),
  perplexity: JSON.stringify({
    id: 'c1',
    created: NOW / 1_000 - 60,
    choices: [{ message: { role: 'assistant', content: 'Bitcoin **fell**[1]. Rates did it.' } }],
    search_results: [{ title: 'Rates', url: 'https://www.news.example/r', date: '2026-08-15' }],
  }),
  cnn_fear_greed: JSON.stringify({
    fear_and_greed: { score: 63.5, rating: 'extreme greed', timestamp: '2026-08-15T20:00:00+00:00' },
  }),
  alternative_me: JSON.stringify({ data: [{ value: '40', value_classification: 'Fear', timestamp: '1786752000' }] }),
}

const decoded = (feed: (typeof ITEM_FEEDS)[number], body: string) => {
  const { items = [], indices = [] } = feeds[feed].decode(body, asked)
  return [...items.map((raw) => toItem(raw, feed, NOW)), ...indices.map((raw) => toIndex(raw, feed, NOW))]
}

test('A-07 each feed yields validated items', () => {
  const found = Object.fromEntries(ITEM_FEEDS.map((feed) => [feed, decoded(feed, BODIES[feed])]))
  const item = { kind: 'item', language: 'en' }
  const korean = { kind: 'item', language: 'ko' }
  expect(found).toEqual({
    crypto_news: [
      {
        ...item,
        feed: 'crypto_news',
        id: 'news.example 7',
        title: 'Bitcoin',
        url: 'https://news.example/a',
        publishedAt: NOW,
        symbols: ['BTC'],
        source: 'N',
      },
    ],
    coinness: [
      {
        ...korean,
        feed: 'coinness',
        id: '12',
        title: '비트코인',
        summary: '본문',
        url: 'https://coinness.com/news/12',
        publishedAt: Date.UTC(2026, 7, 15, 17),
        symbols: ['BTC'],
      },
    ],
    saveticker: [
      {
        ...korean,
        feed: 'saveticker',
        id: 'n1',
        title: '엔비디아',
        url: 'https://www.saveticker.com/news/n1',
        publishedAt: Date.UTC(2026, 7, 15, 17),
        symbols: ['NVDA'],
      },
    ],
    upbit_trends: [
      {
        ...korean,
        feed: 'upbit_trends',
        id: 'rise SC 2026-08-15',
        title: 'SC/KRW +12.34 % · 업비트 원화 마켓 상승률 1위',
        publishedAt: NOW - 1,
        symbols: ['SC'],
      },
      {
        ...korean,
        feed: 'upbit_trends',
        id: 'rise BTC 2026-08-15',
        title: 'BTC/KRW −1.00 % · 업비트 원화 마켓 상승률 2위',
        publishedAt: NOW - 1,
        symbols: ['BTC'],
      },
      {
        ...korean,
        feed: 'upbit_trends',
        id: 'turnover BTC 2026-08-15',
        title: 'BTC/KRW −1.00 % · 업비트 원화 마켓 거래대금 1위',
        publishedAt: NOW - 1,
        symbols: ['BTC'],
      },
      {
        ...korean,
        feed: 'upbit_trends',
        id: 'turnover SC 2026-08-15',
        title: 'SC/KRW +12.34 % · 업비트 원화 마켓 거래대금 2위',
        publishedAt: NOW - 1,
        symbols: ['SC'],
      },
    ],
    perplexity: [
      {
        ...item,
        feed: 'perplexity',
        id: 'c1',
        title: 'Bitcoin fell.',
        summary: 'Rates did it.',
        publishedAt: NOW - 60_000,
        symbols: ['BTC'],
      },
      {
        ...item,
        feed: 'perplexity',
        id: 'https://www.news.example/r',
        title: 'Rates',
        url: 'https://www.news.example/r',
        publishedAt: Date.UTC(2026, 7, 15),
        symbols: [],
        source: 'news.example',
      },
    ],
    cnn_fear_greed: [
      {
        at: Date.UTC(2026, 7, 15, 20),
        data: { kind: 'index', feed: 'cnn_fear_greed', value: '63.5', label: 'Extreme Greed' },
      },
    ],
    alternative_me: [
      { at: 1_786_752_000_000, data: { kind: 'index', feed: 'alternative_me', value: '40', label: 'Fear' } },
    ],
  })
})

test('A-07 CoinNess is read in both shapes that have been seen', () => {
  const list = JSON.parse(BODIES.coinness) as unknown
  expect(decoded('coinness', JSON.stringify({ data: { list } }))).toEqual(decoded('coinness', BODIES.coinness))
})

test('A-07 an answer that is not the feed’s is refused whole, by rule', () => {
  const ruleOf = (feed: (typeof ITEM_FEEDS)[number], body: string) => {
    try {
      feeds[feed].decode(body, asked)
      return 'taken'
    } catch (error) {
      return error instanceof ItemError ? error.rule : String(error)
    }
  }
  for (const feed of ITEM_FEEDS) {
    const [broken, other] = feed === 'crypto_news' ? ['<rss', '<html/>'] : ['not json', '{"data":"none"}']
    expect([feed, ruleOf(feed, broken), ruleOf(feed, other)]).toEqual([
      feed,
      feed === 'crypto_news' ? 'not-xml' : 'not-json',
      'unknown-shape',
    ])
  }
  expect(ruleOf('alternative_me', '{"data":[],"metadata":{"error":"busy"}}')).toBe('error-answer')
})

test('a question goes where the feed is, and a key only into its header', () => {
  const asks = ITEM_FEEDS.map((id) =>
    feeds[id].request({ url: 'https://news.example/rss', key: 'own-key', version: '1' }),
  )
  expect(asks.map(({ url }) => new URL(url).protocol)).toEqual(ITEM_FEEDS.map(() => 'https:'))
  const keyed = asks.filter((ask) => JSON.stringify(ask).includes('own-key'))
  expect(keyed.map(({ url, headers }) => [url, headers?.['Authorization']])).toEqual([
    ['https://api.perplexity.ai/chat/completions', 'Bearer own-key'],
  ])
})

test('A-07 the recorded answers are read', () => {
  if (!existsSync(SAMPLES)) {
    console.log(`No recorded answers at ${SAMPLES.pathname}: own fixtures only.`)
    return
  }
  const read = (name: string) => readFileSync(new URL(name, SAMPLES), 'utf8')
  const titles = (name: string) =>
    (feeds.crypto_news.decode(read(name), asked).items ?? [])
      .map((raw) => toItem(raw, 'crypto_news', NOW))
      .map((item) => (item instanceof Refusal ? item.rule : [item.id, item.url, item.publishedAt, item.source]))
  expect(titles('rss-coindesk.xml')).toEqual([
    [
      'www.coindesk.com bfe74cb5-052f-4948-9630-938954a03935'.replace('www.coindesk.com', 'news.example'),
      'https://www.coindesk.com/markets/2026/08/15/robot-maker-unitree-is-going-public',
      Date.UTC(2026, 7, 15, 16),
      'CoinDesk: Bitcoin, Ethereum, Crypto News and Price Data',
    ],
  ])
  expect(titles('rss-cointelegraph.xml').map((each) => (each as unknown[])[1])).toEqual([
    'https://cointelegraph.com/news/tokenized-stock-holders?utm_source=rss_feed',
    'https://cointelegraph.com/news/what-happened-in-crypto-today?utm_source=rss_feed',
  ])
  const old = Date.UTC(2019, 1, 26, 12)
  const [alternative] = feeds.alternative_me.decode(read('alternative-me-fng.json'), asked).indices ?? []
  expect(toIndex(alternative ?? {}, 'alternative_me', old)).toEqual({
    at: 1_551_157_200_000,
    data: { kind: 'index', feed: 'alternative_me', value: '40', label: 'Fear' },
  })
  expect(decoded('cnn_fear_greed', read('constructed-cnn-graphdata.json'))).toEqual([
    { at: 1_786_233_600_000, data: { kind: 'index', feed: 'cnn_fear_greed', value: '63.6', label: 'Greed' } },
    {
      at: Date.UTC(2026, 7, 7, 23, 59, 47),
      data: { kind: 'index', feed: 'cnn_fear_greed', value: '63.6857', label: 'Greed' },
    },
  ])
})
