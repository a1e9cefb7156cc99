/** One call of OKX's REST, and its way of saying no: status 200 and a code. */

import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Limit, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

const PER: Millis = 2 * SECOND

/** Each call has a limit of its own. */
export const LIMITS = {
  instruments: { count: 20, per: PER },
  tickers: { count: 20, per: PER },
  trades: { count: 100, per: PER },
  candles: { count: 40, per: PER },
  'history-candles': { count: 20, per: PER },
  books: { count: 40, per: PER },
} satisfies Record<string, Limit>

/** A call that counts in the limit of its name. Its decode throws VenueError where OKX answers with an error. */
export function call<T>(
  name: keyof typeof LIMITS,
  query: Readonly<Record<string, string | number>>,
  decode: (rows: readonly Fields[]) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  const folder = name === 'instruments' ? 'public' : 'market'
  return {
    path: `/api/v5/${folder}/${name}?${new URLSearchParams(pairs).toString()}`,
    group: name,
    weight: 1,
    decode: (body) => decode(openBody(body, toError).list('data')),
  }
}

function toError(body: Fields): VenueError | undefined {
  const code = body.id('code')
  return code === '0' ? undefined : new VenueError(code, body.optionalText('msg') ?? 'no reason given')
}
