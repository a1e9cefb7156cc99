import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { adapters, exchangeOf } from '../registry.ts'
import { coinbaseAdvanced } from './advanced/index.ts'
import { coinbase } from './index.ts'

const ALL: Want['channels'] = ['trade', 'ticker', 'book']
const WANTS: readonly Want[] = [
  { market: 'BTC-USD', channels: ALL },
  { market: 'ETH-USD', channels: ['trade'] },
  { market: 'XRP-USD', channels: [] },
]

test('A-02 the Exchange feed takes level2_batch, since level2 needs a key, and heartbeats with the trades', () => {
  expect(coinbase.connect(WANTS)).toEqual([
    {
      urls: ['wss://ws-feed.exchange.coinbase.com'],
      wants: WANTS.slice(0, 2),
      frames: [
        '{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["matches","heartbeat"]}',
        '{"type":"subscribe","product_ids":["BTC-USD"],"channels":["ticker"]}',
        '{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}',
      ],
      pace: 50,
    },
  ])
  expect(coinbase.unsubscribe?.([{ market: 'BTC-USD', channels: ['book'] }])).toEqual([
    '{"type":"unsubscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}',
  ])
})

test('A-02 Advanced Trade takes one channel a frame, and heartbeats before all', () => {
  expect(coinbaseAdvanced.connect(WANTS)).toEqual([
    {
      urls: ['wss://advanced-trade-ws.coinbase.com'],
      wants: WANTS.slice(0, 2),
      frames: [
        '{"type":"subscribe","channel":"heartbeats"}',
        '{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades"}',
        '{"type":"subscribe","product_ids":["BTC-USD"],"channel":"ticker"}',
        '{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}',
      ],
      pace: 150,
    },
  ])
  expect(coinbaseAdvanced.subscribe([{ market: 'BTC-USD', channels: ['book'] }])).toEqual([
    '{"type":"subscribe","product_ids":["BTC-USD"],"channel":"level2"}',
  ])
})

test('Advanced Trade serves thirty books on a connection, so a socket has no more', () => {
  const wants = Array.from({ length: 70 }, (_, at): Want => ({ market: `C${at}-USD`, channels: ALL }))
  expect(coinbaseAdvanced.connect(wants).map((plan) => plan.wants.length)).toEqual([30, 30, 10])
  expect(coinbaseAdvanced.connect(wants).flatMap((plan) => plan.wants)).toEqual(wants)
  expect([coinbase.connect(wants).length, coinbase.connect([]), coinbaseAdvanced.connect([])]).toEqual([1, [], []])
})

test('the subscription is said within the five seconds that the venue waits', () => {
  const wants = Array.from({ length: 400 }, (_, at): Want => ({ market: `C${at}-USD`, channels: ALL }))
  for (const { connect } of [coinbase, coinbaseAdvanced])
    for (const { frames, pace } of connect(wants)) expect(frames.length * pace).toBeLessThan(5_000)
})

test('one venue, two feeds: the setting’s word chooses, and any other is the usual one', () => {
  expect([
    exchangeOf('coinbase') === coinbase,
    exchangeOf('coinbase', 'exchange') === coinbase,
    exchangeOf('coinbase', 'advanced') === coinbaseAdvanced,
    exchangeOf('coinbase', 'constructor') === coinbase,
    exchangeOf('kraken', 'advanced')?.id,
    exchangeOf('mtgox', 'advanced'),
  ]).toEqual([true, true, true, true, 'kraken', undefined])
  expect(adapters.filter(({ exchange }) => exchange.id === 'coinbase').map(({ name }) => name)).toEqual([
    'coinbase',
    'coinbase/advanced',
  ])
})

test('a product id is a pair, and nothing else is', () => {
  expect(['BTC-USD', 'BTC/USD', 'BTC-USD-X', '-USD'].map((native) => coinbase.toKey(native))).toEqual([
    'coinbase:BTC/USD',
    undefined,
    undefined,
    undefined,
  ])
})
