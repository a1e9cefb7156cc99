/**
 * Technical values of each minute, and what they cross: information, no orders. Counted from the bars that this run has seen;
 * a value whose indicator has not enough of them yet is left out.
 */

import type { IndicatorId } from '../../../shared/indicators/catalog.ts'
import { INDICATORS } from '../../../shared/indicators/catalog.ts'
import type { Candle, Row } from '../../../shared/indicators/indicator.ts'
import { refreshRows } from '../../../shared/indicators/indicator.ts'
import type { Bar, InstrumentKey, MarketEvent, Millis } from '../../../shared/market.ts'
import { MINUTE, pairOf, venueOf } from '../../../shared/market.ts'
import { toJson } from './fields.ts'
import type { PresetRecord } from './preset.ts'

interface Technical {
  readonly id: IndicatorId
  readonly parameters: Readonly<Record<string, number>>
  /** Names of its lines in the record, in their order. */
  readonly fields: readonly string[]
}

const bands = { length: 20, deviations: 2 }
/** Those that the earlier system's configuration names, with its lengths. */
const TECHNICALS: readonly Technical[] = [
  { id: 'sma', parameters: { length: 10 }, fields: ['sma_10'] },
  { id: 'sma', parameters: { length: 50 }, fields: ['sma_50'] },
  { id: 'sma', parameters: { length: 200 }, fields: ['sma_200'] },
  { id: 'ema', parameters: { length: 12 }, fields: ['ema_12'] },
  { id: 'ema', parameters: { length: 26 }, fields: ['ema_26'] },
  {
    id: 'macd',
    parameters: { fast: 12, slow: 26, signal: 9 },
    fields: ['macd', 'macd_signal', 'macd_histogram'],
  },
  { id: 'rsi', parameters: { length: 14 }, fields: ['rsi'] },
  { id: 'stochastic', parameters: { length: 14, smooth: 3, signal: 3 }, fields: ['stoch_k', 'stoch_d'] },
  { id: 'williams', parameters: { length: 14 }, fields: ['williams_r'] },
  { id: 'roc', parameters: { length: 10 }, fields: ['roc'] },
  { id: 'atr', parameters: { length: 14 }, fields: ['atr'] },
  { id: 'bollinger', parameters: bands, fields: ['bb_upper', 'bb_middle', 'bb_lower'] },
  { id: 'bollingerWidth', parameters: bands, fields: ['bb_width'] },
  { id: 'bollingerPercent', parameters: bands, fields: ['bb_percent'] },
  { id: 'vwap', parameters: {}, fields: ['vwap'] },
  { id: 'accumulation', parameters: {}, fields: ['ad'] },
  { id: 'moneyFlow', parameters: { length: 20 }, fields: ['cmf'] },
]

type Values = Readonly<Record<string, number | undefined>>

interface Rule {
  readonly signal: string
  readonly direction: 'up' | 'down'
  /** What crosses what: from not above it to above it, or the other way round. */
  readonly line: string
  readonly against: string | number
}

const RULES: readonly Rule[] = [
  { signal: 'rsi_overbought', direction: 'up', line: 'rsi', against: 70 },
  { signal: 'rsi_oversold', direction: 'down', line: 'rsi', against: 30 },
  { signal: 'macd_cross_up', direction: 'up', line: 'macd', against: 'macd_signal' },
  { signal: 'macd_cross_down', direction: 'down', line: 'macd', against: 'macd_signal' },
  { signal: 'bollinger_break_up', direction: 'up', line: 'close', against: 'bb_upper' },
  { signal: 'bollinger_break_down', direction: 'down', line: 'close', against: 'bb_lower' },
  { signal: 'golden_cross', direction: 'up', line: 'sma_50', against: 'sma_200' },
  { signal: 'death_cross', direction: 'down', line: 'sma_50', against: 'sma_200' },
]

