/** One call of Coinone's public REST, and its way of saying no: status 200 with `result: error`. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** A call below /public/v2. Its decode throws VenueError where Coinone answers with an error. */
export function call<T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: `/public/v2/${path}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`}`,
    group: 'public',
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('result') || body.text('result') !== 'error') return undefined
  return new VenueError(body.id('error_code'), body.optionalText('error_msg') ?? 'no message')
}
