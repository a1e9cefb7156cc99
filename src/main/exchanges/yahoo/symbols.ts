/** Yahoo's symbols and ours: pairs of currencies are written as pairs, everything else as Yahoo writes it. */

import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { pairOf } from '../../../shared/market.ts'
import type { Stock } from '../stocks/listing.ts'
import { isKorean, STOCKS } from '../stocks/listing.ts'

/** 'KRW=X' is the won per dollar, 'EURUSD=X' the dollar per euro. */
const CURRENCIES = /^([A-Z]{3})?([A-Z]{3})=X$/
const PAIR = /^([A-Z]{3})\/([A-Z]{3})$/
const SYMBOL = /^[A-Z0-9^][A-Z0-9.^=-]{0,19}$/

/** 'yahoo:AAPL', 'yahoo:USD/KRW'; undefined: no symbol of Yahoo's. */
export function toKey(native: string): InstrumentKey | undefined {
  const pair = CURRENCIES.exec(native)
  if (pair !== null) return `yahoo:${pair[1] ?? 'USD'}/${pair[2]}`
  return SYMBOL.test(native) ? `yahoo:${native}` : undefined
}

export function toNative(key: InstrumentKey): string | undefined {
  const symbol = pairOf(key)
  const pair = PAIR.exec(symbol)
  if (pair !== null) return `${pair[1] === 'USD' ? '' : pair[1]}${pair[2]}=X`
  return SYMBOL.test(symbol) && !CURRENCIES.test(symbol) ? symbol : undefined
}

/** A listed stock's symbol: with the board behind it in Seoul, with '-' for the class of a share in New York. */
export function symbolOf(stock: Stock): string {
  if (stock.board === 'KOSPI') return `${stock.code}.KS`
  if (stock.board === 'KOSDAQ') return `${stock.code}.KQ`
  return stock.code.replace('.', '-')
}

type Row = readonly [native: string, ko: string, en: string, quote?: string]

const OTHERS: readonly Row[] = [
  ['KRW=X', '원/달러 환율', 'US Dollar in won', 'KRW'],
  ['JPY=X', '엔/달러 환율', 'US Dollar in yen', 'JPY'],
  ['EURUSD=X', '달러/유로 환율', 'Euro in dollars', 'USD'],
  ['^KS11', '코스피', 'KOSPI'],
  ['^KQ11', '코스닥', 'KOSDAQ'],
  ['^GSPC', 'S&P 500', 'S&P 500'],
  ['^IXIC', '나스닥 종합', 'Nasdaq Composite'],
  ['^DJI', '다우존스', 'Dow Jones Industrial Average'],
  ['^SOX', '필라델피아 반도체', 'PHLX Semiconductor'],
  ['^VIX', '변동성 지수', 'Volatility Index'],
]

/** The symbols that can be found by name. */
export const INSTRUMENTS: readonly Instrument[] = [
  ...OTHERS.map(([native, ko, en, quote]) => toInstrument(native, ko, en, quote)),
  // By its code it is the same share as at other venues.
  ...STOCKS.map((stock) => ({
    ...toInstrument(symbolOf(stock), stock.ko, stock.en, isKorean(stock) ? 'KRW' : 'USD'),
    base: stock.code,
  })),
]

function toInstrument(native: string, ko: string, en: string, quote?: string): Instrument {
  const key = toKey(native) ?? `yahoo:${native}`
  return {
    key,
    venue: 'yahoo',
    native,
    base: pairOf(key).split('/')[0] ?? native,
    ...(quote !== undefined && { quote }),
    names: { ko, en },
    status: 'trading',
  }
}
