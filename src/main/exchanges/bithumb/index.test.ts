import { expect, test } from 'vitest'
import { bithumb } from './index.ts'

test('A-02 all wants travel in one list, a type for each channel', () => {
  const wants = [
    { market: 'KRW-BTC', channels: ['trade', 'book'] },
    { market: 'KRW-ETH', channels: ['trade', 'ticker'] },
    { market: 'KRW-BTC', channels: ['trade'] },
  ] as const
  expect(bithumb.connect(wants)).toEqual([
    {
      urls: ['wss://ws-api.bithumb.com/websocket/v1'],
      wants,
      frames: [
        '[{"ticket":"tapedeck"},{"type":"trade","codes":["KRW-BTC","KRW-ETH"]},{"type":"ticker","codes":["KRW-ETH"]},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"DEFAULT"}]',
      ],
      pace: 250,
    },
  ])
  expect(bithumb.change).toBe('replaces-all')
  expect(bithumb).not.toHaveProperty('unsubscribe')
})

test('nothing wanted opens no socket', () => {
  expect(bithumb.connect([])).toEqual([])
  expect(bithumb.connect([{ market: 'KRW-BTC', channels: [] }])).toEqual([])
  expect(bithumb.subscribe([])).toEqual([])
})

test('a key has the base first, and only a pair has one', () => {
  expect(['KRW-BTC', 'BTC-ETH'].map((native) => bithumb.toKey(native))).toEqual(['bithumb:BTC/KRW', 'bithumb:ETH/BTC'])
  expect(
    ['', 'BTC', '-BTC', 'KRW-', 'KRW-BTC-X', 'KRW- BTC', 'BTC_KRW'].map((native) => bithumb.toKey(native)),
  ).toEqual(Array(7).fill(undefined))
})
