/** One call of Upbit's REST, and its way of saying no. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

export type Group = 'market' | 'ticker' | 'trade' | 'candle' | 'orderbook'

/** A call that counts in `group`. Its decode throws VenueError where Upbit answers with an error. */
export function call<T>(
  group: Group,
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: `${path}?${new URLSearchParams(pairs).toString()}`,
    group,
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('error')) return undefined
  const error = body.object('error')
  return new VenueError(error.id('name'), error.has('message') ? error.text('message') : 'no message')
}
