/** What the REST calls of Coinbase's two interfaces have in common. */

import type { Millis } from '../../../shared/market.ts'
import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'
import { aliasedBy } from './markets.ts'

export function ok(value: unknown): RestAnswer {
  return { status: 200, body: JSON.stringify(value) }
}

/** The market of the product in the path, whose alias does too. */
export function productOf({ match, query }: RestQuery, scene: Scene): MarketModel | undefined {
  const name = match[1] ?? query.get('product_id') ?? ''
  return scene.find(aliasedBy(name) ?? name)
}

export function marketsOf(scene: Scene): readonly MarketModel[] {
  return scene.symbols.map((symbol) => scene.find(symbol)).filter((market) => market !== undefined)
}

export function limitOf({ query }: RestQuery, standard: number, most: number): number {
  const given = Number(query.get('limit') ?? standard)
  return Number.isInteger(given) && given >= 1 ? Math.min(given, most) : standard
}

/** Candles that open from `start` to `end`, newest first, without those in which nobody traded. */
export function candlesOf(scene: Scene, market: MarketModel, length: Millis, start: Millis, end: Millis) {
  const found = []
  const oldest = Math.ceil(start / length) * length
  for (let openAt = Math.floor(Math.min(end, scene.now) / length) * length; openAt >= oldest; openAt -= length) {
    const candle = scene.candle(market, openAt, openAt + length)
    if (candle !== undefined) found.push(candle)
  }
  return found
}
