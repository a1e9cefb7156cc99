import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Bar, InstrumentKey, MarketEvent } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import { createS4 } from './s4.ts'

const START = Date.UTC(2026, 0, 5)

function second(openAt: number, close: number, instrument: InstrumentKey = 'upbit:BTC/KRW'): MarketEvent<Bar> {
  const price = String(close)
  return {
    instrument,
    at: openAt + SECOND,
    receivedAt: openAt + SECOND,
    origin: 'stream',
    data: {
      kind: 'bar',
      interval: SECOND,
      openAt,
      revision: 0,
      state: 'traded',
      open: price,
      high: price,
      low: price,
      close: price,
      volume: '2',
      quoteVolume: String(close * 2),
      trades: 1,
    },
  }
}

const parse = (value: string) => JSON.parse(value) as Record<string, number | string>

/** A minute of one price each, and what is told once the next one begins. */
function run(closes: readonly number[], instrument?: InstrumentKey) {
  const { encode } = createS4()
  return [...closes, 1].flatMap((close, minute) => encode(second(START + minute * MINUTE, close, instrument)))
}

test('S4x-02 each minute that is over has its values, what has not enough data left out', () => {
  const records = run([100, 101, 102])
  expect(records.map(({ topic, key, value }) => ({ topic, key, ...parse(value) }))).toEqual(
    [100, 101, 102].map((close, minute) => ({
      topic: 'technical-signals',
      key: 'upbit:BTC/KRW',
      symbol: 'BTC/KRW',
      data_source: 'upbit',
      interval: '1m',
      timestamp: new Date(START + (minute + 1) * MINUTE).toISOString(),
      close,
      vwap: [100, 100.5, 101][minute],
      ad: 0,
      volume: 2,
    })),
  )
})

test('S4x-20 after enough minutes all values are there, and equal to the reference of the indicators', () => {
  const { candles } = JSON.parse(
    readFileSync(new URL('../../../shared/fixtures/indicators.json', import.meta.url), 'utf8'),
  ) as { candles: readonly (readonly number[])[] }
  const closes = candles.map(([, , , , close]) => close!)
  const last = parse(run([...closes, ...closes]).findLast(({ topic }) => topic === 'technical-signals')!.value)
  const fields =
    'ad atr bb_lower bb_middle bb_percent bb_upper bb_width close cmf data_source ema_12 ema_26 interval macd macd_histogram macd_signal roc rsi sma_10 sma_200 sma_50 stoch_d stoch_k symbol timestamp volume vwap williams_r'
  expect(Object.keys(last).toSorted().join(' ')).toBe(fields)
  const mean = (length: number) => closes.slice(-length).reduce((sum, close) => sum + close, 0) / length
  expect([last['sma_10'], last['sma_50'], last['bb_middle']]).toEqual(
    [10, 50, 20].map((length) => expect.closeTo(mean(length), 9)),
  )
})

test('a long run keeps few minutes, and says the same as one that keeps all', () => {
  const closes = Array.from({ length: 1_500 }, (_, minute) => 100 + Math.sin(minute / 7) * 5 + (minute % 3))
  const whole = parse(run(closes).findLast(({ topic }) => topic === 'technical-signals')!.value)
  const mean = closes.slice(-200).reduce((sum, close) => sum + close, 0) / 200
  expect(whole['sma_200']).toBeCloseTo(mean, 9)
  expect(whole['vwap']).toBeCloseTo(
    closes.slice(-(closes.length % 1_440)).reduce((sum, close) => sum + close, 0) / (closes.length % 1_440),
    9,
  )
})

test('what crosses its level is told once, with its price: information, no order', () => {
  const falling = Array.from({ length: 20 }, (_, minute) => 100 - minute)
  const calm = Array.from({ length: 16 }, (_, minute) => 100 + (minute % 2))
  const signals = run([...calm, ...falling]).filter(({ topic }) => topic === 'trading-signals')
  const oversold = signals.map(({ value }) => parse(value)).filter(({ signal }) => signal === 'rsi_oversold')
  expect(oversold).toEqual([
    {
      symbol: 'BTC/KRW',
      data_source: 'upbit',
      interval: '1m',
      timestamp: expect.any(String),
      signal: 'rsi_oversold',
      direction: 'down',
      price: expect.any(Number),
      value: expect.any(Number),
      against: 30,
    },
  ])
  expect(oversold[0]!['value']).toBeLessThan(30)
})

test('a second that comes late or again counts once, and a stock goes by its symbol', () => {
  const { encode } = createS4()
  const at = (offset: number, close: number) => encode(second(START + offset, close, 'kis:005930'))
  const told = [at(0, 100), at(SECOND, 110), at(SECOND, 110), at(0, 90), at(MINUTE, 100)].flat()
  expect(told.map(({ key, value }) => [key, parse(value)['close'], parse(value)['volume']])).toEqual([
    ['005930', 110, 4],
  ])
})
