import { expect, test } from 'vitest'
import { TREND_LISTS, readTrend, toTrendTitle } from './upbit-trend.ts'

test('A-07 a ranking’s title is read again as it was written, also when it is marked as simulated', () => {
  for (const list of TREND_LISTS)
    for (const change of ['+12.34', '−0.50']) {
      const trend = { list, coin: 'SC', change, rank: 3 }
      expect(readTrend(toTrendTitle(trend))).toEqual(trend)
      expect(readTrend(`DEMO · ${toTrendTitle(trend)}`)).toEqual(trend)
    }
  expect(readTrend('비트코인, 업비트 원화 마켓 거래대금 1위')).toBeUndefined()
})
