import { expect, test } from 'vitest'
import { upbit } from './index.ts'

test('A-02 all wants travel in one list, a type for each channel', () => {
  const wants = [
    { market: 'KRW-BTC', channels: ['trade', 'book'] },
    { market: 'KRW-ETH', channels: ['trade', 'ticker'] },
    { market: 'KRW-BTC', channels: ['trade'] },
  ] as const
  expect(upbit.connect(wants)).toEqual([
    {
      urls: ['wss://api.upbit.com/websocket/v1'],
      wants,
      frames: [
        '[{"ticket":"tapedeck"},{"type":"trade","codes":["KRW-BTC","KRW-ETH"]},{"type":"ticker","codes":["KRW-ETH"]},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"DEFAULT"}]',
      ],
      pace: 250,
    },
  ])
  expect(upbit.change).toBe('replaces-all')
  expect(upbit).not.toHaveProperty('unsubscribe')
})

test('nothing wanted opens no socket', () => {
  expect(upbit.connect([])).toEqual([])
  expect(upbit.connect([{ market: 'KRW-BTC', channels: [] }])).toEqual([])
  expect(upbit.subscribe([])).toEqual([])
})

test('a key has the base first, and only a pair has one', () => {
  expect(['KRW-BTC', 'BTC-ETH', 'USDT-BTC'].map((native) => upbit.toKey(native))).toEqual([
    'upbit:BTC/KRW',
    'upbit:ETH/BTC',
    'upbit:BTC/USDT',
  ])
  expect(['', 'BTC', '-BTC', 'KRW-', 'KRW-BTC-X', 'KRW- BTC', 'KRW/BTC'].map((native) => upbit.toKey(native))).toEqual(
    Array(7).fill(undefined),
  )
})
