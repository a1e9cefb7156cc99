/** Binance's streams: what each says of its market, by the name that a client subscribes to. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { BOOK_GRID } from '../book.ts'
import type { MarketModel } from '../model.ts'
import type { Frame, Moment, Print, Topic } from '../venue.ts'
import { sayChanges, sayTop, sayTouch } from './stream-book.ts'
import { average, change, firstTradeId, price, size, worth } from './texts.ts'

export const INTERVALS: Readonly<Record<string, Millis>> = {
  '1s': SECOND,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
}

/** What a stream says of its market; undefined: nothing now. */
export type Speak = (moment: Moment, market: MarketModel) => Said | undefined

export interface Said {
  /** Absent: only to be remembered. */
  readonly data?: unknown
  readonly memory?: unknown
}

interface Kind {
  /** The stream's name behind the '@'. */
  readonly name: RegExp
  readonly channel: Topic['channel']
  cadence(match: readonly string[]): Topic['cadence']
  speak(match: readonly string[]): Speak
}

const KINDS: readonly Kind[] = [
  { name: /^trade$/, channel: 'trade', cadence: () => 'trade', speak: () => sayTrade },
  { name: /^aggTrade$/, channel: 'other', cadence: () => 'trade', speak: () => sayAggregate },
  { name: /^ticker$/, channel: 'ticker', cadence: () => SECOND, speak: () => sayTicker },
  {
    name: /^miniTicker$/,
    channel: 'ticker',
    cadence: () => SECOND,
    speak: () => (moment, market) => ({ data: mini(moment, market) }),
  },
  { name: /^bookTicker$/, channel: 'ticker', cadence: () => BOOK_GRID, speak: () => sayTouch },
  { name: /^avgPrice$/, channel: 'other', cadence: () => SECOND, speak: () => sayAverage },
  {
    name: /^kline_(\d+[smhdw])$/,
    channel: 'candle',
    cadence: ([, length]) => (length === '1s' ? SECOND : 2 * SECOND),
    speak: ([, length]) => sayCandle(length ?? ''),
  },
  {
    name: /^depth(5|10|20)(@100ms)?$/,
    channel: 'book',
    cadence: ([, , fast]) => gridOf(fast),
    speak: ([, depth]) => sayTop(Number(depth)),
  },
  { name: /^depth(@100ms)?$/, channel: 'book', cadence: ([, fast]) => gridOf(fast), speak: () => sayChanges },
]

function gridOf(fast: string | undefined): Millis {
  return fast === undefined ? SECOND : BOOK_GRID
}

/** The topic of a stream's name; undefined: no such stream, about which the venue says nothing. */
export function toTopic(name: string, combined: boolean): Topic | undefined {
  if (name === '!miniTicker@arr') return topicOf(name, combined, undefined, 'ticker', SECOND, sayAll)
  const cut = name.indexOf('@')
  const symbol = name.slice(0, cut)
  // Names are lower case: another spelling is acknowledged, and silent.
  if (cut < 1 || symbol !== symbol.toLowerCase()) return undefined
  for (const kind of KINDS) {
    const match = kind.name.exec(name.slice(cut + 1))
    if (match === null || (match[0].startsWith('kline') && INTERVALS[match[1] ?? ''] === undefined)) continue
    const native = symbol.toUpperCase()
    const speak = kind.speak([...match])
    return topicOf(name, combined, native, kind.channel, kind.cadence([...match]), (moment) => {
      const market = moment.scene.find(native)
      return market && speak(moment, market)
    })
  }
  return undefined
}

function topicOf(
  name: string,
  combined: boolean,
  market: string | undefined,
  channel: Topic['channel'],
  cadence: Topic['cadence'],
  say: (moment: Moment) => Said | undefined,
): Topic {
  return {
    key: `${name} ${combined ? 'combined' : 'raw'}`,
    ...(market !== undefined && { market }),
    channel,
    cadence,
    snapshot: false,
    live: true,
    frame(moment): Frame | undefined {
      const said = say(moment)
      if (said === undefined) return undefined
      const text = said.data === undefined ? undefined : JSON.stringify(said.data)
      const wrapped = text === undefined || !combined ? text : `{"stream":"${name}","data":${text}}`
      return { text: wrapped, memory: said.memory }
    },
  }
}

function sayTrade({ scene, trade }: Moment, market: MarketModel): Said | undefined {
  if (trade === undefined) return undefined
  const { id, at, side } = trade
  return {
    data: {
      e: 'trade',
      E: scene.now,
      s: market.spec.symbol,
      t: Number(id),
      p: price(market, trade.price),
      q: size(trade.size),
      T: at,
      m: side === 'sell', // the buyer is the maker: the taker sold
      M: true,
    },
  }
}