/** So many minutes are kept for the longest indicator, with room so that the list is cut seldom. */
const KEEP = 256
const MOST = 512
/** Binary fractions end in noise; prices have fewer digits than this. */
const DIGITS = 12

interface Market {
  readonly candles: Candle[]
  readonly rows: readonly Row[][]
  open: Candle | undefined
  /** The last second that was counted: what comes late, or again, is not. */
  second: Millis
  before: Values | undefined
}

export function createSignals(): { encode(event: MarketEvent<Bar>): readonly PresetRecord[] } {
  const markets = new Map<InstrumentKey, Market>()
  return {
    encode({ instrument, data }) {
      if (data.close === undefined) return []
      let market = markets.get(instrument)
      if (!market) {
        market = { candles: [], rows: TECHNICALS.map(() => []), open: undefined, second: -1, before: undefined }
        markets.set(instrument, market)
      }
      if (data.openAt <= market.second) return []
      market.second = data.openAt
      const openAt = Math.floor(data.openAt / MINUTE) * MINUTE
      const { open } = market
      market.open = open?.openAt === openAt ? join(open, data) : toCandle(data, openAt)
      return open && open.openAt !== openAt ? close(instrument, market, open) : []
    },
  }
}

/** A minute is over when a second of another has trades. */
function close(instrument: InstrumentKey, market: Market, candle: Candle): PresetRecord[] {
  const { candles, rows, before } = market
  candles.push(candle)
  const values: Record<string, number | undefined> = { close: candle.close }
  for (const [index, { id, parameters, fields }] of TECHNICALS.entries()) {
    refreshRows(INDICATORS[id], parameters, candles, rows[index]!, candles.length - 1)
    const row = rows[index]!.at(-1)!
    for (const [line, field] of fields.entries()) values[field] = round(row[line])
  }
  market.before = values
  if (candles.length > MOST) for (const list of [candles, ...rows]) list.splice(0, list.length - KEEP)
  const venue = venueOf(instrument)
  const symbol = pairOf(instrument)
  const common = {
    symbol,
    data_source: venue,
    interval: '1m',
    timestamp: new Date(candle.openAt + MINUTE).toISOString(),
  }
  const key = venue === 'kis' ? symbol : instrument
  const crossed = before === undefined ? [] : RULES.filter((rule) => isCrossed(rule, before, values))
  return [
    { topic: 'technical-signals', key, value: toJson({ ...common, ...values, volume: round(candle.volume) }) },
    ...crossed.map(({ signal, direction, line, against }) => ({
      topic: 'trading-signals',
      key,
      value: toJson({
        ...common,
        signal,
        direction,
        price: values['close'],
        value: values[line],
        against: levelOf(against, values),
      }),
    })),
  ]
}

function isCrossed({ direction, line, against }: Rule, before: Values, now: Values): boolean {
  const [was, is] = [before[line], now[line]]
  const [wasLevel, isLevel] = [levelOf(against, before), levelOf(against, now)]
  if (was === undefined || is === undefined || wasLevel === undefined || isLevel === undefined) return false
  return direction === 'up' ? was <= wasLevel && is > isLevel : was >= wasLevel && is < isLevel
}

const levelOf = (against: string | number, values: Values): number | undefined =>
  typeof against === 'number' ? against : values[against]

const round = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(DIGITS))

function toCandle(bar: Bar, openAt: Millis): Candle {
  return {
    openAt,
    open: Number(bar.open),
    high: Number(bar.high),
    low: Number(bar.low),
    close: Number(bar.close),
    volume: Number(bar.volume),
    quoteVolume: Number(bar.quoteVolume),
  }
}

function join(candle: Candle, bar: Bar): Candle {
  const next = toCandle(bar, candle.openAt)
  return {
    ...next,
    open: candle.open,
    high: Math.max(candle.high, next.high),
    low: Math.min(candle.low, next.low),
    volume: candle.volume + next.volume,
    quoteVolume: candle.quoteVolume + next.quoteVolume,
  }
}
