/** Step one of the quality of items: each is checked alone, and what is not plausible is refused by rule. */

import { z } from 'zod'
import { toDecimal } from '../../shared/decimal.ts'
import type { RefusalRule } from '../../shared/items-contract.ts'
import type { Index, Item, ItemFeedId } from '../../shared/items.ts'
import { ITEM_LENGTHS, normalTitle } from '../../shared/items.ts'
import type { Millis } from '../../shared/market.ts'
import { DAY, HOUR } from '../../shared/market.ts'
import type { RawIndex, RawItem } from './item-feed.ts'
import { toPlainText } from './plain-text.ts'
import { symbolsIn } from './symbols.ts'

/** Ahead of our clock by more: the feed's time is wrong. */
const FUTURE: Millis = HOUR
/** Older ones are no news. */
const OLDEST_ITEM: Millis = 31 * DAY
const OLDEST_INDEX: Millis = 400 * DAY

/** Why one item or value of an answer is not taken. */
export class Refusal {
  readonly rule: RefusalRule
  constructor(rule: RefusalRule) {
    this.rule = rule
  }
}

const url = z
  .string()
  .trim()
  .max(ITEM_LENGTHS.url)
  .regex(/^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i)
  .refine((text) => URL.canParse(text))
const itemSchema = z.object({
  title: z
    .string()
    .transform((text) => toPlainText(text, ITEM_LENGTHS.title))
    .pipe(z.string().min(1)),
  url: url.optional(),
  publishedAt: z.number().int().min(0).optional(),
  id: z
    .union([z.string().trim().min(1), z.number()])
    .transform(String)
    .optional()
    .catch(undefined),
  summary: z
    .string()
    .transform((text) => toPlainText(text, ITEM_LENGTHS.summary))
    .optional()
    .catch(undefined),
})
const indexSchema = z.object({
  at: z.number().int().min(0),
  value: z
    .union([z.number(), z.string()])
    .transform(Number)
    .pipe(z.number().min(0).max(100))
    .transform((value) => toDecimal(value.toFixed(4))),
  label: z
    .string()
    .transform((text) => toPlainText(text, 40))
    .pipe(z.string().min(1)),
})

const withoutNulls = (raw: object) => Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null))

/** An item that may be stored, or why not. */
export function toItem(raw: RawItem, feed: ItemFeedId, now: Millis): Item | Refusal {
  const read = itemSchema.safeParse(withoutNulls(raw))
  if (!read.success) return new Refusal(read.error.issues[0]?.path[0] as RefusalRule)
  const { title, url, summary, id, publishedAt = now } = read.data
  if (publishedAt > now + FUTURE) return new Refusal('future')
  if (publishedAt < now - OLDEST_ITEM) return new Refusal('old')
  return {
    kind: 'item',
    feed,
    id: (id ?? url ?? normalTitle(title)).slice(0, ITEM_LENGTHS.id),
    title,
    ...(url === undefined ? {} : { url }),
    ...(summary === undefined || summary === '' ? {} : { summary }),
    publishedAt,
    language: raw.language ?? 'en',
    symbols: (raw.symbols ?? symbolsIn(title)).slice(0, ITEM_LENGTHS.symbols),
    ...(raw.source === undefined || raw.source === '' ? {} : { source: raw.source.slice(0, ITEM_LENGTHS.source) }),
  }
}

/** A value that may be stored, and when it was, or why not. */
export function toIndex(raw: RawIndex, feed: ItemFeedId, now: Millis): { at: Millis; data: Index } | Refusal {
  const read = indexSchema.safeParse(raw)
  if (!read.success) return new Refusal(read.error.issues[0]?.path[0] as RefusalRule)
  const { at, value, label } = read.data
  if (at > now + FUTURE) return new Refusal('future')
  if (at < now - OLDEST_INDEX) return new Refusal('old')
  return { at, data: { kind: 'index', feed, value, label } }
}