/** Every trade is an aggregate of its own, of one fill. */
function sayAggregate({ scene, trade }: Moment, market: MarketModel): Said | undefined {
  return trade && { data: { e: 'aggTrade', E: scene.now, s: market.spec.symbol, ...aggregate(market, trade) } }
}

/** The part of an aggregate trade that the stream and REST share. */
export function aggregate(market: MarketModel, { id, index, at, side, price: units, size: amount }: Print) {
  const last = Number(id)
  return { a: index, p: price(market, units), q: size(amount), f: last, l: last, T: at, m: side === 'sell', M: true }
}

function sayTicker({ scene }: Moment, market: MarketModel): Said {
  const print = scene.last(market)
  const { rolling } = scene.summary(market, print.price)
  const { bids, asks } = scene.book(market, 1)
  const [bid, bidSize] = bids[0] ?? [0, 0]
  const [ask, askSize] = asks[0] ?? [0, 0]
  const { by, percent } = change(market, rolling)
  return {
    data: {
      e: '24hrTicker',
      E: scene.now,
      s: market.spec.symbol,
      p: by,
      P: percent,
      w: average(market, rolling),
      x: price(market, rolling.open),
      c: price(market, print.price),
      Q: size(print.size),
      b: price(market, bid),
      B: size(bidSize),
      a: price(market, ask),
      A: size(askSize),
      o: price(market, rolling.open),
      h: price(market, rolling.high),
      l: price(market, rolling.low),
      v: size(rolling.volume),
      q: worth(market, rolling.worth),
      O: scene.now - DAY,
      C: scene.now,
      F: firstTradeId(market) + rolling.firstIndex,
      L: Number(print.id),
      n: rolling.trades,
    },
  }
}

function mini({ scene }: Moment, market: MarketModel, print = scene.last(market)) {
  const { rolling } = scene.summary(market, print.price)
  return {
    e: '24hrMiniTicker',
    E: scene.now,
    s: market.spec.symbol,
    c: price(market, print.price),
    o: price(market, rolling.open),
    h: price(market, rolling.high),
    l: price(market, rolling.low),
    v: size(rolling.volume),
    q: worth(market, rolling.worth),
  }
}

/** Holds only the markets that have traded since the last. */
function sayAll(moment: Moment): Said | undefined {
  const { scene } = moment
  const known = moment.memory as ReadonlyMap<string, string> | undefined
  const now = new Map<string, string>()
  const rows = scene.symbols.flatMap((symbol) => {
    const market = scene.find(symbol)
    if (market === undefined) return []
    const print = scene.last(market)
    now.set(symbol, print.id)
    return known?.get(symbol) === print.id ? [] : [mini(moment, market, print)]
  })
  return { ...(rows.length > 0 && { data: rows }), memory: now }
}

function sayAverage({ scene }: Moment, market: MarketModel): Said | undefined {
  const openAt = scene.now - 5 * MINUTE
  const candle = scene.candle(market, openAt, scene.now)
  if (candle === undefined) return undefined
  const { symbol } = market.spec
  return { data: { e: 'avgPrice', E: scene.now, s: symbol, i: '5m', w: average(market, candle), T: candle.lastAt } }
}

/** Where intervals open: weeks on Mondays, all others on whole multiples since the epoch. */
export function openOf(at: Millis, length: Millis): Millis {
  const shift = length === 7 * DAY ? 4 * DAY : 0
  return Math.floor((at - shift) / length) * length + shift
}

function sayCandle(interval: string): Speak {
  const length = INTERVALS[interval] ?? MINUTE
  return ({ scene, memory }, market) => {
    const openAt = openOf(scene.now - 1, length)
    const candle = scene.candle(market, openAt, openAt + length)
    if (candle === undefined) return undefined
    const state = `${openAt} ${candle.trades}`
    if (state === memory) return undefined
    const { symbol } = market.spec
    const first = firstTradeId(market) + candle.firstIndex
    const k = {
      t: openAt,
      T: openAt + length - 1,
      s: symbol,
      i: interval,
      f: first,
      L: first + candle.trades - 1,
      o: price(market, candle.open),
      c: price(market, candle.close),
      h: price(market, candle.high),
      l: price(market, candle.low),
      v: size(candle.volume),
      n: candle.trades,
      x: scene.now >= openAt + length,
      q: worth(market, candle.worth),
      V: size(candle.buyVolume),
      Q: worth(market, candle.buyWorth),
      B: '0',
    }
    return { data: { e: 'kline', E: scene.now, s: symbol, k }, memory: state }
  }
}
