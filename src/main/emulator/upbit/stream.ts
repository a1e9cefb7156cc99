/** Upbit's topics: what a market says on the stream, in each of the four formats. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Topic } from '../venue.ts'
import { STREAM_LAYOUTS, toObject } from './layout.ts'
import { bookValues, candleValues, tickerValues, tradeValues } from './texts.ts'
import type { Values } from './texts.ts'

export const FORMATS = ['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'] as const

export const CANDLE_LENGTHS: Readonly<Record<string, Millis>> = {
  'candle.1s': SECOND,
  'candle.1m': MINUTE,
  'candle.3m': 3 * MINUTE,
  'candle.5m': 5 * MINUTE,
  'candle.10m': 10 * MINUTE,
  'candle.15m': 15 * MINUTE,
  'candle.30m': 30 * MINUTE,
  'candle.60m': 60 * MINUTE,
  'candle.240m': 240 * MINUTE,
}

/** An orderbook's number of places, by the suffix of its code; any other number is thirty. */
const PLACES: readonly number[] = [1, 5, 15, 30]

/** One type of one subscribe frame for one code. */
export interface Ask {
  readonly type: string
  readonly code: string
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
}

/** What a type of message reads from its market; undefined: nothing to say. */
type Speak = (moment: Moment, market: MarketModel, brief: boolean) => Said | undefined

interface Said {
  readonly values: Values
  /** Equal to that of the frame before: nothing has changed, nothing is sent. */
  readonly state?: string
}

export function isType(type: string): boolean {
  return type === 'trade' || type === 'ticker' || type === 'orderbook' || type in CANDLE_LENGTHS
}

/** The topic that an ask wants, in a format. */
export function toTopic(ask: Ask, format: string): Topic {
  const [code = '', places] = ask.code.split('.')
  const brief = format.startsWith('SIMPLE')
  const listed = format.endsWith('LIST')
  const layout =
    STREAM_LAYOUTS[ask.type.startsWith('candle') ? 'candle' : (ask.type as 'trade' | 'ticker' | 'orderbook')]
  const speak = speakOf(ask.type, PLACES.includes(Number(places)) ? Number(places) : 30)

  function frame(moment: Moment): Frame | undefined {
    const market = moment.scene.find(code)
    if (market === undefined) return undefined
    const said = speak(moment, market, brief)
    if (said === undefined || (moment.cause === 'tick' && said.state !== undefined && said.state === moment.memory)) {
      return undefined
    }
    const stream = moment.cause === 'snapshot' ? '"SNAPSHOT"' : '"REALTIME"'
    const object = toObject(layout, { ...said.values, stream_type: stream }, brief)
    return { text: listed ? `[${object}]` : object, memory: said.state }
  }

  return {
    key: `${ask.type} ${ask.code} ${format}`,
    market: code,
    channel: ask.type === 'orderbook' ? 'book' : ask.type === 'trade' || ask.type === 'ticker' ? ask.type : 'candle',
    cadence: ask.type === 'orderbook' ? BOOK_GRID : ask.type in CANDLE_LENGTHS ? SECOND : 'trade',
    snapshot: !ask.onlyRealtime,
    live: !ask.onlySnapshot,
    frame,
  }
}

function speakOf(type: string, places: number): Speak {
  if (type === 'trade') return sayTrade
  if (type === 'ticker') return sayTicker
  if (type === 'orderbook') return (moment, market, brief) => sayBook(moment, market, brief, places)
  return (moment, market) => sayCandle(moment, market, type)
}

function sayTrade({ scene, trade }: Moment, market: MarketModel): Said {
  const print = trade ?? scene.last(market)
  const { previousClose } = scene.summary(market, print.price)
  return { values: tradeValues(market, print, previousClose, scene.now) }
}

function sayTicker({ scene, trade }: Moment, market: MarketModel): Said {
  const print = trade ?? scene.last(market)
  return { values: tickerValues(market, print, scene.summary(market, print.price), scene.now) }
}

function sayBook({ scene }: Moment, market: MarketModel, brief: boolean, places: number): Said {
  const values = bookValues(market, scene.book(market, places), brief ? 'simple' : 'default', places)
  return { values, state: values['orderbook_units'] ?? '' }
}

function sayCandle({ scene }: Moment, market: MarketModel, type: string): Said | undefined {
  const length = CANDLE_LENGTHS[type] ?? MINUTE
  const openAt = Math.floor((scene.now - 1) / length) * length
  const candle = scene.candle(market, openAt, openAt + length)
  if (candle === undefined) return undefined
  return { values: { ...candleValues(market, candle), type: `"${type}"` }, state: `${openAt} ${candle.trades}` }
}
