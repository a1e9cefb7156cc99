import { expect, test } from 'vitest'
import type { TickerRow } from '../../shared/market-view.ts'
import type { Instrument } from '../../shared/market.ts'
import { formatPrice } from '../ui/format.ts'
import { changeOf, differenceOf, fitSize, nameOf, priceDecimals, spreadOf, subtractDecimals } from './values.ts'

const ticker = (change: Partial<TickerRow>): TickerRow => ({
  instrument: 'upbit:BTC/KRW',
  at: 1,
  receivedAt: 1,
  last: '102',
  origin: 'stream',
  ...change,
})

test('A-11 prices keep their text, sizes are cut and never read as nothing', () => {
  expect([formatPrice('0.00001234', 4), formatPrice('123456789.123456789', 2)]).toEqual([
    '0.00001234',
    '123,456,789.123456789',
  ])
  expect(['0.06469', '1234.5', '7', '0.00001234', '0', '0.00019999'].map((size) => fitSize(size))).toEqual([
    '0.0646',
    '1,234.5000',
    '7.0000',
    '0.00001',
    '0.0000',
    '0.0001',
  ])
})

test('the change is the venue’s own where it gives one, else against the price 24 h ago, else unknown', () => {
  expect(changeOf(ticker({ change: '-0.01', open24h: '100' }))).toBe(-0.01)
  expect(changeOf(ticker({ open24h: '100' }))).toBeCloseTo(0.02, 12)
  expect([changeOf(ticker({})), changeOf(ticker({ open24h: '0' })), changeOf(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('a difference is shown only where it is measured like the change beside it', () => {
  expect(differenceOf(ticker({ open24h: '100.5', last: '102' }))).toBe('1.5')
  expect(differenceOf(ticker({ open24h: '103' }))).toBe('-1')
  expect(differenceOf(ticker({ open24h: '100', change: '0.02' }))).toBe('2')
  expect(differenceOf(ticker({ open24h: '100', change: '0.05' }))).toBeUndefined()
})

test('differences are exact', () => {
  expect([subtractDecimals('0.3', '0.1'), subtractDecimals('1', '0'), subtractDecimals('1', '-2')]).toEqual([
    '0.2',
    '1',
    '3',
  ])
})

test('the spread is in basis points of the middle', () => {
  expect(spreadOf('9999', '10001')).toBeCloseTo(2, 9)
  expect([spreadOf(undefined, '1'), spreadOf('1', undefined), spreadOf('0', '0')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('decimals are the tick’s, or what is seen where no tick is known', () => {
  const instrument: Instrument = { key: 'upbit:X/KRW', venue: 'upbit', native: 'KRW-X', names: {}, status: 'trading' }
  expect(priceDecimals({ ...instrument, tickSize: '0.01' }, '1.2345')).toBe(2)
  expect(priceDecimals(instrument, '1.2', undefined, '1.234')).toBe(3)
})

test('a market is called by its Korean name in Korean and by its code in English', () => {
  const bitcoin: Instrument = {
    key: 'upbit:BTC/KRW',
    venue: 'upbit',
    native: 'KRW-BTC',
    base: 'BTC',
    quote: 'KRW',
    names: { ko: '비트코인', en: 'Bitcoin' },
    status: 'trading',
  }
  expect(nameOf(bitcoin.key, bitcoin, 'ko')).toEqual({ name: '비트코인', code: 'BTC' })
  expect(nameOf(bitcoin.key, bitcoin, 'en')).toEqual({ name: 'BTC', code: 'KRW' })
  expect(nameOf('kis:005930', undefined, 'ko')).toEqual({ name: '005930', code: '' })
})
