import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { okx } from './index.ts'

test('A-02 each market travels in a frame of its own, so that a refusal costs no other', () => {
  const wants: readonly Want[] = [
    { market: 'BTC-USDT', channels: ['trade', 'ticker', 'book'] },
    { market: 'ETH-BTC', channels: ['trade'] },
    { market: 'XRP-USDT', channels: [] },
  ]
  expect(okx.connect(wants)).toEqual([
    {
      urls: ['wss://ws.okx.com:8443/ws/v5/public'],
      wants: wants.slice(0, 2),
      frames: [
        '{"op":"subscribe","args":[{"channel":"trades","instId":"BTC-USDT"},{"channel":"tickers","instId":"BTC-USDT"},{"channel":"books","instId":"BTC-USDT"}]}',
        '{"op":"subscribe","args":[{"channel":"trades","instId":"ETH-BTC"}]}',
      ],
      pace: 50,
    },
  ])
  expect(okx.unsubscribe?.([{ market: 'ETH-BTC', channels: ['book'] }])).toEqual([
    '{"op":"unsubscribe","args":[{"channel":"books","instId":"ETH-BTC"}]}',
  ])
  expect(okx.connect([])).toEqual([])
})

test('each channel of a frame is acknowledged for itself', () => {
  const frames = okx.subscribe([
    { market: 'BTC-USDT', channels: ['trade', 'ticker', 'book'] },
    { market: 'ETH-BTC', channels: ['trade'] },
  ])
  expect(frames.map((frame) => okx.acknowledgements?.(frame))).toEqual([3, 1])
})

test('a socket carries at most thirty books, each market whole', () => {
  const wants: readonly Want[] = Array.from({ length: 61 }, (_, at) => ({ market: `C${at}-USDT`, channels: ['book'] }))
  const plans = okx.connect(wants)
  expect(plans.map(({ frames }) => frames.length)).toEqual([30, 30, 1])
  expect(plans.flatMap((plan) => plan.wants)).toEqual(wants)
})

test('a symbol that is a pair makes a key', () => {
  expect(['BTC-USDT', 'ETH-BTC'].map(okx.toKey)).toEqual(['okx:BTC/USDT', 'okx:ETH/BTC'])
  expect(['', 'BTC', '-BTC', 'BTC-', 'BTC-USD-SWAP', 'B C-USDT', 'B/C-USDT'].map(okx.toKey)).toEqual(
    Array(7).fill(undefined),
  )
})
