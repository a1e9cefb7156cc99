import { expect, test } from 'vitest'
import type { Gap, InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { CLOCK_KEY } from '../../shared/market.ts'
import { engineDownGaps } from './gaps.ts'
import { createClock } from './watermarks.ts'

const now = 1_736_842_476_000

function gap(instrument: InstrumentKey, data: Omit<Gap, 'kind'>): MarketEvent<Gap> {
  return { instrument, at: data.since, receivedAt: now, origin: 'stream', data: { kind: 'gap', ...data } }
}

function trade(instrument: InstrumentKey, at: Millis): MarketEvent<Trade> {
  return {
    instrument,
    at,
    receivedAt: at,
    origin: 'stream',
    data: { kind: 'trade', id: String(at), price: '1', size: '1' },
  }
}

test('a clock record carries each venue’s watermark in whole milliseconds', () => {
  expect(createClock().tick({ upbit: now - 20.5, okx: now - 35 }, now)).toEqual({
    instrument: CLOCK_KEY,
    at: now,
    receivedAt: now,
    origin: 'stream',
    data: { kind: 'clock', watermarks: { upbit: now - 21, okx: now - 35 } },
  })
})

test('a watermark never goes back, not even over a restart, and a venue that fell silent keeps its own', () => {
  const clock = createClock({ upbit: now + 500 })
  const marks = [{ upbit: now, okx: now }, { okx: now - 1_000 }, { upbit: now + 900 }].map(
    (watermarks) => clock.tick(watermarks, now)?.data.watermarks,
  )
  expect(marks).toEqual([
    { upbit: now + 500, okx: now },
    { upbit: now + 500, okx: now },
    { upbit: now + 900, okx: now },
  ])
})

test('without any venue there is no record', () => {
  expect(createClock().tick({}, now)).toBeUndefined()
})

test('one record in ten lists the watched markets with their fresh gaps', () => {
  const clock = createClock()
  const open = { since: now - 60_000, reason: 'disconnected' } as const
  const ended = { since: now - 70_000, until: now - 50_000, reason: 'silent' } as const
  const recent = { since: now - 9_000, until: now - 1_000, reason: 'connecting' } as const
  clock.observe([trade('upbit:BTC/KRW', now - 5)])
  clock.observe([gap('upbit:ETH/KRW', open), gap('okx:BTC/USDT', ended), gap('okx:BTC/USDT', recent)])
  clock.observe([gap('okx:SOL/USDT', { since: now - 700_000, reason: 'unwatched' })])
  clock.observe([gap('okx:XRP/USDT', { since: now - 1, reason: 'unwatched' })])
  const watched = Array.from({ length: 11 }, () => clock.tick({ upbit: now }, now)?.data.watched)
  expect(watched.map((each) => each !== undefined)).toEqual([true, ...Array.from({ length: 9 }, () => false), true])
  expect(watched[0]).toEqual({
    'upbit:BTC/KRW': [],
    'upbit:ETH/KRW': [{ kind: 'gap', ...open }],
    'okx:BTC/USDT': [{ kind: 'gap', ...recent }],
    'okx:XRP/USDT': [{ kind: 'gap', since: now - 1, reason: 'unwatched' }],
  })
})

test('A-27 the time in which Tapedeck was not running is a gap of every market that was watched', () => {
  expect(
    engineDownGaps({ upbit: now - 90_000, okx: now + 5 }, ['upbit:BTC/KRW', 'okx:BTC/USDT', 'kraken:BTC/USD'], now),
  ).toEqual([
    {
      instrument: 'upbit:BTC/KRW',
      at: now - 90_000,
      receivedAt: now,
      origin: 'stream',
      data: { kind: 'gap', since: now - 90_000, until: now, reason: 'engine-down' },
    },
  ])
})
