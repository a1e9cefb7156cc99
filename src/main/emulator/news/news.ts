/** The hosts of news and sentiment behind one address: `/news/<host>/<path>`. A host that is not in the table is an RSS feed. */

import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import { hashText, noise, unit } from '../hash.ts'
import type { RestAnswer } from '../venue.ts'
import type { Story } from './stories.ts'
import { STORY_EVERY, storiesOf } from './stories.ts'

export interface NewsQuestion {
  readonly host: string
  readonly path: string
  readonly query: URLSearchParams
  readonly method: string
  readonly authorization: string | undefined
  readonly seed: number
  readonly now: Millis
  /** Every entry twice: a feed that repeats itself within an answer. */
  readonly doubled: boolean
}

export interface NewsAnswer extends RestAnswer {
  readonly type: string
}

type Answerer = (question: NewsQuestion) => NewsAnswer

const json = (value: unknown): NewsAnswer => ({
  status: 200,
  body: JSON.stringify(value),
  type: 'application/json; charset=utf-8',
})
const missing: NewsAnswer = { status: 404, body: '{"error":"not found"}', type: 'application/json' }

const HOSTS: Readonly<Record<string, { readonly path: RegExp; readonly answer: Answerer }>> = {
  'api.alternative.me': { path: /^\/fng\/?$/, answer: alternativeMe },
  'production.dataviz.cnn.io': { path: /^\/index\/fearandgreed\/graphdata(\/.*)?$/, answer: cnn },
  'api.upbit.com': { path: /^\/v1\/ticker\/all$/, answer: upbitTickers },
  'api.coinness.com': { path: /^\/feed\/v1\/breaking-news$/, answer: coinness },
  'api.saveticker.com': { path: /^\/api\/news\/top-stories$/, answer: saveticker },
  'api.perplexity.ai': { path: /^\/chat\/completions$/, answer: perplexity },
}

/** What a host answers: the same for the same seed and moment. */
export function answerNews(question: NewsQuestion): NewsAnswer {
  const known = HOSTS[question.host]
  if (known === undefined) return rss(question)
  return known.path.test(question.path) ? known.answer(question) : missing
}

const twice = <T>(list: readonly T[], { doubled }: NewsQuestion): readonly T[] =>
  doubled ? list.flatMap((each) => [each, each]) : list

function stories(question: NewsQuestion, language: 'ko' | 'en', count: number, every = STORY_EVERY): readonly Story[] {
  const { seed, host, path, now } = question
  return twice(storiesOf({ seed, source: host + path, language, every }, now, count), question)
}

function rss(question: NewsQuestion): NewsAnswer {
  const name = question.host.replace(/^www\./, '')
  const items = stories(question, 'en', 15).map(
    ({ id, title, text, at }) => `    <item>
      <title><![CDATA[${title}]]></title>
      <link>https://${question.host}/demo/${id}?utm_source=rss</link>
      <guid isPermaLink="false">${id}</guid>
      <pubDate>${new Date(at).toUTCString()}</pubDate>
      <description><![CDATA[<p>${text}</p>]]></description>
    </item>`,
  )
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>DEMO ${name}</title>
    <language>en-us</language>
${items.join('\n')}
  </channel>
</rss>
`
  return { status: 200, body, type: 'application/rss+xml; charset=utf-8' }
}

function coinness(question: NewsQuestion): NewsAnswer {
  return json(
    stories(question, 'ko', Math.min(Number(question.query.get('limit') ?? 20), 40)).map(({ id, title, text, at }) => ({
      id: Number.parseInt(id, 10),
      title,
      content: text,
      publishAt: new Date(at).toISOString(),
      isImportant: false,
    })),
  )
}

function saveticker(question: NewsQuestion): NewsAnswer {
  const list = stories(question, 'ko', 20, 20 * MINUTE).map(({ id, title, text, at, symbol }) => ({
    id,
    title,
    content: text,
    source: 'DEMO',
    created_at: new Date(at + 9 * HOUR).toISOString().replace('Z', '+09:00'),
    tag_names: ['속보', `$${symbol}`],
    is_deleted: false,
  }))
  return json({ news_list: list })
}

function perplexity(question: NewsQuestion): NewsAnswer {
  if (question.method !== 'POST' || !/^Bearer \S+$/.test(question.authorization ?? ''))
    return { status: 401, body: '{"error":{"message":"Invalid API key"}}', type: 'application/json' }
  const found = stories(question, 'en', 3, HOUR)
  const slot = Math.floor(question.now / HOUR)
  return json({
    id: `demo-${slot}`,
    model: 'sonar',
    created: (slot * HOUR) / SECOND,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: `${found[0]?.title ?? 'DEMO'}. It was a quiet day in a simulated market[1]. Nothing here is real.`,
        },
      },
    ],
    search_results: found.map(({ id, title, at }) => ({
      title,
      url: `https://news.example/demo/${id}`,
      date: new Date(at).toISOString().slice(0, 10),
    })),
  })
}

