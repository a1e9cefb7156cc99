import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BarHistory, LiveSecond, MarketFrame } from '../../shared/market-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import { createChartSession } from './chart-session.ts'

const START = 1_700_000_040_000

const second = (index: number, price = 100): LiveSecond => ({
  openAt: START + index * SECOND,
  open: String(price),
  high: String(price),
  low: String(price),
  close: String(price),
  volume: '1',
  quoteVolume: String(price),
  buyVolume: '0',
  trades: 1,
})

const frame = (index: number, change: Partial<MarketFrame> = {}): MarketFrame => ({
  at: START + index * SECOND,
  trades: [],
  skipped: 0,
  seconds: [],
  gaps: [],
  tickers: [],
  ...change,
})

/** One bar a minute from `from` on, and what history is through. */
function history(from: Millis, bars: number, through: Millis, volume: string, complete = false): BarHistory {
  const list = <T>(value: T) => Array.from({ length: bars }, () => value)
  return {
    instrument: 'upbit:BTC/KRW',
    interval: MINUTE,
    bars: {
      openAt: Array.from({ length: bars }, (_, index) => from + index * MINUTE),
      open: list('100'),
      high: list('100'),
      low: list('100'),
      close: list('100'),
      volume: list(volume),
      quoteVolume: list('100'),
      buyVolume: list('0'),
      trades: list(1),
      state: list('traded'),
      origin: list('stream'),
    },
    through,
    coverage: { gaps: [] },
    complete,
  }
}

function createEngine(answers: (BarHistory | Error)[]) {
  const asked: unknown[] = []
  return {
    asked,
    client: {
      call: (_name: string, params: unknown) => {
        asked.push(params)
        const answer = answers.shift() ?? new Error('Nothing more was to be asked.')
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never)
      },
    },
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first picture comes from one call', async () => {
  const engine = createEngine([history(START - 9 * MINUTE, 10, START + SECOND, '3')])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  expect(session.state()).toEqual({ phase: 'loading', older: false })
  await settle()
  expect(session.state()).toEqual({ phase: 'ready', older: false })
  expect(engine.asked).toEqual([{ instrument: 'upbit:BTC/KRW', interval: MINUTE, count: 1_000 }])
  expect(session.model.bars.length).toBe(10)
  session.close()
})

test('seconds that passed between history and the first frame are asked for until history has them', async () => {
  const engine = createEngine([
    history(START, 1, START + 2 * SECOND, '2'),
    history(START, 1, START + 4 * SECOND, '4'),
    history(START, 1, START + 9 * SECOND, '9'),
  ])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  await settle()
  session.apply(frame(5, { seconds: [second(5)] }))
  await vi.advanceTimersByTimeAsync(3_000)
  session.apply(frame(8, { seconds: [second(6), second(7), second(8)] }))
  await vi.advanceTimersByTimeAsync(3_000)
  session.apply(frame(10, { seconds: [second(9), second(10)] }))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(engine.asked.length).toBe(3)
  expect(session.model.bars.map((bar) => bar.values?.volume)).toEqual(['11'])
  session.close()
})

test('older bars are asked for before the oldest, once at a time, until there are none', async () => {
  const engine = createEngine([
    history(START, 2, START + 2 * MINUTE, '1'),
    history(START - 3 * MINUTE, 3, START, '1', true),
  ])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  session.loadOlder()
  await settle()
  session.loadOlder()
  session.loadOlder()
  expect(session.state().older).toBe(true)
  await settle()
  session.loadOlder()
  await settle()
  expect(engine.asked[1]).toEqual({ instrument: 'upbit:BTC/KRW', interval: MINUTE, count: 1_000, to: START })
  expect([engine.asked.length, session.model.bars.length, session.state().older]).toEqual([2, 5, false])
  session.close()
})

test('a gap that was filled afterwards brings its bars again', async () => {
  const engine = createEngine([
    history(START, 1, START + 10 * SECOND, '10'),
    history(START, 1, START + 20 * SECOND, '25'),
  ])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  await settle()
  session.apply(frame(9))
  const filled = {
    since: START + 3 * SECOND,
    until: START + 6 * SECOND,
    reason: 'disconnected',
    filledBy: 'backfill',
  } as const
  session.apply(frame(12, { gaps: [filled] }))
  await vi.advanceTimersByTimeAsync(3_000)
  expect(session.model.bars.map((bar) => bar.values?.volume)).toEqual(['25'])
  session.close()
})

test('a failure is a state with its fault, and is tried again when asked', async () => {
  const engine = createEngine([
    new FaultError('timed-out', 'The engine did not answer.'),
    history(START, 1, START + SECOND, '1'),
  ])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  await settle()
  expect(session.state()).toEqual({
    phase: 'failed',
    older: false,
    fault: { code: 'timed-out', message: 'The engine did not answer.' },
  })
  session.retry()
  await settle()
  expect(session.state().phase).toBe('ready')
  session.close()
})

test('a closed session takes no late answer and leaves no timer', async () => {
  const engine = createEngine([history(START, 1, START, '1')])
  const session = createChartSession(engine.client, 'upbit:BTC/KRW', MINUTE)
  session.apply(frame(5))
  session.close()
  await settle()
  expect([session.model.bars.length, vi.getTimerCount()]).toEqual([0, 0])
})
