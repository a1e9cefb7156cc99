/** One call of Digital X's REST, and its way of saying no: `success: false` instead of data. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** A call below /v2, whose decoder is given the `data` of the answer. Its decode throws VenueError where the answer is an error. */
export function call<T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (data: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: `/v2/${path}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`}`,
    group: 'public',
    weight: 1,
    decode: (body) => decode(openBody(body, toError).inner('data')),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('error')) return undefined
  const error = body.object('error')
  return new VenueError(error.id('code'), error.optionalText('message') ?? 'no message')
}
