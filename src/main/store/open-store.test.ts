import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mergeBars, openOf } from '../../shared/bars.ts'
import type { Bar, Instrument, MarketEvent } from '../../shared/market.ts'
import { DAY, HOUR, INTERVALS, MINUTE, SECOND } from '../../shared/market.ts'
import { BTC, ETH, START, clock, emptySecond, gap, second, ticker, trade } from '../journal/fixtures.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open-journal.ts'
import { followJournal } from './follow-journal.ts'
import { openReader } from './open-reader.ts'
import { openStore } from './open-store.ts'
import { openReadOnly } from './read-only.ts'
import type { Reader, Store } from './store.ts'

const COUNT = 2_000

let folder: string
let journal: Journal
let store: Store
let reader: Reader

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-store-'))
  await open()
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

const now = () => START
async function open() {
  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  journal = await openJournal({
    file: files.journalFile,
    demo: false,
    caps: { bytes: 1e9 },
    ballastBytes: 4_096,
    clock: now,
  })
  store = await openStore({
    ...files,
    demo: false,
    caps: { storeBytes: 1e9, tradeDays: 30, secondDays: 365 },
    collector: 'c0',
    ballastBytes: 4_096,
    clock: now,
  })
  reader = await openReader({ marketFile: files.marketFile })
  followJournal(store, journal)
}
async function close() {
  await reader.close()
  await store.close()
  await journal.close()
}
async function put(...events: MarketEvent[]) {
  for (const event of events) {
    if (event.data.kind === 'clock') journal.appendToAll('trades', event)
    else if (event.data.kind === 'bar') await journal.commit('bars', [], { topic: 'bars', events: [event] })
    else journal.append(event.data.kind === 'ticker' ? 'tickers' : 'trades', [event])
  }
  await stored()
}
async function stored() {
  await expect.poll(() => journal.stats().pending).toBe(0)
  const ends = await journal.ends()
  const wanted = ends.filter(({ topic }) => !topic.includes('books')).reduce((sum, { end }) => sum + end, 0)
  await expect.poll(() => cursorSum(), { timeout: 10_000 }).toBe(wanted)
}
const cursorSum = () => query<{ sum: number }>('SELECT coalesce(sum(next_offset), 0) AS sum FROM cursors')[0]!.sum
function query<R>(sql: string): R[] {
  const db = openReadOnly(join(folder, 'market.db'))
  try {
    return db.prepare<[], R>(sql).all()
  } finally {
    db.close()
  }
}

test('A trade that comes twice is one row; times, side and finer time are kept as the venue gave them.', async () => {
  const { side: _, ...noSide } = trade('2', START).data
  const plain = { ...trade('2', START + 1, { atText: '2026-01-05T00:00:00.001234Z' }), data: noSide }
  await put(trade('1', START), trade('1', START), plain, trade('1', START, { instrument: ETH }))
  expect(
    query(
      'SELECT key, at, trades.id AS id, price, size, side, received_at, origin, at_text FROM trades JOIN instruments ON instruments.id = instrument ORDER BY key, at',
    ),
  ).toEqual([
    {
      key: BTC,
      at: START,
      id: '1',
      price: '116539000',
      size: '0.0007772',
      side: 1,
      received_at: START + 5,
      origin: 'stream',
      at_text: null,
    },
    {
      key: BTC,
      at: START + 1,
      id: '2',
      price: '116539000',
      size: '0.0007772',
      side: null,
      received_at: START + 6,
      origin: 'stream',
      at_text: '2026-01-05T00:00:00.001234Z',
    },
    {
      key: ETH,
      at: START,
      id: '1',
      price: '116539000',
      size: '0.0007772',
      side: 1,
      received_at: START + 5,
      origin: 'stream',
      at_text: null,
    },
  ])
  expect(store.stats().trades).toBe(3)
})

test('A-18 seconds that come together after the process stalled for 3 s stay seconds of their own', async () => {
  await put(
    ...[0, 1, 2, 3].map((index) => second(START + index * SECOND, String(index + 1))),
    emptySecond(START + 4 * SECOND, 'quiet'),
  )
  expect(query('SELECT open_at, close FROM bars WHERE interval = 1000 ORDER BY open_at')).toEqual(
    [0, 1, 2, 3].map((index) => ({ open_at: START + index * SECOND, close: String(index + 1) })),
  )
})

test('A-19 the highest revision of a second holds, whatever the order, and one without trades removes it', async () => {
  await put(
    second(START, '2', { revision: 1 }),
    second(START, '1'),
    second(START + SECOND, '1'),
    second(START + 2 * SECOND, '9', { state: 'backfilled' }),
  )
  await put(emptySecond(START + SECOND, 'missing', 1), emptySecond(START + 2 * SECOND, 'quiet'))
  expect(query('SELECT open_at, close, revision, state FROM bars ORDER BY open_at')).toEqual([
    { open_at: START, close: '2', revision: 1, state: 'traded' },
    { open_at: START + 2 * SECOND, close: '9', revision: 0, state: 'backfilled' },
  ])
})

