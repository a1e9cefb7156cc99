import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { binance } from './index.ts'

interface Subscription {
  readonly method: string
  readonly params: readonly string[]
  readonly id: number
}

function parse(frame: string): Subscription {
  return JSON.parse(frame) as Subscription
}

function manyWants(count: number, market = 'COIN'): readonly Want[] {
  return Array.from({ length: count }, (_, at) => ({
    market: `${market}${at}USDT`,
    channels: ['trade', 'ticker', 'book'],
  }))
}

test('A-02 wants become streams in lower case, over the combined endpoint with its fallbacks', () => {
  const wants: readonly Want[] = [
    { market: 'BTCUSDT', channels: ['trade', 'ticker', 'book'] },
    { market: 'ETHBTC', channels: ['trade'] },
    { market: 'XRPUSDT', channels: [] },
  ]
  expect(binance.connect(wants)).toEqual([
    {
      urls: [
        'wss://stream.binance.com:9443/stream',
        'wss://stream.binance.com:443/stream',
        'wss://data-stream.binance.vision/stream',
      ],
      wants: wants.slice(0, 2),
      frames: [
        '{"method":"SUBSCRIBE","params":["btcusdt@trade","btcusdt@ticker","btcusdt@depth20@100ms","ethbtc@trade"],"id":1}',
      ],
      pace: 250,
    },
  ])
  expect(binance.unsubscribe?.([{ market: 'ETHBTC', channels: ['trade'] }])).toEqual([
    '{"method":"UNSUBSCRIBE","params":["ethbtc@trade"],"id":1}',
  ])
  expect(binance.connect([])).toEqual([])
})

test('a subscribe frame stays within 100 streams and 4,096 bytes, in any script', () => {
  for (const wants of [manyWants(500), manyWants(300, '币安人生'), manyWants(200, 'A'.repeat(60))]) {
    const frames = binance.subscribe(wants)
    expect(frames.every((frame) => Buffer.byteLength(frame) <= 4096 && parse(frame).params.length <= 100)).toBe(true)
    expect(frames.flatMap((frame) => parse(frame).params)).toHaveLength(wants.length * 3)
    expect(frames.map((frame) => parse(frame).id)).toEqual(frames.map((_, at) => at + 1))
  }
})

test('a socket carries at most 1,024 streams, and each want whole', () => {
  const wants = manyWants(1_000)
  const plans = binance.connect(wants)
  expect(plans.map(({ frames }) => frames.flatMap((frame) => parse(frame).params).length)).toEqual([1_023, 1_023, 954])
  expect(plans.flatMap((plan) => plan.wants)).toEqual(wants)
})

test('a symbol alone makes no key', () => {
  expect(binance.toKey('BTCUSDT')).toBeUndefined()
})