/** Coins of the trends, with prices that nobody reads. */
const TREND_COINS = ['BTC', 'ETH', 'XRP', 'SOL', 'DOGE', 'ADA', 'LINK', 'DOT', 'AVAX', 'TRX', 'SUI', 'HBAR']

function upbitTickers({ seed, now }: NewsQuestion): NewsAnswer {
  return json(
    TREND_COINS.map((coin) => {
      const own = hashText(seed, coin)
      return {
        market: `KRW-${coin}`,
        trade_price: Math.round(1_000 * (1 + unit(own, 1) * 100)),
        signed_change_rate: Number((noise(own, 2, now / (4 * HOUR)) * 0.12).toFixed(10)),
        acc_trade_price_24h: Math.round(unit(own, 3) * 4e11),
        timestamp: now - (now % SECOND),
      }
    }),
  )
}

const CLASSES = [
  [25, 'Extreme Fear'],
  [45, 'Fear'],
  [55, 'Neutral'],
  [75, 'Greed'],
  [101, 'Extreme Greed'],
] as const
const classOf = (value: number) => CLASSES.find(([below]) => value < below)?.[1] ?? 'Neutral'

/** Of one index, around the middle. */
function indexAt(seed: number, name: string, at: Millis): number {
  const own = hashText(seed, name)
  return 50 + 28 * noise(own, 1, at / (9 * DAY)) + 12 * noise(own, 2, at / (2 * DAY))
}

function alternativeMe({ seed, now, query }: NewsQuestion): NewsAnswer {
  const today = Math.floor(now / DAY) * DAY
  const count = Math.min(Math.max(Number(query.get('limit') ?? 1), 1), 400)
  return json({
    name: 'Fear and Greed Index',
    data: Array.from({ length: count }, (_, index) => {
      const at = today - index * DAY
      const value = Math.round(indexAt(seed, 'alternative.me', at))
      return {
        value: String(value),
        value_classification: classOf(value),
        timestamp: String(at / SECOND),
        ...(index === 0 ? { time_until_update: String(Math.ceil((today + DAY - now) / SECOND)) } : {}),
      }
    }),
    metadata: { error: null },
  })
}

function cnn({ seed, now }: NewsQuestion): NewsAnswer {
  const today = Math.floor(now / DAY) * DAY
  const scoreAt = (at: Millis) => indexAt(seed, 'cnn', at) + 0.123456789
  const at = now - (now % (10 * MINUTE))
  const score = scoreAt(at)
  return json({
    fear_and_greed: {
      score,
      rating: classOf(score).toLowerCase(),
      timestamp: new Date(at).toISOString().replace('Z', '+00:00'),
      previous_close: scoreAt(at - DAY),
      previous_1_week: scoreAt(at - 7 * DAY),
      previous_1_month: scoreAt(at - 30 * DAY),
      previous_1_year: scoreAt(at - 365 * DAY),
    },
    fear_and_greed_historical: {
      data: Array.from({ length: 250 }, (_, index) => {
        const x = today - (250 - index) * DAY
        return { x, y: scoreAt(x), rating: classOf(scoreAt(x)).toLowerCase() }
      }),
    },
  })
}
