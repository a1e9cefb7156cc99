import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { IndicatorId } from './catalog.ts'
import { INDICATORS, INDICATOR_IDS, chosenIndicatorSchema, parametersOf } from './catalog.ts'
import type { Candle, Row } from './indicator.ts'
import { refreshRows } from './indicator.ts'

interface Vectors {
  /** Time, open, high, low, close, volume. */
  readonly candles: readonly (readonly [number, number, number, number, number, number])[]
  /** Per indicator and line; null where the reference has no value yet. */
  readonly lines: Readonly<Record<IndicatorId, readonly (readonly (number | null)[])[]>>
}

/** Made by other libraries, named in the file. */
const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/indicators.json', import.meta.url), 'utf8'),
) as unknown as Vectors
const candles = vectors.candles.map(([openAt, open, high, low, close, volume]): Candle => ({
  openAt,
  open,
  high,
  low,
  close,
  volume,
  quoteVolume: 0,
}))
const usual = (id: IndicatorId) => parametersOf({ id, parameters: {} })

function rowsOf(id: IndicatorId, of: readonly Candle[] = candles, parameters = usual(id)): Row[] {
  const rows: Row[] = []
  refreshRows(INDICATORS[id], parameters, of, rows)
  return rows
}

test.each(INDICATOR_IDS)('A-21 %s equals the reference to 1e-9, and has no value while data is not enough', (id) => {
  const rows = rowsOf(id)
  const reference = vectors.lines[id]
  expect(reference.length).toBe(INDICATORS[id].lines.length)
  for (const [line, values] of reference.entries()) {
    const ours = rows.map((row) => row[line])
    expect(ours.map((value) => value === undefined)).toEqual(values.map((value) => value === null))
    const off = values.map(
      (value, index) => Math.abs((value ?? 0) - (ours[index] ?? 0)) / Math.max(1, Math.abs(value ?? 0)),
    )
    expect(Math.max(...off)).toBeLessThan(1e-9)
  }
})

test.each(INDICATOR_IDS)('%s of a candle that changes, or comes on, equals %s of the whole', (id) => {
  const rows: Row[] = []
  const growing: Candle[] = []
  for (const [index, candle] of candles.entries()) {
    for (const close of [candle.open, candle.high, candle.close]) {
      growing[index] = { ...candle, close }
      refreshRows(INDICATORS[id], usual(id), growing, rows, index)
    }
  }
  expect(rows).toEqual(rowsOf(id))
  const revised = candles.with(40, { ...candles[40]!, close: candles[40]!.low })
  refreshRows(INDICATORS[id], usual(id), revised, rows, 40)
  expect(rows).toEqual(rowsOf(id, revised))
})

test('where a market stands still nothing is divided by nothing', () => {
  const still = candles.map((candle) => ({ ...candle, open: 5, high: 5, low: 5, close: 5, volume: 0 }))
  const ends = (id: IndicatorId) => rowsOf(id, still).at(-1)!.slice(0, INDICATORS[id].lines.length)
  expect(Object.fromEntries(INDICATOR_IDS.map((id) => [id, ends(id)]))).toEqual({
    sma: [5],
    ema: [5],
    bollinger: [5, 5, 5],
    vwap: [undefined],
    rsi: [undefined],
    macd: [0, 0, 0],
    stochastic: [undefined, undefined],
    williams: [undefined],
    roc: [0],
    atr: [0],
    bollingerWidth: [0],
    bollingerPercent: [undefined],
    accumulation: [0],
    moneyFlow: [undefined],
  })
})

test('the mean weighed by volume is of the trades’ own money where it is told', () => {
  const told = candles.slice(0, 3).map((candle) => ({ ...candle, quoteVolume: 7 * candle.volume }))
  expect(rowsOf('vwap', told).map(([vwap]) => vwap?.toFixed(9))).toEqual(Array(3).fill('7.000000000'))
})

test('a choice names its wrong parameter and the bounds', () => {
  const problems = (parameters: Record<string, number>) =>
    chosenIndicatorSchema
      .safeParse({ id: 'rsi', parameters })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  expect([problems({ length: 9 }), problems({ length: 0 }), problems({ slow: 3 })]).toEqual([
    undefined,
    ['parameters.length must be from 1 to 500'],
    ['parameters.slow is not a parameter of rsi'],
  ])
})
