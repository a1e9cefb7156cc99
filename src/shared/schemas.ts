/** What a record of each topic looks like, as schemas: the source of docs/topics/. Fields not named here may be added later. */

import { z } from 'zod'
import { BAR_STATES, BOOK_BREAKS, GAP_REASONS, ORIGINS } from './market.ts'
import type { TopicId } from './topics.ts'

/** Also in decimal.ts, whose check is faster; a test holds them together. */
const decimal = z
  .string()
  .regex(/^(0|-?([1-9]\d*(\.\d*[1-9])?|0\.\d*[1-9]))$/)
  .describe('An exact decimal number: no exponent, no trailing fractional zeros.')
const millis = z.int().min(0).describe('Milliseconds since 1970-01-01T00:00:00Z.')
const gapFields = {
  since: millis,
  until: millis.optional(),
  reason: z.enum(GAP_REASONS),
  filledBy: z.literal('backfill').optional(),
}

const trade = z.looseObject({
  kind: z.literal('trade'),
  id: z.string().min(1).describe('Names the trade together with instrument and at. Never an order.'),
  price: decimal,
  size: decimal.describe('In the base currency.'),
  side: z.enum(['buy', 'sell']).optional().describe('The taker’s side. Absent where the venue does not say.'),
})

const gap = z.looseObject({ kind: z.literal('gap'), ...gapFields })

const clock = z.looseObject({
  kind: z.literal('clock'),
  watermarks: z.record(z.string(), z.int()).describe('Per venue: no trade earlier than this is expected any more.'),
  watched: z
    .record(z.string(), z.array(z.looseObject(gapFields)))
    .optional()
    .describe('In some records: the markets watched, each with its gaps that are open or ended a moment ago.'),
})

const ticker = z.looseObject({
  kind: z.literal('ticker'),
  last: decimal,
  bid: decimal.optional(),
  ask: decimal.optional(),
  open24h: decimal.optional(),
  high24h: decimal.optional(),
  low24h: decimal.optional(),
  volume24h: decimal.optional().describe('In the base currency.'),
  quoteVolume24h: decimal.optional().describe('In the quote currency.'),
  change: decimal.optional().describe('A fraction of the venue’s own previous close: 0.0184 is +1.84 %.'),
})

const levels = z.array(z.tuple([decimal, decimal]))
const book = z.looseObject({
  kind: z.literal('book'),
  snapshot: z.boolean().describe('True: replaces everything before. False: changed levels only, size 0 removes one.'),
  bids: levels.describe('[price, size], highest first in a snapshot.'),
  asks: levels.describe('[price, size], lowest first in a snapshot.'),
  sequence: z
    .looseObject({ first: z.string().optional(), last: z.string(), previous: z.string().optional() })
    .optional()
    .describe('Update ids as the venue counts them.'),
  stale: z
    .looseObject({ reason: z.enum(BOOK_BREAKS), since: millis, resyncAt: millis.optional() })
    .optional()
    .describe('The book is not known any more, and both sides are empty, until the next record without this.'),
})

const bar = z.looseObject({
  kind: z.literal('bar'),
  interval: millis.describe('Length in milliseconds.'),
  openAt: millis,
  revision: z.int().min(0).describe('The highest revision of (instrument, interval, openAt) holds.'),
  state: z.enum(BAR_STATES),
  open: decimal.optional().describe('This and all other values are absent where nothing was traded.'),
  high: decimal.optional(),
  low: decimal.optional(),
  close: decimal.optional(),
  vwap: decimal.optional().describe('quoteVolume ÷ volume, 12 fractional digits, half-even.'),
  avgPrice: decimal.optional().describe('Plain mean of the trade prices, 12 fractional digits, half-even.'),
  priceSum: decimal.optional(),
  volume: decimal.optional().describe('In the base currency.'),
  quoteVolume: decimal.optional().describe('In the quote currency.'),
  buyVolume: decimal.optional().describe('Volume of trades whose taker bought, in the base currency.'),
  trades: z.int().min(1).optional(),
})

function record<D extends z.ZodType>(data: D) {
  return z.looseObject({
    instrument: z
      .string()
      .regex(/^[a-z0-9]+:\S+$/)
      .describe('<venue>:<BASE>/<QUOTE>. Clock records, which belong to no market, have tapedeck:clock.'),
    at: millis.describe('The venue’s clock, cut to the millisecond. For a bar its openAt, for a gap its since.'),
    atText: z.string().optional().describe('The venue’s own time where it is finer than a millisecond.'),
    receivedAt: millis.describe('The collector’s clock on arrival.'),
    origin: z.enum(ORIGINS),
    data,
  })
}

/** One record of each topic. */
export const RECORD_SCHEMAS = {
  trades: record(z.discriminatedUnion('kind', [trade, gap, clock])),
  tickers: record(ticker),
  books: record(book),
  bars: record(bar),
} as const satisfies Record<TopicId, z.ZodType>
