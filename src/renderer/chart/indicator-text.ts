/** An indicator's values and its short name in words that all languages share. */

import type { ChosenIndicator, IndicatorId } from '../../shared/indicators/catalog.ts'
import { parametersOf } from '../../shared/indicators/catalog.ts'
import type { Indicator } from '../../shared/indicators/indicator.ts'
import { formatFixed } from '../ui/format.ts'

const NAMES: Readonly<Record<IndicatorId, string>> = {
  sma: 'SMA',
  ema: 'EMA',
  bollinger: 'BB',
  vwap: 'VWAP',
  rsi: 'RSI',
  macd: 'MACD',
  stochastic: 'Stoch',
  williams: '%R',
  roc: 'ROC',
  atr: 'ATR',
  bollingerWidth: 'BBW',
  bollingerPercent: '%B',
  accumulation: 'A/D',
  moneyFlow: 'CMF',
}

/** 'MACD 12 26 9'. */
export function indicatorName(chosen: ChosenIndicator): string {
  return [NAMES[chosen.id], ...Object.values(parametersOf(chosen))].join(' ')
}

const PLACES = { percent: 2, share: 3, amount: 2 } as const

/** Fractional digits of its values, on a market whose prices have so many. */
export function indicatorPlaces({ unit }: Indicator, decimals: number): number {
  return unit === 'price' ? decimals : PLACES[unit]
}

export function formatIndicator(indicator: Indicator, value: number | undefined, decimals: number): string {
  return formatFixed(value, indicatorPlaces(indicator, decimals))
}
