import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { coinone } from './index.ts'

test('A-02 each topic has a frame of its own, for subscribing and for leaving', () => {
  const wants: readonly Want[] = [
    { market: 'KRW/BTC', channels: ['trade', 'book'] },
    { market: 'KRW/ETH', channels: [] },
    { market: 'KRW/BTC', channels: ['trade'] },
  ]
  expect(coinone.connect(wants)).toEqual([
    {
      urls: ['wss://stream.coinone.co.kr'],
      wants: [wants[0], wants[2]],
      frames: [
        '{"request_type":"SUBSCRIBE","channel":"TRADE","topic":{"quote_currency":"KRW","target_currency":"BTC"}}',
        '{"request_type":"SUBSCRIBE","channel":"ORDERBOOK","topic":{"quote_currency":"KRW","target_currency":"BTC"}}',
      ],
      pace: 10,
    },
  ])
  expect(coinone.unsubscribe?.([{ market: 'KRW/XRP', channels: ['ticker'] }])).toEqual([
    '{"request_type":"UNSUBSCRIBE","channel":"TICKER","topic":{"quote_currency":"KRW","target_currency":"XRP"}}',
  ])
  expect(coinone.connect([])).toEqual([])
})

test('all topics of its 363 markets stay far below the twenty connections of an address, handed over or not', () => {
  const wants: readonly Want[] = Array.from({ length: 363 }, (_, at) => ({
    market: `KRW/C${at}`,
    channels: ['trade', 'ticker', 'book'],
  }))
  const plans = coinone.connect(wants)
  expect(plans.map(({ wants: part }) => part.length)).toEqual([120, 120, 120, 3])
  expect(plans.flatMap(({ wants: part }) => part)).toEqual(wants)
  expect(Math.max(...plans.map(({ frames }) => frames.length))).toBe(360)
})

test('A-02 it is kept open by its own PING in text', () => {
  const { keepAlive } = coinone
  expect(keepAlive).toEqual({ kind: 'text', frame: '{"request_type":"PING"}', every: 20_000, timeout: 10_000 })
  expect(coinone.decode('{"response_type":"PONG"}')).toEqual([{ control: 'pong' }])
})

test('a key has the base first, and only a pair has one', () => {
  expect(coinone.toKey('KRW/BTC')).toBe('coinone:BTC/KRW')
  expect(
    ['', 'BTC', '/BTC', 'KRW/', 'KRW/BTC/X', 'KRW/ BTC', 'KRW-BTC'].map((native) => coinone.toKey(native)),
  ).toEqual(Array(7).fill(undefined))
})
