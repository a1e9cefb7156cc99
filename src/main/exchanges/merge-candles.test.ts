import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../shared/market.ts'
import { mergeCandles } from './merge-candles.ts'

const hour = (openAt: number, price: string, volume = '0.1') => ({
  openAt,
  open: price,
  high: price,
  low: price,
  close: price,
  volume,
  quoteVolume: '9.3',
})

test('hours become one candle with exact sums, where the venue cuts its days elsewhere', () => {
  const hours = [hour(4 * HOUR, '9'), hour(5 * HOUR, '10', '0.2'), hour(7 * HOUR, '8.5'), hour(8 * HOUR, '7')]
  expect(mergeCandles(hours, 4 * HOUR, false)).toEqual([
    {
      openAt: 4 * HOUR,
      open: '9',
      high: '10',
      low: '8.5',
      close: '8.5',
      volume: '0.4',
      quoteVolume: '27.9',
    },
    hour(8 * HOUR, '7'),
  ])
})

test('a candle that the answer cuts in two is left out, one that begins with a quiet hour is not', () => {
  const hours = [hour(DAY + HOUR, '9'), hour(2 * DAY, '10')]
  expect(mergeCandles(hours, DAY, true)).toEqual([hour(2 * DAY, '10')])
  expect(mergeCandles(hours, DAY, false).map(({ openAt }) => openAt)).toEqual([DAY, 2 * DAY])
  expect(mergeCandles([hour(DAY, '9')], DAY, true)).toHaveLength(1)
  expect(mergeCandles([], DAY, true)).toEqual([])
})