test('A-20 a second without trades and a second without connection are different states, and neither has a price', async () => {
  await put(
    gap(START, { reason: 'connecting', until: START + 500 }),
    second(START + SECOND, '10'),
    trade('1', START + SECOND),
    gap(START + 3_200, { until: START + 5_100 }),
    second(START + 4 * SECOND, '12', { state: 'backfilled' }),
    clock(START + 20 * SECOND),
  )
  const { bars, coverage } = await reader.bars({ instrument: BTC, interval: SECOND, to: START + 8 * SECOND, count: 8 })
  expect(bars.state).toEqual(['missing', 'traded', 'quiet', 'missing', 'backfilled', 'missing', 'quiet', 'quiet'])
  expect(bars.close).toEqual(['', '10', '', '', '12', '', '', ''])
  expect(coverage.watched).toEqual({ from: START, to: START + 21 * SECOND })
  expect(await reader.completeness({ instrument: BTC, from: START - 5 * SECOND, to: START + 8 * SECOND })).toEqual({
    instrument: BTC,
    seconds: 13,
    live: 4,
    backfilled: 1,
    missing: 3,
    unwatched: 5,
    runs: [
      { from: START - 5 * SECOND, to: START, state: 'unwatched' },
      { from: START, to: START + SECOND, state: 'missing' },
      { from: START + SECOND, to: START + 3 * SECOND, state: 'live' },
      { from: START + 3 * SECOND, to: START + 4 * SECOND, state: 'missing' },
      { from: START + 4 * SECOND, to: START + 5 * SECOND, state: 'backfilled' },
      { from: START + 5 * SECOND, to: START + 6 * SECOND, state: 'missing' },
      { from: START + 6 * SECOND, to: START + 8 * SECOND, state: 'live' },
    ],
  })
})

test('A market that nobody watches is not advanced by the clock, until somebody does again.', async () => {
  await put(
    trade('1', START),
    clock(START + 10 * SECOND),
    gap(START + 10 * SECOND, { reason: 'unwatched' }),
    clock(START + 60 * SECOND),
  )
  const range = { instrument: BTC, from: START, to: START + 100 * SECOND }
  expect(await reader.completeness(range)).toMatchObject({ live: 10, missing: 0, unwatched: 90 })
  await put(gap(START + 10 * SECOND, { reason: 'unwatched', until: START + 70 * SECOND }), clock(START + 99_999))
  expect(await reader.completeness(range)).toMatchObject({ live: 40, missing: 0, unwatched: 60 })
})

test('A-53 trades that were fetched later mark their gap as filled, and do not widen what was watched.', async () => {
  await put(
    trade('1', START + 10 * SECOND),
    gap(START + 12 * SECOND, { until: START + 15 * SECOND }),
    gap(START + 20 * SECOND, { until: START + 21 * SECOND }),
  )
  await put(trade('b', START + 13 * SECOND, { origin: 'backfill' }), trade('a', START - HOUR, { origin: 'backfill' }))
  expect(await reader.coverage({ instrument: BTC, from: START - DAY, to: START + DAY })).toEqual({
    watched: { from: START + 10 * SECOND, to: START + 22 * SECOND },
    gaps: [
      { since: START + 12 * SECOND, until: START + 15 * SECOND, reason: 'disconnected', filledBy: 'backfill' },
      { since: START + 20 * SECOND, until: START + 21 * SECOND, reason: 'disconnected' },
    ],
  })
})

test('Tickers are thinned to the newest of each second and market.', async () => {
  await put(ticker(START + 900, '3'), ticker(START + 100, '1'), ticker(START + 1_000, '4'), ticker(START, '9', ETH))
  await put(ticker(START + 800, '2'), ticker(START + 1_001, '5'))
  expect(query('SELECT at, last FROM tickers JOIN instruments ON id = instrument ORDER BY key, at')).toEqual([
    { at: START + 900, last: '3' },
    { at: START + 1_001, last: '5' },
    { at: START, last: '9' },
  ])
})

