/** Bithumb's topics: what a market says on the stream, in each of the two formats. */

import { SECOND } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import { toObject } from '../upbit/layout.ts'
import type { Values } from '../upbit/texts.ts'
import type { Frame, Moment, Topic } from '../venue.ts'
import { STREAM_LAYOUTS } from './layout.ts'
import { bookValues, tickerValues, tradeValues } from './texts.ts'

export const FORMATS = ['DEFAULT', 'SIMPLE'] as const

/** An orderbook's number of places, by the suffix of its code; any other number is fifteen. */
const PLACES: readonly number[] = [1, 5, 15]

type Type = keyof typeof STREAM_LAYOUTS

/** One type of one subscribe frame for one code. */
export interface Ask {
  readonly type: Type
  readonly code: string
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
}

interface Said {
  readonly values: Values
  /** Equal to that of the frame before: nothing has changed. */
  readonly state?: string
}

export function isType(type: unknown): type is Type {
  return typeof type === 'string' && Object.hasOwn(STREAM_LAYOUTS, type)
}

/** The topic that an ask wants, in a format. */
export function toTopic({ type, code: asked, onlySnapshot, onlyRealtime }: Ask, format: string): Topic {
  const [code = '', suffix] = asked.split('.')
  const places = PLACES.find((count) => String(count) === suffix) ?? 15
  const isBrief = format === 'SIMPLE'
  function frame(moment: Moment): Frame | undefined {
    const market = moment.scene.find(code)
    if (market === undefined) return undefined
    const { values, state } = say(type, moment, market, places, isBrief)
    if (moment.cause === 'tick' && state === moment.memory && !isRepeated(moment)) return undefined
    const stream = moment.cause === 'snapshot' ? '"SNAPSHOT"' : '"REALTIME"'
    return { text: toObject(STREAM_LAYOUTS[type], { ...values, stream_type: stream }, isBrief), memory: state }
  }
  return {
    key: `${type} ${asked} ${format}`,
    market: code,
    channel: type === 'orderbook' ? 'book' : type,
    cadence: type === 'orderbook' ? BOOK_GRID : 'trade',
    snapshot: !onlyRealtime,
    live: !onlySnapshot,
    frame,
  }
}

/** A book that has not changed is often told again. */
function isRepeated({ scene }: Moment): boolean {
  return Math.floor(scene.now / BOOK_GRID) % ((5 * SECOND) / BOOK_GRID) === 0
}

function say(type: Type, moment: Moment, market: MarketModel, places: number, isBrief: boolean): Said {
  const { scene, trade } = moment
  if (type === 'orderbook') {
    const values = bookValues(market, scene.book(market, places), places, isBrief)
    return { values, state: values['orderbook_units'] ?? '' }
  }
  const print = trade ?? scene.last(market)
  const summary = scene.summary(market, print.price)
  if (type === 'ticker') return { values: tickerValues(market, print, summary, scene.now) }
  return { values: tradeValues(market, print, summary.previousClose, scene.now) }
}
