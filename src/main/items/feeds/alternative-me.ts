import { z } from 'zod'
import { HOUR, SECOND } from '../../../shared/market.ts'
import type { ItemFeed } from '../item-feed.ts'
import { ItemError } from '../item-feed.ts'
import { readJson } from '../json.ts'

const schema = z.looseObject({
  data: z.array(z.looseObject({ value: z.unknown(), value_classification: z.unknown(), timestamp: z.unknown() })),
  metadata: z.looseObject({ error: z.string().nullish() }).optional(),
})

/** Days of history of one answer. */
const DAYS = 90

/** alternative.me's Crypto Fear & Greed: a value a day, told at 00:00 UTC. All its numbers are texts. */
export const alternativeMe: ItemFeed = {
  id: 'alternative_me',
  docs: 'https://alternative.me/crypto/fear-and-greed-index/#api',
  every: HOUR,
  request: () => ({ url: `https://api.alternative.me/fng/?limit=${DAYS}&format=json` }),
  decode(body) {
    const { data, metadata } = readJson(body, schema)
    if (metadata?.error) throw new ItemError('error-answer', `The feed says: ${metadata.error.slice(0, 200)}.`)
    return {
      indices: data.map(({ value, value_classification, timestamp }) => ({
        at: Number(timestamp) * SECOND,
        value,
        label: value_classification,
      })),
    }
  },
}
