/** What Bithumb's REST calls have in common: codes, counts, and errors that come with status 200. */

import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'

export function ok(rows: readonly string[]): RestAnswer {
  return { status: 200, body: `[${rows.join(',')}]` }
}

/** An error of the venue's own. */
export function fail(name: number, message: string, status = 200): RestAnswer {
  return { status, body: JSON.stringify({ error: { name, message } }) }
}

export const UNKNOWN = fail(404, 'Code not found')
const MISSING = fail(400, 'Missing request parameter error. Check the required parameters!')

/** Runs over the markets of `markets`. One unknown code fails the whole call; lower case is accepted. */
export function eachMarket(
  { query }: RestQuery,
  scene: Scene,
  row: (market: MarketModel, count: number) => string,
): RestAnswer {
  const list = query.get('markets')
  if (list === null || list === '') return MISSING
  const codes = list.split(',')
  const markets = codes.map((code) => scene.find(code.toUpperCase())).filter((market) => market !== undefined)
  return markets.length < codes.length ? UNKNOWN : ok(markets.map((market) => row(market, codes.length)))
}

export function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => RestAnswer): RestAnswer {
  const code = query.get('market')
  if (code === null || code === '') return MISSING
  const market = scene.find(code.toUpperCase())
  return market === undefined ? UNKNOWN : answer(market)
}

export function clamp(text: string | null, standard: number, most: number): number {
  const value = text === null ? standard : Number(text)
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : standard
}
