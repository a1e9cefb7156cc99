import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { gateio } from './index.ts'

test('A-02 each channel of each market is a frame of its own, and the book spells its market in its own way', () => {
  const wants: readonly Want[] = [
    { market: 'BTC_USDT', channels: ['trade', 'ticker', 'book'] },
    { market: 'ETH_BTC', channels: ['trade'] },
    { market: 'XRP_USDT', channels: [] },
  ]
  expect(gateio.connect(wants)).toEqual([
    {
      urls: ['wss://api.gateio.ws/ws/v4/'],
      wants: wants.slice(0, 2),
      frames: [
        '{"channel":"spot.trades","event":"subscribe","payload":["BTC_USDT"]}',
        '{"channel":"spot.tickers","event":"subscribe","payload":["BTC_USDT"]}',
        '{"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"]}',
        '{"channel":"spot.trades","event":"subscribe","payload":["ETH_BTC"]}',
      ],
      pace: 20,
    },
  ])
  expect(gateio.unsubscribe?.([{ market: 'ETH_BTC', channels: ['book'] }])).toEqual([
    '{"channel":"spot.obu","event":"unsubscribe","payload":["ob.ETH_BTC.50"]}',
  ])
  expect(gateio.connect([])).toEqual([])
})

test('a frame carries the second in which it is sent', () => {
  const [frame = ''] = gateio.subscribe([{ market: 'BTC_USDT', channels: ['trade'] }])
  expect(gateio.stamp?.(frame, 1_790_000_000_999)).toBe(
    '{"time":1790000000,"channel":"spot.trades","event":"subscribe","payload":["BTC_USDT"]}',
  )
})

test('a socket carries at most a hundred markets', () => {
  const wants: readonly Want[] = Array.from({ length: 201 }, (_, at) => ({ market: `C${at}_USDT`, channels: ['book'] }))
  const plans = gateio.connect(wants)
  expect(plans.map(({ frames }) => frames.length)).toEqual([100, 100, 1])
  expect(plans.flatMap((plan) => plan.wants)).toEqual(wants)
})

test('the last underscore parts base and quote', () => {
  expect(['BTC_USDT', 'BTC3L_USDT', 'GIGA_OLD_USDT'].map(gateio.toKey)).toEqual([
    'gateio:BTC/USDT',
    'gateio:BTC3L/USDT',
    'gateio:GIGA_OLD/USDT',
  ])
  expect(['', 'BTC', '_BTC', 'BTC_', 'B C_USDT', 'B/C_USDT'].map(gateio.toKey)).toEqual(Array(6).fill(undefined))
})
