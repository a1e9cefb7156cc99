/** Upbit's REST routes. */

import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { assetOf } from '../assets.ts'
import { plain } from '../digits.ts'
import type { MarketModel } from '../model.ts'
import type { EmulatedVenue, RestAnswer, RestQuery, Route, Scene } from '../venue.ts'
import { REST_LAYOUTS, toObject } from './layout.ts'
import { WARNINGS } from './markets.ts'
import { bookValues, candleValues, priceText, tickerValues, tradeValues } from './texts.ts'

const CAUTIONS = [
  'PRICE_FLUCTUATIONS',
  'TRADING_VOLUME_SOARING',
  'DEPOSIT_AMOUNT_SOARING',
  'GLOBAL_PRICE_DIFFERENCES',
  'CONCENTRATION_OF_SMALL_ACCOUNTS',
] as const

const NOT_FOUND = errorBody(404, 'Code not found')

const REFUSALS: Readonly<Record<number, string>> = {
  404: NOT_FOUND,
  418: errorBody('too_many_requests', 'Your IP is blocked for 60 seconds.'),
  429: errorBody('too_many_requests', 'Too many API requests.'),
}

function errorBody(name: string | number, message: string): string {
  return JSON.stringify({ error: { name, message } })
}

function ok(rows: readonly string[]): RestAnswer {
  return { status: 200, body: `[${rows.join(',')}]` }
}

function bad(message: string): RestAnswer {
  return { status: 400, body: errorBody('invalid_parameter', message) }
}

/** Runs over the markets of a comma-separated list. One unknown code makes the whole call a 404. */
function eachMarket(scene: Scene, list: string | null, row: (market: MarketModel) => string): RestAnswer {
  if (list === null || list === '') return bad('markets is missing')
  const markets = list.split(',').map((code) => scene.find(code.trim().toUpperCase()))
  const known = markets.filter((market) => market !== undefined)
  return known.length === markets.length ? ok(known.map(row)) : { status: 404, body: NOT_FOUND }
}

function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => RestAnswer): RestAnswer {
  const market = scene.find((query.get('market') ?? '').toUpperCase())
  return market === undefined ? { status: 404, body: NOT_FOUND } : answer(market)
}

function clamp(text: string | null, standard: number, most: number): number {
  const value = text === null ? standard : Number(text)
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : standard
}

function marketAll(scene: Scene, { query }: RestQuery): RestAnswer {
  const detailed = query.get('is_details') === 'true' || query.get('isDetails') === 'true'
  const rows = scene.symbols.flatMap((symbol) => {
    const base = scene.find(symbol)?.spec.base
    if (base === undefined) return []
    const { ko, en } = assetOf(base)
    const names = { market: symbol, korean_name: ko, english_name: en }
    if (!detailed) return [JSON.stringify(names)]
    const { warning = false, caution: given } = WARNINGS[symbol] ?? {}
    const caution = Object.fromEntries(CAUTIONS.map((name) => [name, name === given]))
    return [JSON.stringify({ ...names, market_event: { warning, caution } })]
  })
  return ok(rows)
}

function tickerRow(scene: Scene, market: MarketModel): string {
  const print = scene.last(market)
  return toObject(REST_LAYOUTS.ticker, tickerValues(market, print, scene.summary(market, print.price), scene.now))
}

function tickerAll(scene: Scene, { query }: RestQuery): RestAnswer {
  const quotes = (query.get('quote_currencies') ?? 'KRW,BTC,USDT').toUpperCase().split(',')
  const listed = scene.symbols.filter((symbol) => quotes.some((quote) => symbol.startsWith(`${quote}-`)))
  return eachMarket(scene, listed.join(','), (market) => tickerRow(scene, market))
}

function instruments(scene: Scene, { query }: RestQuery): RestAnswer {
  return eachMarket(scene, query.get('markets'), (market) => {
    const { symbol, quote, scale } = market.spec
    const step = market.spec.tick(scene.last(market).price)
    const levels =
      quote === 'KRW' ? [0, step * 10, step * 100, step * 1_000].map((level) => plain(level, scale)) : ['0']
    return JSON.stringify({
      market: symbol,
      quote_currency: quote,
      tick_size: plain(step, scale),
      supported_levels: levels,
    })
  })
}

function orderbook(scene: Scene, { query }: RestQuery): RestAnswer {
  const count = clamp(query.get('count'), 30, 30)
  return eachMarket(scene, query.get('markets'), (market) =>
    toObject(REST_LAYOUTS.orderbook, bookValues(market, scene.book(market, count), 'rest', count)),
  )
}

function ticks(scene: Scene, rest: RestQuery): RestAnswer {
  return oneMarket(rest, scene, (market) => {
    const count = clamp(rest.query.get('count'), 1, 500)
    const trades = scene.trades(market, count, ticksBefore(scene.now, rest.query))
    const cursor = rest.query.get('cursor')
    const older = cursor === null ? trades : olderThan(scene, market, cursor, count)
    const rows = older.toReversed().map((print) => {
      const { previousClose } = scene.summary(market, print.price)
      return toObject(REST_LAYOUTS.trade, tradeValues(market, print, previousClose, print.at))
    })
    return ok(rows)
  })
}

/** `sequential_id` is the trade's time in tenths of a microsecond, so it tells where to read on. */
function olderThan(scene: Scene, market: MarketModel, cursor: string, count: number) {
  const at = Math.floor(Number(cursor) / 10_000)
  return scene
    .trades(market, count + 500, at + 1)
    .filter((print) => BigInt(print.id) < BigInt(cursor))
    .slice(-count)
}

