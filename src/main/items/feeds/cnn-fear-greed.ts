import { z } from 'zod'
import { MINUTE } from '../../../shared/market.ts'
import { browserAgent } from '../item-feed.ts'
import type { ItemFeed, RawIndex } from '../item-feed.ts'
import { readJson } from '../json.ts'

const schema = z.looseObject({
  fear_and_greed: z.looseObject({
    score: z.number(),
    rating: z.string(),
    /** ISO with an offset; some have seen milliseconds. */
    timestamp: z.union([z.string(), z.number()]),
  }),
  fear_and_greed_historical: z
    .looseObject({ data: z.array(z.looseObject({ x: z.number(), y: z.number(), rating: z.string() })) })
    .optional(),
})

/** CNN's Fear & Greed of US shares, as its own page reads it. Not a public interface: it may refuse us (418) or go away. */
export const cnnFearGreed: ItemFeed = {
  id: 'cnn_fear_greed',
  docs: 'https://edition.cnn.com/markets/fear-and-greed',
  every: 10 * MINUTE,
  request: ({ version }) => ({
    url: 'https://production.dataviz.cnn.io/index/fearandgreed/graphdata',
    headers: { 'User-Agent': browserAgent(version), Referer: 'https://edition.cnn.com/markets/fear-and-greed' },
  }),
  decode(body) {
    const { fear_and_greed: latest, fear_and_greed_historical: history } = readJson(body, schema)
    const { score, rating, timestamp } = latest
    const at = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp)
    const past = (history?.data ?? []).map((point): RawIndex => ({
      at: point.x,
      value: point.y,
      label: toLabel(point.rating),
    }))
    return { indices: [...past, { at, value: score, label: toLabel(rating) }] }
  },
}

/** 'extreme fear' → 'Extreme Fear', as the other index spells it. */
function toLabel(rating: string): string {
  return rating.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
}
