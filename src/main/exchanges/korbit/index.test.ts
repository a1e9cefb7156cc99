import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { korbit } from './index.ts'

test('A-02 requests travel in lists, each for one market, so that a refusal is of that alone', () => {
  const wants: readonly Want[] = [
    { market: 'btc_krw', channels: ['trade', 'book'] },
    { market: 'eth_krw', channels: ['ticker'] },
    { market: 'btc_krw', channels: ['trade'] },
  ]
  expect(korbit.connect(wants)).toEqual([
    {
      urls: ['wss://ws-api.digitalx.miraeasset.com/v2/public', 'wss://ws-api.korbit.co.kr/v2/public'],
      wants,
      frames: [
        '[{"requestId":1,"method":"subscribe","type":"trade","symbols":["btc_krw"]},{"requestId":2,"method":"subscribe","type":"orderbook","symbols":["btc_krw"]},{"requestId":3,"method":"subscribe","type":"ticker","symbols":["eth_krw"]}]',
      ],
      pace: 100,
    },
  ])
  expect(korbit.unsubscribe?.([{ market: 'btc_krw', channels: ['ticker'] }])).toEqual([
    '[{"requestId":1,"method":"unsubscribe","type":"ticker","symbols":["btc_krw"]}]',
  ])
  expect(korbit.connect([{ market: 'btc_krw', channels: [] }])).toEqual([])
  expect(korbit.connect([])).toEqual([])
})

test('A-02 each request of a frame is acknowledged for itself', () => {
  const wants: readonly Want[] = Array.from({ length: 193 }, (_, at) => ({
    market: `c${at}_krw`,
    channels: ['trade', 'ticker', 'book'],
  }))
  const frames = korbit.subscribe(wants)
  const counts = frames.map((frame) => korbit.acknowledgements?.(frame) ?? 0)
  expect([frames.length, Math.max(...counts), counts.reduce((sum, count) => sum + count, 0)]).toEqual([20, 30, 579])
})

test('the new hosts are tried first, the old ones answer for them', () => {
  expect(korbit.rest.hosts).toEqual(['https://api.digitalx.miraeasset.com', 'https://api.korbit.co.kr'])
})

test('a key is in capitals with the base first, and only a pair has one', () => {
  expect(korbit.toKey('btc_krw')).toBe('korbit:BTC/KRW')
  expect(['', 'btc', '_krw', 'btc_', 'btc_krw_x', 'b c_krw', 'btc/krw'].map((native) => korbit.toKey(native))).toEqual(
    Array(7).fill(undefined),
  )
})
