/** One call of KIS's REST, and its way of saying no: `rt_cd` other than 0, under any status. */

import type { RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** A body of KIS. Throws VenueError with its code and words. */
export function openKis(body: string): Fields {
  return openBody(body, toError)
}

/** Grants are refused in other words than calls. */
function toError(body: Fields): VenueError | undefined {
  if (body.has('error_code'))
    return new VenueError(body.text('error_code'), body.optionalText('error_description') ?? 'no message')
  if (!body.has('rt_cd') || body.text('rt_cd') === '0') return undefined
  return new VenueError(body.optionalText('msg_cd') ?? 'unknown', body.optionalText('msg1') ?? 'no message')
}

/** A call below /uapi. `decode` gets the whole answer. */
export function call<T>(
  path: string,
  tr_id: string,
  query: Readonly<Record<string, string>>,
  decode: (answer: Fields, receivedAt: number) => T,
): RestCall<T> {
  return {
    path: `/uapi/${path}?${new URLSearchParams(query).toString()}`,
    group: 'calls',
    weight: 1,
    headers: { tr_id, custtype: 'P', 'content-type': 'application/json; charset=utf-8' },
    decode: (body, receivedAt = Number.NaN) => decode(openKis(body), receivedAt),
  }
}
