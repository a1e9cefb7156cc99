import { describe, expect, test } from 'vitest'
import type { BarHistory, GapRow } from '../shared/market-view.ts'
import type { BarState, Millis } from '../shared/market.ts'
import { MINUTE, SECOND } from '../shared/market.ts'
import type { Candle } from './exchanges/exchange.ts'
import { createHistory } from './history.ts'

const START = 1_790_000_040_000 // on a minute
const KEY = 'upbit:BTC/KRW'
const at = (minute: number): Millis => START + minute * MINUTE

/** A stored bar of our own: its close tells that it is ours. */
const own = (minute: number, state: BarState = 'traded') => ({ openAt: at(minute), state, close: `${minute}` })
type Own = ReturnType<typeof own>
/** A candle of the venue: its close tells that it is the venue's. */
const candle = (minute: number): Candle => {
  const close = `${minute}.5`
  return { openAt: at(minute), open: close, high: close, low: close, close, volume: '1' }
}

interface Setup {
  readonly bars: readonly Own[]
  /** First minute watched. */
  readonly watchedFrom?: number
  readonly gaps?: readonly GapRow[]
  readonly candles?: readonly number[]
  readonly now: Millis
  readonly through?: Millis
  /** Candles in one answer. */
  readonly page?: number
  readonly intervals?: readonly Millis[]
  readonly fails?: boolean
}

/** A history over a reader and a venue that hold what the test says. */
function setup(options: Setup) {
  const { bars, watchedFrom = 0, gaps = [], candles = [], page = 1_000, intervals = [MINUTE] } = options
  const calls: { to: Millis; limit: number }[] = []
  let now = options.now
  const history = createHistory(
    {
      bars({ to = Infinity, count }) {
        const found = bars.filter(({ openAt }) => openAt < to).slice(-count)
        const column = found.map(({ close, state }) => (state === 'traded' || state === 'backfilled' ? close : ''))
        const answer: BarHistory = {
          instrument: KEY,
          interval: MINUTE,
          bars: {
            openAt: found.map(({ openAt }) => openAt),
            open: column,
            high: column,
            low: column,
            close: column,
            volume: column,
            quoteVolume: column,
            buyVolume: column,
            trades: found.map(() => 1),
            state: found.map(({ state }) => state),
            origin: found.map(() => 'stream'),
          },
          through: options.through ?? now,
          coverage: { watched: { from: at(watchedFrom), to: now }, gaps },
          complete: true,
        }
        return Promise.resolve(answer)
      },
    },
    () => ({
      native: 'KRW-BTC',
      exchange: {
        rest: {
          intervals,
          candles(_market, _interval, to, limit) {
            calls.push({ to, limit })
            const found = candles.map(candle).filter(({ openAt }) => openAt < to)
            return { path: '', group: '', weight: 1, decode: () => found.slice(-Math.min(limit, page)) }
          },
        },
      },
      run: (call) => (options.fails ? Promise.reject(new Error('away')) : Promise.resolve(call.decode(''))),
    }),
    () => now,
  )
  return {
    calls,
    wait(length: Millis) {
      now += length
    },
    /** Minute, close and origin of each bar. */
    async ask(count: number, to?: Millis) {
      const answer = await history({ instrument: KEY, interval: MINUTE, count, ...(to === undefined ? {} : { to }) })
      const { openAt, close, origin } = answer.bars
      return { ...answer, shown: openAt.map((open, i) => [(open - START) / MINUTE, close[i], origin[i]]) }
    },
  }
}

