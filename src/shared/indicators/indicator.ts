/** Technical indicators over candles: what one is, and how its rows are made. Each indicator is a definition in a file of its kind. */

import type { Millis } from '../market.ts'

/** A bar with trades, in numbers: indicators are read off a chart, not settled in money. */
export interface Candle {
  readonly openAt: Millis
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** In the base currency; `quoteVolume` in the quote currency, 0 where the exchange does not tell it. */
  readonly volume: number
  readonly quoteVolume: number
}

/** Values of the lines at one candle; undefined: not enough data yet, or nothing to divide by. */
export type Row = readonly (number | undefined)[]

/** A whole number that the user may choose. */
export interface Parameter {
  readonly initial: number
  readonly least: number
  readonly most: number
}

export interface Indicator<P extends string = string> {
  /** On the candles' own scale, or on a pane of its own below. */
  readonly place: 'price' | 'pane'
  /** What its values are: a price, a percentage, a share of one, or an amount of the base currency. */
  readonly unit: 'price' | 'percent' | 'share' | 'amount'
  readonly parameters: Readonly<Record<P, Parameter>>
  /** What is drawn, in the order of a row's values. A row may be longer: what follows is carried from row to row only. */
  readonly lines: readonly Line[]
  /** Where the scale ends by nature, and the levels that are drawn across. */
  readonly scale?: { readonly least?: number; readonly most?: number; readonly levels?: readonly number[] }
  /** The row of `index`, of the candles up to it and the rows before it. */
  step(at: Place, parameters: Readonly<Record<P, number>>): Row
}

export interface Line {
  readonly name: string
  readonly kind: 'line' | 'histogram'
}

/** Where a step stands: rows before `index` are made. */
export interface Place {
  readonly candles: readonly Candle[]
  readonly rows: readonly Row[]
  readonly index: number
}

/** Keeps the parameters' names for `step`. */
export function defineIndicator<P extends string>(indicator: Indicator<P>): Indicator<P> {
  return indicator
}

/** Makes the rows from `first` on anew: a candle changed, or came on at the end. */
export function refreshRows(
  indicator: Indicator,
  parameters: Readonly<Record<string, number>>,
  candles: readonly Candle[],
  rows: Row[],
  first = 0,
): void {
  rows.length = first
  for (let index = first; index < candles.length; index += 1)
    rows.push(indicator.step({ candles, rows, index }, parameters))
}
