import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { kraken } from './index.ts'
import { toRestKeys } from './symbols.ts'

const ALL: Want['channels'] = ['trade', 'ticker', 'book']

test('A-02 wants become one frame a channel, with the depth of the book and the trigger of the ticker', () => {
  const wants: readonly Want[] = [
    { market: 'BTC/USD', channels: ALL },
    { market: 'ETH/USD', channels: ['trade'] },
    { market: 'XRP/USD', channels: [] },
  ]
  expect(kraken.connect(wants)).toEqual([
    {
      urls: ['wss://ws.kraken.com/v2'],
      wants: wants.slice(0, 2),
      frames: [
        '{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD","ETH/USD"]}}',
        '{"method":"subscribe","params":{"channel":"ticker","event_trigger":"bbo","symbol":["BTC/USD"]}}',
        '{"method":"subscribe","params":{"channel":"book","depth":25,"symbol":["BTC/USD"]}}',
      ],
      pace: 100,
    },
  ])
  expect(kraken.unsubscribe?.([{ market: 'BTC/USD', channels: ['book'] }])).toEqual([
    '{"method":"unsubscribe","params":{"channel":"book","depth":25,"symbol":["BTC/USD"]}}',
  ])
  expect(kraken.connect([])).toEqual([])
  // Each symbol is answered for itself.
  expect(kraken.connect(wants)[0]?.frames.map((frame) => kraken.acknowledgements?.(frame))).toEqual([2, 1, 1])
})

test('many markets are spread over sockets and frames, and none is lost', () => {
  const wants = Array.from({ length: 450 }, (_, at): Want => ({ market: `C${at}/USD`, channels: ALL }))
  const plans = kraken.connect(wants)
  expect(plans.map(({ wants, frames }) => [wants.length, frames.length])).toEqual([
    [200, 6],
    [200, 6],
    [50, 3],
  ])
  expect(plans.flatMap((plan) => plan.wants)).toEqual(wants)
})

test('a symbol with a slash is a key as it is', () => {
  expect([kraken.toKey('BTC/USD'), kraken.toKey('XXBTZUSD'), kraken.toKey('/USD')]).toEqual([
    'kraken:BTC/USD',
    undefined,
    undefined,
  ])
})

test('REST answers under the names of old', () => {
  expect(['BTC/USD', 'DOGE/USD', 'ETH/BTC', 'SOL/USDT'].map(toRestKeys)).toEqual([
    ['BTC/USD', 'XBTUSD', 'XXBTZUSD'],
    ['DOGE/USD', 'XDGUSD', 'XXDGZUSD'],
    ['ETH/BTC', 'ETHXBT', 'XETHXXBT'],
    ['SOL/USDT', 'SOLUSDT', 'SOLUSDT'],
  ])
})
