/** An answer of the chart endpoint: what it says of the symbol, and its rows. */

import type { Decimal, Ticker } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Decoded } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { delayOf, fractionOf, priceOf, timeOf } from './quote.ts'

export interface Chart {
  readonly meta: Fields
  /** Seconds, opening of each row; empty where there is none. */
  readonly times: readonly number[]
  /** By name, one value a row; null where it is not known. */
  readonly columns: Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', readonly (number | null)[]>>
}

const LONGEST = 16 * 1_048_576

/** Throws VenueError with Yahoo's own error, FrameError where the answer is none of this endpoint. */
export function openChart(body: string): Chart {
  if (body.length > LONGEST) throw new FrameError('too-large', `The answer is longer than ${LONGEST} characters.`)
  const answer = Fields.open(body)
  // Other refusals, of any endpoint: { "finance": { "error": … } }.
  const chart = answer.object(answer.has('chart') ? 'chart' : 'finance')
  if (chart.has('error')) {
    const error = chart.object('error')
    throw new VenueError(error.text('code'), error.optionalText('description') ?? 'no description')
  }
  const result = chart.list('result')[0]
  if (result === undefined) throw new FrameError('missing-field', '"result" is empty.')
  const meta = result.object('meta')
  const quote = result.object('indicators').list('quote')[0]
  const times = result.has('timestamp') ? numbersOf(result, 'timestamp') : []
  const column = (name: string) => (quote?.has(name) ? numbersOf(quote, name) : [])
  return {
    meta,
    times: times.map((time) => time ?? 0),
    columns: {
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
    },
  }
}

/** The list's numbers are floats at Yahoo's end already: nothing is lost in reading them as such. */
function numbersOf(fields: Fields, key: string): readonly (number | null)[] {
  const list = fields.inner(key)
  return list.keys.map((place) => (list.has(place) ? Number(list.decimal(place)) : null))
}

/** Undefined where Yahoo knows the symbol and no price of it. */
export function toTicker(market: string, { meta, columns }: Chart): Decoded<Ticker> | undefined {
  const last = price(meta, 'regularMarketPrice')
  if (last === undefined) return undefined
  const data = present({
    kind: 'ticker' as const,
    last,
    open24h: priceOf(columns.open.at(-1) ?? undefined, 'open'),
    high24h: price(meta, 'regularMarketDayHigh'),
    low24h: price(meta, 'regularMarketDayLow'),
    volume24h: volume(meta),
    change: fractionOf(number(meta, 'regularMarketChangePercent')),
    delay: delayOf(meta.optionalText('exchangeName') ?? ''),
  })
  return { market, at: timeOf(number(meta, 'regularMarketTime', 0) * SECOND, 'regularMarketTime'), data }
}

function price(meta: Fields, key: string): Decimal | undefined {
  return priceOf(number(meta, key), key)
}

/** Indexes and currencies are given a volume of 0, which says nothing. */
function volume(meta: Fields): Decimal | undefined {
  const value = meta.optionalAmount('regularMarketVolume')
  return value === '0' ? undefined : value
}

function number(meta: Fields, key: string): number | undefined
function number(meta: Fields, key: string, otherwise: number): number
function number(meta: Fields, key: string, otherwise?: number): number | undefined {
  return meta.has(key) ? Number(meta.decimal(key)) : otherwise
}