function ticksBefore(now: Millis, query: URLSearchParams): Millis | undefined {
  const days = query.get('days_ago')
  const to = query.get('to')?.replaceAll(':', '')
  if (days === null && to === undefined) return undefined
  const midnight = Math.floor(now / DAY) * DAY - Number(days ?? 0) * DAY
  if (to === undefined) return midnight + DAY
  return midnight + Number(to.slice(0, 2)) * HOUR + Number(to.slice(2, 4)) * MINUTE + Number(to.slice(4, 6)) * SECOND
}

interface Window {
  readonly openAt: Millis
  readonly closeAt: Millis
}

/** The window that holds a moment. */
type Windows = (at: Millis) => Window

function even(length: Millis): Windows {
  return (at) => {
    const openAt = Math.floor(at / length) * length
    return { openAt, closeAt: openAt + length }
  }
}

const MONDAY = 4 * DAY

const CALENDAR: Readonly<Record<string, Windows>> = {
  seconds: even(SECOND),
  days: even(DAY),
  // The epoch was a Thursday; weeks open on Mondays.
  weeks: (at) => {
    const openAt = Math.floor((at - MONDAY) / (7 * DAY)) * 7 * DAY + MONDAY
    return { openAt, closeAt: openAt + 7 * DAY }
  },
  months: (at) => {
    const date = new Date(at)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    return { openAt: Date.UTC(year, month), closeAt: Date.UTC(year, month + 1) }
  },
  years: (at) => {
    const year = new Date(at).getUTCFullYear()
    return { openAt: Date.UTC(year, 0), closeAt: Date.UTC(year + 1, 0) }
  },
}

const UNITS = ['1', '3', '5', '10', '15', '30', '60', '240']
/** Windows without a trade are left out, and the search for `count` others ends here. */
const MOST_WINDOWS = 2_000

function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const [, kind = '', unit] = rest.match
  if (kind === 'minutes' && !UNITS.includes(unit ?? '1')) return bad(`unit ${unit} is not served`)
  const windows = kind === 'minutes' ? even(Number(unit ?? 1) * MINUTE) : CALENDAR[kind]
  if (windows === undefined) return { status: 404, body: NOT_FOUND }
  const layout = REST_LAYOUTS[kind === 'seconds' || kind === 'minutes' || kind === 'days' ? kind : 'longer']
  return oneMarket(rest, scene, (market) => {
    const to = toMillis(rest.query.get('to'))
    if (Number.isNaN(to)) return bad('to is no ISO-8601 time')
    const count = clamp(rest.query.get('count'), 1, 200)
    const rows: string[] = []
    let window = windows(Math.min(to ?? scene.now, scene.now) - 1)
    for (let tried = 0; rows.length < count && tried < MOST_WINDOWS; tried += 1) {
      const candle = scene.candle(market, window.openAt, window.closeAt)
      if (candle !== undefined) {
        const before = market.touch(window.openAt - 1).bid
        rows.push(
          toObject(layout, {
            ...candleValues(market, candle),
            unit: unit ?? '1',
            prev_closing_price: priceText(market, before),
            change_price: priceText(market, candle.close - before),
            change_rate: ((candle.close - before) / before).toFixed(10),
            first_day_of_period: `"${new Date(window.openAt).toISOString().slice(0, 10)}"`,
          }),
        )
      }
      window = windows(window.openAt - 1)
    }
    return ok(rows)
  })
}

/** Taken as UTC unless it carries an offset. */
function toMillis(text: string | null): Millis | undefined {
  if (text === null || text === '') return undefined
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text)
  return Date.parse(zoned ? text : `${text.replace(' ', 'T')}Z`)
}

const one = () => 1

const ROUTES: readonly Route[] = [
  { path: /^\/v1\/market\/all$/, group: 'market', weight: one, answer: marketAll },
  { path: /^\/v1\/ticker\/all$/, group: 'ticker', weight: one, answer: tickerAll },
  {
    path: /^\/v1\/ticker$/,
    group: 'ticker',
    weight: one,
    answer: (scene, { query }) => eachMarket(scene, query.get('markets'), (market) => tickerRow(scene, market)),
  },
  { path: /^\/v1\/orderbook\/instruments$/, group: 'orderbook', weight: one, answer: instruments },
  { path: /^\/v1\/orderbook$/, group: 'orderbook', weight: one, answer: orderbook },
  { path: /^\/v1\/trades\/ticks$/, group: 'trade', weight: one, answer: ticks },
  { path: /^\/v1\/candles\/(minutes)(?:\/(\d+))?$/, group: 'candle', weight: one, answer: candles },
  { path: /^\/v1\/candles\/(seconds|days|weeks|months|years)$/, group: 'candle', weight: one, answer: candles },
]

const PER_SECOND = { count: 10, per: SECOND }

export const REST: EmulatedVenue['rest'] = {
  limits: {
    market: PER_SECOND,
    candle: PER_SECOND,
    trade: PER_SECOND,
    ticker: PER_SECOND,
    orderbook: PER_SECOND,
  },
  routes: ROUTES,
  usage: (group, used) => ({ 'Remaining-Req': `group=${group}; min=1800; sec=${Math.max(0, 10 - used)}` }),
  refusal: (status) => REFUSALS[status] ?? errorBody(status, 'Service unavailable'),
}
