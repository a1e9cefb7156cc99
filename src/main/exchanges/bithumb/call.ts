/** One call of Bithumb's REST, and its way of saying no: status 200 with an `error` where a list should be. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** Each counts for itself. */
export type Group = 'ticker' | 'trade' | 'candle' | 'orderbook' | 'other'

/** A call that counts in `group`. Its decode throws VenueError where Bithumb answers with an error. */
export function call<T>(
  group: Group,
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`,
    group,
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('error')) return undefined
  const error = body.object('error')
  return new VenueError(error.id('name'), error.optionalText('message') ?? 'no message')
}
