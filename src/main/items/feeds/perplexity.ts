import { z } from 'zod'
import { HOUR, SECOND } from '../../../shared/market.ts'
import type { ItemFeed, RawItem } from '../item-feed.ts'
import { ItemError } from '../item-feed.ts'
import { readJson } from '../json.ts'

const schema = z.looseObject({
  id: z.string(),
  created: z.number(),
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string() }) })).min(1),
  search_results: z
    .array(z.looseObject({ title: z.unknown(), url: z.unknown(), date: z.string().nullish() }))
    .nullish(),
})

const QUESTION =
  'What moved the cryptocurrency market in the last 24 hours? Answer in at most four plain sentences without markup; let the first be a headline.'

/** Perplexity's short analysis of the day, with the pages that it rests on. Each question costs the owner of the key money. */
export const perplexity: ItemFeed = {
  id: 'perplexity',
  docs: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
  every: 6 * HOUR,
  needsKey: true,
  request: ({ key }) => ({
    url: 'https://api.perplexity.ai/chat/completions',
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model: 'sonar',
      search_recency_filter: 'day',
      max_tokens: 400,
      messages: [{ role: 'user', content: QUESTION }],
    }),
  }),
  decode(body) {
    const { id, created, choices, search_results } = readJson(body, schema)
    const answer = choices[0]?.message.content.replaceAll(/\[\d+\]|\*\*|^#+ /gm, '').trim() ?? ''
    if (answer === '') throw new ItemError('unknown-shape', 'The answer has no text.')
    const [headline = answer] = answer.split(/(?<=[.!?])\s|\n/)
    const rest = answer.slice(headline.length).trim()
    return {
      items: [
        { id, title: headline, publishedAt: created * SECOND, ...(rest === '' ? {} : { summary: rest }) },
        ...(search_results ?? []).map(({ title, url, date }): RawItem => ({
          id: url,
          title,
          url,
          publishedAt: date ? Date.parse(date) : undefined,
          ...(typeof url === 'string' && URL.canParse(url) ? { source: new URL(url).host.replace(/^www\./, '') } : {}),
        })),
      ],
    }
  },
}
