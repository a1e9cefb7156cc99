/** One call of Kraken's public REST, and its way of saying no: status 200 with a list of errors. */

import type { RestCall } from '../exchange.ts'
import { FrameError, VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { openBody } from '../reader.ts'

/** A call whose decoder is given the `result`. Its decode throws VenueError where Kraken answers with an error. */
export function call<T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  decode: (result: Fields) => T,
): RestCall<T> {
  const pairs = Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string])
  return {
    path: `/0/public/${path}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`}`,
    group: 'public',
    weight: 1,
    decode: (body) => decode(openBody(body, toError).object('result')),
  }
}

/** What was asked for of one market: under its name, but the name may be another than that asked with. */
export function soleKey(result: Fields): string {
  const key = result.keys.find((each) => each !== 'last')
  if (key === undefined) throw new FrameError('missing-field', 'The result holds no market.')
  return key
}

function toError(body: Fields): VenueError | undefined {
  if (!body.has('error')) return undefined
  const list = body.inner('error')
  const found = list.keys.map((key) => list.text(key)).find((each) => !each.startsWith('W')) // W: a warning beside the result
  if (found === undefined) return undefined
  const [code = found, ...words] = found.split(':')
  return new VenueError(code, words.join(':').trim() || found)
}
