/** One call of Coinbase's REST, on the host of one of its two interfaces, and its ways of saying no. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** Both hosts, with the prefix of their public paths. */
const INTERFACES = {
  exchange: { host: 'https://api.exchange.coinbase.com', prefix: '' },
  advanced: { host: 'https://api.coinbase.com', prefix: '/api/v3/brokerage/market' },
} as const

export type Interface = keyof typeof INTERFACES

/** A call to one of the interfaces, whichever feed is in use. Its decode throws VenueError where Coinbase answers with an error. */
export function call<T>(
  to: Interface,
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (body: Fields) => T,
): RestCall<T> {
  const { host, prefix } = INTERFACES[to]
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  const search = pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
  return {
    host,
    path: `${prefix}${path}${search}`,
    group: to,
    weight: 1,
    decode: (body) => decode(openBody(body, toError)),
  }
}

/** The Exchange says { message }, Advanced Trade { error, error_details, message }. */
function toError(body: Fields): VenueError | undefined {
  const message = body.optionalText('message')
  const code = body.optionalText('error')
  if (message === undefined && code === undefined) return undefined
  return new VenueError(code ?? 'error', message ?? body.optionalText('error_details') ?? 'no reason given')
}