test('A-21 bars of every interval equal those merged from all seconds, while minutes and hours fill up and after a restart', async () => {
  const seconds: Bar[] = []
  const expected = (interval: number) => {
    const oldest = openOf(seconds.at(-1)!.openAt, interval) - (COUNT - 1) * interval
    const asked = seconds.filter((bar) => bar.openAt >= oldest)
    const slots = Map.groupBy(asked, (bar) => openOf(bar.openAt, interval))
    return [...slots].map(([openAt, parts]) => {
      const bar = mergeBars(parts, interval, openAt)
      return [
        bar.openAt,
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.volume,
        bar.quoteVolume,
        bar.buyVolume,
        bar.trades,
      ]
    })
  }
  const answered = async (interval: number) => {
    const { bars, through } = await reader.bars({ instrument: BTC, interval, count: COUNT })
    expect(through).toBe(seconds.at(-1)!.openAt + SECOND)
    return bars.openAt.flatMap((openAt, i) =>
      bars.close[i] === ''
        ? []
        : [
            [
              openAt,
              bars.open[i],
              bars.high[i],
              bars.low[i],
              bars.close[i],
              bars.volume[i],
              bars.quoteVolume[i],
              bars.buyVolume[i],
              bars.trades[i],
            ],
          ],
    )
  }
  const steps = fc.sample(
    fc.record({ after: fc.integer({ min: 1, max: 400 }), price: fc.integer({ min: 1, max: 999 }) }),
    { numRuns: 150, seed: 7 },
  )
  let openAt = START + 22 * HOUR
  for (const [index, { after, price }] of steps.entries()) {
    openAt += after * SECOND
    const event = second(openAt, String(price / 8))
    seconds.push(event.data)
    await journal.commit('bars', [], { topic: 'bars', events: [event] })
    if (index === 75) {
      await close()
      await open()
    }
    if (index % 30 !== 29) continue
    // A second of an hour that is over is corrected: its minute and hour are made again.
    const late = seconds[index - 25]!
    const corrected = second(late.openAt, '1000.5', { revision: 1 })
    seconds[index - 25] = corrected.data
    await put(corrected)
    for (const interval of INTERVALS)
      expect([interval, await answered(interval)]).toEqual([interval, expected(interval)])
  }
  const rows = query<{ interval: number; n: number }>(
    'SELECT interval, count(*) AS n FROM bars GROUP BY interval ORDER BY interval',
  )
  expect(rows.map(({ interval }) => interval)).toEqual([SECOND, MINUTE, HOUR])
}, 60_000)

test('The tape gives the newest trades before an instant, oldest first, in order of (time, arrival).', async () => {
  await put(
    trade('3', START + 2),
    trade('1', START),
    trade('2b', START + 1),
    trade('2a', START + 1),
    trade('4', START + 3),
  )
  const rows = await reader.trades({ instrument: BTC, before: START + 3, count: 3 })
  expect(rows.map(({ id }) => id)).toEqual(['2b', '2a', '3'])
  expect(await reader.stored()).toEqual([{ instrument: BTC, lastAt: START + 3 }])
})

test('A venue’s list describes its markets; those that it no longer names are kept, marked.', async () => {
  const btc: Instrument = {
    key: BTC,
    venue: 'upbit',
    native: 'KRW-BTC',
    base: 'BTC',
    quote: 'KRW',
    names: { ko: '비트코인' },
    tickSize: '1000',
    status: 'trading',
  }
  const eth: Instrument = {
    key: ETH,
    venue: 'upbit',
    native: 'KRW-ETH',
    names: {},
    status: 'halted',
    warning: 'WARNING',
  }
  await store.putInstruments('upbit', [btc, eth])
  expect(await reader.instruments()).toEqual([btc, eth])
  await store.putInstruments('upbit', [{ ...eth, status: 'trading' }])
  expect(query('SELECT key, listed, status FROM instruments ORDER BY key')).toEqual([
    { key: BTC, listed: 0, status: 'trading' },
    { key: ETH, listed: 1, status: 'trading' },
  ])
})

test('A-34 a store that starts again goes on where it was, and a journal made anew is read from its start', async () => {
  await put(trade('1', START), trade('2', START + 1))
  await close()
  await open()
  await put(trade('3', START + 2))
  expect(store.stats().trades).toBe(3)
  await close()
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `journal.db${end}`), { force: true })
  await open()
  await put(trade('3', START + 2), trade('4', START + 3))
  expect([store.stats().trades, store.stats().behind]).toEqual([4, 0])
})

test('Nothing is trimmed from the journal before it is stored, and the journal knows how far that is.', async () => {
  await put(trade('1', START), trade('2', START + 1))
  await expect.poll(async () => (await journal.cursors('store')).reduce((sum, { offset }) => sum + offset, 0)).toBe(2)
})

test('A real store refuses to take the demo’s data.', async () => {
  await expect(
    openStore({
      journalFile: join(folder, 'journal.db'),
      marketFile: join(folder, 'market.db'),
      demo: true,
      caps: { storeBytes: 1e9, tradeDays: 30, secondDays: 365 },
      collector: 'c0',
    }),
  ).rejects.toMatchObject({ fault: { code: 'bad-setting' } })
})
