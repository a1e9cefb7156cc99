/** What Kraken's REST calls have in common: status 200 whatever happens, the names of pairs, and the errors. */

import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'

const RENAMED: Readonly<Record<string, string>> = { BTC: 'XBT', DOGE: 'XDG' }
const COINS = ['XBT', 'ETH', 'XRP', 'XLM', 'ETC']
const MONEY = ['USD']

/** A currency under its old code: XBT. */
export function oldCode(code: string): string {
  return RENAMED[code] ?? code
}

/** A currency under its asset name: XXBT, ZUSD, SOL. */
export function assetName(code: string): string {
  const old = oldCode(code)
  return COINS.includes(old) || old === 'XDG' ? `X${old}` : MONEY.includes(old) ? `Z${old}` : old
}

/** 'XBTUSD' */
export function alternativeName({ spec }: MarketModel): string {
  return oldCode(spec.base) + oldCode(spec.quote)
}

/** The key in lists: 'XXBTZUSD' where both were there from the first, else the alternative name. */
export function pairName(market: MarketModel): string {
  const { base, quote } = market.spec
  const isOld = COINS.includes(oldCode(base)) && (COINS.includes(oldCode(quote)) || MONEY.includes(quote))
  return isOld ? assetName(base) + assetName(quote) : alternativeName(market)
}

export function ok(result: unknown): RestAnswer {
  return { status: 200, body: JSON.stringify({ error: [], result }) }
}

export function bad(error: string): RestAnswer {
  return { status: 200, body: JSON.stringify({ error: [error] }) }
}

/** Answers for the market of `pair`, under the name that was asked with if it has a slash, else under its own. */
export function oneMarket({ query }: RestQuery, scene: Scene, answer: (market: MarketModel) => object): RestAnswer {
  const pair = query.get('pair') ?? ''
  if (pair === '') return bad('EGeneral:Invalid arguments')
  const market =
    scene.find(pair) ?? marketsOf(scene).find((each) => [pairName(each), alternativeName(each)].includes(pair))
  if (market === undefined) return bad('EQuery:Unknown asset pair')
  const { rows, ...others } = answer(market) as { readonly rows: unknown }
  return ok({ [pair.includes('/') ? pair : pairName(market)]: rows, ...others })
}

export function marketsOf(scene: Scene): readonly MarketModel[] {
  return scene.symbols.map((symbol) => scene.find(symbol)).filter((market) => market !== undefined)
}

/** A whole number among the parameters, up to `most`, or what holds without it. */
export function countOf({ query }: RestQuery, name: string, standard: number, most: number): number {
  const given = Number(query.get(name) ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}
