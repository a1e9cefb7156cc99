import { expect, test } from 'vitest'
import type { Want } from '../exchange.ts'
import { bybit } from './index.ts'

interface Request {
  readonly args: readonly string[]
}

const topicsIn = (frames: readonly string[]) => frames.flatMap((frame) => (JSON.parse(frame) as Request).args)

test('A-02 each topic travels alone, because one that is refused refuses its whole batch', () => {
  const wants: readonly Want[] = [
    { market: 'BTCUSDT', channels: ['trade', 'ticker', 'book'] },
    { market: 'ETHBTC', channels: ['trade'] },
    { market: 'XRPUSDT', channels: [] },
    { market: 'ETHBTC', channels: ['trade'] },
  ]
  expect(bybit.connect(wants)).toEqual([
    {
      urls: ['wss://stream.bybit.com/v5/public/spot'],
      wants: wants.filter(({ channels }) => channels.length > 0),
      frames: [
        '{"op":"subscribe","args":["publicTrade.BTCUSDT"]}',
        '{"op":"subscribe","args":["tickers.BTCUSDT"]}',
        '{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}',
        '{"op":"subscribe","args":["publicTrade.ETHBTC"]}',
      ],
      pace: 10,
    },
  ])
  expect(bybit.unsubscribe?.([{ market: 'ETHBTC', channels: ['book'] }])).toEqual([
    '{"op":"unsubscribe","args":["orderbook.50.ETHBTC"]}',
  ])
  expect(bybit.connect([])).toEqual([])
})

test('a connection’s topics stay below 21,000 characters, and each market is whole', () => {
  const wants: readonly Want[] = Array.from({ length: 1_000 }, (_, at) => ({
    market: `COIN${at}USDT`,
    channels: ['trade', 'ticker', 'book'],
  }))
  const plans = bybit.connect(wants)
  const lengths = plans.map(({ frames }) => topicsIn(frames).join(',').length)
  expect(lengths.every((length) => length < 21_000)).toBe(true)
  expect(plans).toHaveLength(4)
  expect(plans.flatMap((plan) => plan.wants)).toEqual(wants)
})

test('a symbol alone makes no key', () => {
  expect(bybit.toKey('BTCUSDT')).toBeUndefined()
})