describe('whose bar is shown', () => {
  test('where we were live throughout, our own, and the venue is not asked', async () => {
    const { ask, calls } = setup({ bars: [own(0), own(1), own(2, 'quiet'), own(3)], now: at(3) + 30 * SECOND })
    expect((await ask(4)).shown).toEqual([
      [0, '0', 'stream'],
      [1, '1', 'stream'],
      [2, '', 'stream'],
      [3, '3', 'stream'],
    ])
    expect(calls).toEqual([])
  })

  test('before we watched, the venue’s candles; a bar that we began in its middle never hides the whole one', async () => {
    const { ask } = setup({
      bars: [own(2), own(3), own(4)],
      watchedFrom: 2.5,
      candles: [0, 1, 2, 3, 4],
      now: at(5) - SECOND,
    })
    expect((await ask(5)).shown).toEqual([
      [0, '0.5', 'venue'],
      [1, '1.5', 'venue'],
      [2, '2.5', 'venue'],
      [3, '3', 'stream'],
      [4, '4', 'stream'],
    ])
  })

  test('A-54 where a gap cuts our bar short, the venue’s candle; where the venue has none, ours as it is', async () => {
    const gaps: GapRow[] = [{ since: at(1) + 10 * SECOND, until: at(2) + 10 * SECOND, reason: 'disconnected' }]
    const { ask } = setup({ bars: [own(0), own(1), own(2), own(3)], gaps, candles: [1], now: at(4) - SECOND })
    expect((await ask(4)).shown).toEqual([
      [0, '0', 'stream'],
      [1, '1.5', 'venue'],
      [2, '2', 'stream'],
      [3, '3', 'stream'],
    ])
  })

  test('A-53 a gap that was filled afterwards hides nothing: our own again, and the venue is not asked', async () => {
    const gaps: GapRow[] = [{ since: at(1), until: at(2), reason: 'disconnected', filledBy: 'backfill' }]
    const { ask, calls } = setup({
      bars: [own(0), own(1, 'backfilled'), own(2)],
      gaps,
      candles: [1],
      now: at(3) - SECOND,
    })
    expect((await ask(3)).shown).toEqual([
      [0, '0', 'stream'],
      [1, '1', 'stream'],
      [2, '2', 'stream'],
    ])
    expect(calls).toEqual([])
  })

  test('where the venue does not answer, or offers no such interval, what we have', async () => {
    for (const trouble of [{ fails: true }, { intervals: [] }]) {
      const { ask } = setup({ bars: [own(2), own(3)], watchedFrom: 2.5, candles: [0, 1], now: at(4) - 1, ...trouble })
      expect((await ask(10)).shown).toEqual([
        [2, '2', 'stream'],
        [3, '3', 'stream'],
      ])
    }
  })
})

describe('the running bar', () => {
  test('our own is as far as it is stored', async () => {
    const through = at(1) + 20 * SECOND
    const { ask } = setup({ bars: [own(0), own(1)], now: at(1) + 23 * SECOND, through })
    expect((await ask(2)).through).toBe(through)
  })

  test('the venue’s holds what was traded until it was asked, also when it is told again from memory', async () => {
    const asked = at(2) + 10_400
    const { ask, wait, calls } = setup({
      bars: [own(2)],
      watchedFrom: 2.1,
      candles: [0, 1, 2],
      now: asked,
      through: at(2) + 8 * SECOND,
    })
    const first = await ask(3)
    expect([first.shown.at(-1), first.through]).toEqual([[2, '2.5', 'venue'], at(2) + 10 * SECOND])
    wait(15 * SECOND)
    expect((await ask(3)).through).toBe(at(2) + 10 * SECOND)
    expect(calls).toHaveLength(1)
    wait(10 * SECOND)
    expect((await ask(3)).through).toBe(at(2) + 35 * SECOND)
    expect(calls).toHaveLength(2)
  })
})

describe('paging back', () => {
  const minutes = Array.from({ length: 40 }, (_, minute) => minute)

  test('a page ends where the one before began, older ones are the venue’s, and nothing is complete until nothing comes', async () => {
    const { ask } = setup({ bars: [own(38), own(39)], watchedFrom: 38, candles: minutes, now: at(40) - SECOND })
    const newest = await ask(10)
    expect(newest.shown.map(([minute]) => minute)).toEqual(minutes.slice(30))
    const older = await ask(20, newest.bars.openAt[0])
    expect(older.shown.map(([minute]) => minute)).toEqual(minutes.slice(10, 30))
    const oldest = await ask(20, older.bars.openAt[0])
    expect(oldest.shown.map(([minute]) => minute)).toEqual(minutes.slice(0, 10))
    const beyond = await ask(20, oldest.bars.openAt[0])
    expect([newest, older, oldest, beyond].map(({ complete }) => complete)).toEqual([false, false, false, true])
  })

  test('asks the venue at most three times for one answer, each for what is still wanted', async () => {
    const { ask, calls } = setup({ bars: [], watchedFrom: 40, candles: minutes, now: at(40) - SECOND, page: 5 })
    expect((await ask(30)).shown.map(([minute]) => minute)).toEqual(minutes.slice(25))
    expect(calls).toEqual([
      { to: at(40), limit: 30 },
      { to: at(35), limit: 25 },
      { to: at(30), limit: 20 },
    ])
  })

  test('a short answer kept in memory does not stand for a longer one', async () => {
    const { ask } = setup({ bars: [], watchedFrom: 40, candles: minutes, now: at(40) - SECOND })
    expect((await ask(2)).shown).toHaveLength(2)
    expect((await ask(30)).shown).toHaveLength(30)
  })
})
