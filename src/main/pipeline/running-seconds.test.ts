import { expect, test } from 'vitest'
import type { MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { createRunningSeconds } from './running-seconds.ts'

const start = 1_736_842_476_000

function trade(at: Millis, id: string, price: string, size = '1'): MarketEvent<Trade> {
  return {
    instrument: 'upbit:BTC/KRW',
    at: start + at,
    receivedAt: start + at + 40,
    origin: 'stream',
    data: { kind: 'trade', id, price, size, side: 'buy' },
  }
}

test('a second grows with its trades and is always given whole', () => {
  const seconds = createRunningSeconds()
  expect(
    [trade(100, 'a', '10'), trade(200, 'b', '12', '0.5'), trade(1_000, 'c', '11')].map((each) => seconds.apply(each)),
  ).toEqual([start, start, start + 1_000])
  expect(seconds.get(start)).toEqual({
    openAt: start,
    open: '10',
    high: '12',
    low: '10',
    close: '12',
    volume: '1.5',
    quoteVolume: '16',
    buyVolume: '1.5',
    trades: 2,
  })
  expect(seconds.held()).toEqual([start, start + 1_000])
  expect(seconds.get(start + 2_000)).toBeUndefined()
})

test('A-12 a late trade lands in its own second, in its own place', () => {
  const seconds = createRunningSeconds()
  for (const each of [trade(500, 'b', '20'), trade(1_100, 'c', '30'), trade(300, 'a', '10')]) seconds.apply(each)
  expect(seconds.get(start)).toMatchObject({ open: '10', close: '20', trades: 2 })
})

test('a repeated trade changes nothing', () => {
  const seconds = createRunningSeconds()
  seconds.apply(trade(1, 'a', '10'))
  expect(seconds.apply(trade(1, 'a', '10'))).toBeUndefined()
  expect(seconds.get(start)?.trades).toBe(1)
})

test('a second that is out of hand is not given in part', () => {
  const seconds = createRunningSeconds()
  for (let second = 0; second < 30; second += 1) seconds.apply(trade(second * 1_000, `s${second}`, '10'))
  expect(seconds.held()).toHaveLength(12)
  expect(seconds.apply(trade(5_000, 'late', '10'))).toBeUndefined()
  expect(seconds.get(start + 5_000)).toBeUndefined()
})

test('a trade with an absurd date does not push the real seconds out', () => {
  const seconds = createRunningSeconds()
  seconds.apply(trade(10 ** 10, 'absurd', '10'))
  for (let second = 0; second < 20; second += 1) seconds.apply(trade(second * 1_000, `s${second}`, '10'))
  expect(seconds.get(start + 19_000)?.trades).toBe(1)
})
