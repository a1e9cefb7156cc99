/** What Binance's REST calls have in common: symbols, limits, and the errors about them. */

import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'

/** 200. */
export function ok(value: unknown): RestAnswer {
  return { status: 200, body: JSON.stringify(value) }
}

/** 400, with one of the venue's codes. */
export function bad(code: number, msg: string): RestAnswer {
  return { status: 400, body: JSON.stringify({ code, msg }) }
}

/** No such symbol. */
export const UNKNOWN = bad(-1121, 'Invalid symbol.')

function missing(name: string): RestAnswer {
  return bad(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`)
}

/** Answers for the market of `symbol`. */
export function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => unknown): RestAnswer {
  const symbol = query.get('symbol')
  if (symbol === null || symbol === '') return missing('symbol')
  const market = scene.find(symbol)
  return market === undefined ? UNKNOWN : ok(answer(market))
}

/** The symbols that a call names: one, a JSON list, or none for all. Undefined: something else. */
export function namesOf(query: URLSearchParams): readonly string[] | 'all' | undefined {
  const symbol = query.get('symbol')
  if (symbol !== null) return [symbol]
  const list = query.get('symbols')
  if (list === null) return 'all'
  try {
    const names: unknown = JSON.parse(list)
    return Array.isArray(names) ? names.map(String) : undefined
  } catch {
    return undefined
  }
}

/** An object for `symbol`, a list for `symbols` or none. One unknown symbol makes the whole call an error. */
export function eachMarket({ query }: RestQuery, scene: Scene, row: (market: MarketModel) => object): RestAnswer {
  const names = namesOf(query)
  if (names === undefined)
    return bad(-1100, "Illegal characters found in parameter 'symbols'; legal range is a list of symbols.")
  const asked = names === 'all' ? scene.symbols : names
  const markets = asked.map((name) => scene.find(name)).filter((market) => market !== undefined)
  if (markets.length < asked.length) return UNKNOWN
  const rows = markets.map(row)
  return ok(query.get('symbol') === null ? rows : rows[0])
}

/** `limit`, or what holds without it. */
export function limitOf({ query }: RestQuery, standard: number, most: number): number {
  const given = Number(query.get('limit') ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}

/** Weight by the number of symbols asked for: [up to this many, weight]. */
export function weighSymbols(
  { query }: RestQuery,
  scale: readonly (readonly [most: number, weight: number])[],
): number {
  const names = namesOf(query)
  const count = names === 'all' || names === undefined ? Number.POSITIVE_INFINITY : names.length
  return scale.find(([most]) => count <= most)?.[1] ?? 1
}

/** A whole number among the parameters; undefined: absent, or something else. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  return text === null || !/^\d{1,15}$/.test(text) ? undefined : Number(text)
}
