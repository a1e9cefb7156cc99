/** What Coinbase's two feeds write alike. */

import type { Millis } from '../../../shared/market.ts'
import type { Fields } from '../fields.ts'
import { isFiner, toMillis } from '../time.ts'

/** BUY: the order that was there bought, so the taker sold. */
const TAKER_SIDES: ReadonlyMap<string, 'buy' | 'sell'> = new Map([
  ['buy', 'sell'],
  ['sell', 'buy'],
  ['BUY', 'sell'],
  ['SELL', 'buy'],
])

/** The taker's side where `side` is the maker's: in matches, market trades and over REST, but not in the Exchange feed's ticker. */
export function takerSide(trade: Fields): 'buy' | 'sell' {
  const maker = trade.text('side')
  const taker = TAKER_SIDES.get(maker)
  if (taker === undefined) throw trade.wrong('bad-value', 'side', `is neither buy nor sell but ${maker}`)
  return taker
}

interface When {
  readonly at?: Millis
  readonly atText?: string
}

const NO_TIME: When = {}

/** An instant as an event has it. */
export function whenOf(fields: Fields, key: string): When {
  if (!fields.has(key)) return NO_TIME
  const when = toWhen(fields.text(key))
  if (when === undefined) throw fields.wrong('bad-time', key, 'is no time between 2009 and 2100')
  return when
}

/** The same of a text of its own; undefined: it is no time. Now and then the year is 1 or 1970, which is how Coinbase writes "none". */
export function toWhen(text: string): When | undefined {
  if (text.startsWith('0001-') || text.startsWith('1970-')) return NO_TIME
  const at = toMillis(text)
  if (at === undefined) return undefined
  return isFiner(text) ? { at, atText: text } : { at }
}
