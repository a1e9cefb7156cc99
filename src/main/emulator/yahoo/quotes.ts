/** What Yahoo says of a symbol at a moment. */

import type { MarketModel } from '../model.ts'
import type { Scene } from '../venue.ts'
import type { PricingValues } from './pricing.ts'

interface Listing {
  readonly exchange: string
  /** 8 a share, 9 an index, 14 a currency. */
  readonly quoteType: number
  readonly instrumentType: string
}

export function listingOf({ spec }: MarketModel): Listing {
  if (spec.symbol.endsWith('=X')) return { exchange: 'CCY', quoteType: 14, instrumentType: 'CURRENCY' }
  if (spec.symbol.startsWith('^')) return { exchange: 'SNP', quoteType: 9, instrumentType: 'INDEX' }
  return { exchange: spec.quote === 'KRW' ? 'KSC' : 'NMS', quoteType: 8, instrumentType: 'EQUITY' }
}

const SHARE = 1e8

/** Prices as Yahoo has them: floating-point numbers. */
export function quoteOf(scene: Scene, market: MarketModel) {
  const units = 10 ** market.spec.scale
  const { price, at } = scene.last(market)
  const { day, previousClose } = scene.summary(market, price)
  const isShare = listingOf(market).quoteType === 8
  return {
    price: price / units,
    at,
    open: day.open / units,
    high: day.high / units,
    low: day.low / units,
    previousClose: previousClose / units,
    change: (price - previousClose) / units,
    changePercent: ((price - previousClose) / previousClose) * 100,
    volume: isShare ? Math.round(Number(day.volume) / SHARE) : 0,
  }
}

export function pricingOf(scene: Scene, market: MarketModel): PricingValues {
  const quote = quoteOf(scene, market)
  const { exchange, quoteType } = listingOf(market)
  return {
    id: market.spec.symbol,
    price: quote.price,
    time: quote.at,
    ...(market.spec.quote === 'KRW' && { currency: 'KRW' }),
    exchange,
    quoteType,
    marketHours: 1,
    changePercent: quote.changePercent,
    dayVolume: quote.volume,
    dayHigh: quote.high,
    dayLow: quote.low,
    change: quote.change,
    openPrice: quote.open,
    priceHint: market.spec.scale,
  }
}
