/** Binance's list of markets. */

import type { MarketModel } from '../model.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'
import { namesOf, ok, UNKNOWN } from './asks.ts'
import { size } from './texts.ts'

const ORDER_TYPES = [
  'LIMIT',
  'LIMIT_MAKER',
  'MARKET',
  'STOP_LOSS',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT',
  'TAKE_PROFIT_LIMIT',
]

function symbolInfo({ spec }: MarketModel) {
  const { symbol, base, quote, scale, sizeStep, haltedAt } = spec
  return {
    symbol,
    status: haltedAt === undefined ? 'TRADING' : 'BREAK',
    baseAsset: base,
    baseAssetPrecision: 8,
    quoteAsset: quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ORDER_TYPES,
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: false,
    cancelReplaceAllowed: false,
    amendAllowed: false,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: true,
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: toStep(scale), maxPrice: '1000000.00000000', tickSize: toStep(scale) },
      { filterType: 'LOT_SIZE', minQty: size(sizeStep), maxQty: '9000000000.00000000', stepSize: size(sizeStep) },
    ],
    permissions: [],
    permissionSets: [['SPOT', 'MARGIN']],
    defaultSelfTradePreventionMode: 'NONE',
    allowedSelfTradePreventionModes: ['NONE'],
  }
}

/** '0.01000000' for two decimals. */
function toStep(decimals: number): string {
  return size(10 ** (8 - decimals))
}

export function exchangeInfo(scene: Scene, rest: RestQuery): RestAnswer {
  const names = namesOf(rest.query)
  const asked = names === 'all' || names === undefined ? scene.symbols : names
  const markets = asked.map((name) => scene.find(name)).filter((market) => market !== undefined)
  if (markets.length < asked.length) return UNKNOWN
  return ok({
    timezone: 'UTC',
    serverTime: Math.floor(scene.now),
    rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6_000 }],
    exchangeFilters: [],
    symbols: markets.map(symbolInfo),
    sors: [],
  })
}
