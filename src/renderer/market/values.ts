/** Values of a market as the panels show them: exact where a text is shown, plain numbers only for shares and colours. */

import type { TickerRow } from '../../shared/market-view.ts'
import { addDecimals, multiplyDecimals } from '../../shared/exact.ts'
import type { Decimal, Instrument, InstrumentKey } from '../../shared/market.ts'
import { pairOf } from '../../shared/market.ts'
import type { Language } from '../i18n/index.ts'
import { decimalsOf, splitPrice } from '../ui/format.ts'

/** The day's change as a fraction: the venue's own, else against the price 24 h ago. */
export function changeOf(ticker: TickerRow | undefined): number | undefined {
  if (ticker === undefined) return undefined
  if (ticker.change !== undefined) return Number(ticker.change)
  const open = Number(ticker.open24h)
  return open > 0 ? Number(ticker.last) / open - 1 : undefined
}

/** Last price less the one 24 h ago, exact; only where the venue's change is measured against that price too. */
export function differenceOf(ticker: TickerRow): Decimal | undefined {
  if (ticker.open24h === undefined) return undefined
  const against = Number(ticker.last) / Number(ticker.open24h) - 1
  if (ticker.change !== undefined && Math.abs(against - Number(ticker.change)) > 0.0001) return undefined
  return subtractDecimals(ticker.last, ticker.open24h)
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  if (right === '0') return left
  return addDecimals(left, right.startsWith('-') ? right.slice(1) : `-${right}`)
}

/** Half of a decimal, exactly. */
export function halveDecimal(value: Decimal): Decimal {
  return multiplyDecimals(value, '0.5')
}

/** The spread in basis points of the middle; undefined where a side is missing. */
export function spreadOf(bid: Decimal | undefined, ask: Decimal | undefined): number | undefined {
  if (bid === undefined || ask === undefined) return undefined
  const middle = (Number(bid) + Number(ask)) / 2
  return middle > 0 ? ((Number(ask) - Number(bid)) / middle) * 10_000 : undefined
}

/** Fractional digits of a market's prices: its tick's, or what the given prices need where no tick is known. */
export function priceDecimals(instrument: Instrument | undefined, ...seen: readonly (Decimal | undefined)[]): number {
  if (instrument?.tickSize !== undefined) return decimalsOf(instrument.tickSize)
  return Math.max(0, ...seen.map(decimalsOf))
}

/**
 * A size in `places` digits, cut and never rounded up; one that is smaller than that shows up to 8, so that nothing
 * traded reads as 0.
 */
export function fitSize(size: Decimal, places = 4): string {
  const [whole = '0', fraction = ''] = size.split('.')
  const significant = fraction.search(/[1-9]/)
  const needed = whole === '0' && significant >= places ? Math.min(significant + 1, 8) : places
  const { whole: grouped } = splitPrice(whole)
  const digits = fraction.padEnd(needed, '0').slice(0, needed)
  return digits === '' ? grouped : `${grouped}.${digits}`
}

/** How a market is called: the bold word and the dim one beside it. */
export interface MarketName {
  readonly name: string
  readonly code: string
}

/** In Korean its Korean name and its code, in English its code and its quote currency; what is no pair by its name in both. */
export function nameOf(key: InstrumentKey, instrument: Instrument | undefined, language: Language): MarketName {
  const pair = pairOf(key)
  const [base = pair, quote = ''] = pair.split('/')
  const { ko, en } = instrument?.names ?? {}
  const named = language === 'ko' ? ko : pair.includes('/') ? undefined : en
  if (named !== undefined) return { name: named, code: instrument?.base ?? base }
  return { name: instrument?.base ?? base, code: instrument?.quote ?? quote }
}
