import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import type { Command } from '../tapedeck.ts'
import { run, start, tempFolder, until } from '../tapedeck.ts'
import { newestArrival, storedBars, storedGaps, storedTrades } from './engine-records.ts'

/** Its trades can be had over REST after the cut, page by page. */
const FILLED: InstrumentKey = 'upbit:BTC/KRW'
/** Its REST interface is away too, until long after. */
const LOST: InstrumentKey = 'binance:BTC/USDT'
/** TAPEDECK_CUT_SECONDS=90 cuts as long as the statement says. */
const CUT = Number(process.env['TAPEDECK_CUT_SECONDS'] ?? 6) * SECOND

interface Run {
  readonly folder: string
  readonly emulator: Emulator
  readonly app: Command
}

/** Two engines over two emulators of the same seed and start: one is cut off, the other is the control. */
let broken: Run
let control: Run
let from = 0
let to = 0

async function begin(startAt: number): Promise<Run> {
  const emulator = await spawnEmulator({ rate: 400, seed: 54, start: startAt, venues: ['binance', 'upbit'] })
  const folder = tempFolder()
  const app = start(['serve', '--live', '--data', folder], {
    environment: {
      TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`,
      TAPEDECK_WATCHLIST: [FILLED, LOST].join(),
    },
  })
  return { folder, emulator, app }
}
const gapOf = (market: InstrumentKey) =>
  storedGaps(broken.folder).findLast((gap) => gap.market === market && gap.reason === 'disconnected')
const streamed = ({ folder }: Run, market: InstrumentKey, after: number) =>
  until(
    () => {
      if (newestArrival(folder) === 0) return false
      return storedTrades(folder).some(
        (trade) => trade.market === market && trade.origin === 'stream' && trade.at > after,
      )
    },
    (isThere) => isThere,
    60_000,
  )

beforeAll(async () => {
  const startAt = Date.now()
  ;[broken, control] = await Promise.all([begin(startAt), begin(startAt)])
  for (const each of [broken, control]) for (const market of [FILLED, LOST]) await streamed(each, market, 0)
  const first = Math.max(
    ...[broken, control].flatMap(({ folder }) =>
      [FILLED, LOST].map((market) => storedTrades(folder).find((trade) => trade.market === market)!.at),
    ),
  )
  from = Math.ceil(first / SECOND) * SECOND
  await streamed(broken, FILLED, from + 2 * SECOND)
  await broken.emulator.inject({ kind: 'refuse', venue: 'upbit', for: CUT })
  await broken.emulator.inject({ kind: 'refuse', venue: 'binance', channel: 'ws', for: CUT })
  await broken.emulator.inject({ kind: 'refuse', venue: 'binance', channel: 'rest', for: CUT + 60_000 })
  await broken.emulator.inject({ kind: 'disconnect' })
  const isOver = (market: InstrumentKey) => (gapOf(market)?.until ?? 0) > 0
  await until(
    () => isOver(FILLED) && isOver(LOST) && gapOf(FILLED)?.filledBy === 'backfill',
    (isDone) => isDone,
    CUT + 90_000,
  )
  const last = Math.max(...storedTrades(broken.folder).map(({ at }) => at))
  to = (Math.floor(last / SECOND) + 1) * SECOND
  // A second is closed two seconds behind the venue's time.
  for (const each of [broken, control])
    for (const market of [FILLED, LOST]) await streamed(each, market, to + 5 * SECOND)
}, CUT + 240_000)
afterAll(async () => {
  for (const each of [broken, control]) {
    await each?.app.end()
    await each?.emulator.close()
    if (each) rmSync(each.folder, { recursive: true, force: true })
  }
})

const inRange = ({ openAt }: { readonly openAt: number }) => openAt >= from && openAt < to
const barsOf = ({ folder }: Run, market: InstrumentKey) =>
  storedBars(folder).filter((bar) => bar.market === market && inRange(bar))

test('A-53 after a cut, with a REST history, the stored seconds equal those of an unbroken run, without a double, and are marked', () => {
  expect(barsOf(broken, FILLED)).toEqual(barsOf(control, FILLED))
  const trades = storedTrades(broken.folder).filter(({ market }) => market === FILLED)
  expect(new Set(trades.map(({ id }) => id)).size).toBe(trades.length)
  const gap = gapOf(FILLED)!
  expect(gap.until! - gap.since).toBeGreaterThan(CUT - SECOND)
  const late = trades.filter(({ origin }) => origin !== 'stream')
  // REST may be back before the socket is dialled again: then the end of the gap was polled.
  expect(late.filter(({ origin }) => origin !== 'backfill' && origin !== 'polled')).toEqual([])
  const fetched = late.filter(({ origin, at }) => origin === 'backfill' && at > gap.since && at < gap.since + CUT)
  expect(fetched.length).toBeGreaterThan(0)
})

test('A-54 without a REST history those seconds are missing, and nothing is made up', () => {
  const gap = gapOf(LOST)!
  const inside = storedTrades(broken.folder).filter(
    ({ market, at }) => market === LOST && at > gap.since + 2 * SECOND && at < gap.until! - 2 * SECOND,
  )
  expect([gap.filledBy, inside]).toEqual([null, []])
  const [held, whole] = [broken, control].map((each) => barsOf(each, LOST).length)
  expect(held).toBeLessThan(whole!)
})

interface Counted {
  readonly instrument: string
  readonly seconds: number
  readonly live: number
  readonly backfilled: number
  readonly missing: number
  readonly unwatched: number
  readonly percent: Readonly<Record<'live' | 'backfilled' | 'missing' | 'unwatched', number>>
}

test('W1 every export says how complete it is: per second, in the sidecar of a CSV and inside an SQLite file', async () => {
  await broken.app.end()
  const files = { csv: join(broken.folder, 'seconds.csv'), sqlite: join(broken.folder, 'seconds.sqlite') }
  for (const [format, file] of Object.entries(files)) {
    const range = ['--from', String(from), '--to', String(to), '--format', format, '--out', file]
    const markets = ['--data', broken.folder, '--markets', `${FILLED},${LOST}`]
    expect(await run(['export', ...markets, ...range])).toMatchObject({ code: 0 })
  }
  const sidecar = JSON.parse(readFileSync(`${files.csv}.meta.json`, 'utf8')) as { completeness: readonly Counted[] }
  const [filled, lost] = [FILLED, LOST].map((market) =>
    sidecar.completeness.find(({ instrument }) => instrument === market)!,
  )
  const seconds = (to - from) / SECOND
  expect([filled!.seconds, filled!.missing, lost!.seconds, lost!.backfilled]).toEqual([seconds, 0, seconds, 0])
  expect(filled!.backfilled).toBeGreaterThan(CUT / SECOND - 2)
  expect(lost!.missing).toBeGreaterThan(CUT / SECOND - 2)
  for (const { live, backfilled, missing, unwatched, percent } of [filled!, lost!]) {
    expect(live + backfilled + missing + unwatched).toBe(seconds)
    expect(percent.missing).toBeCloseTo((100 * missing) / seconds, 3)
  }

  const [header = '', ...lines] = readFileSync(files.csv, 'utf8').replace('\ufeff', '').trimEnd().split('\r\n')
  const columns = header.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, nth) => [columns[nth], cell])))
  const stateOf = (state: string, pair: string) =>
    rows.filter((row) => row['state'] === state && Object.values(row).includes(pair)).length
  expect([stateOf('missing', 'BTC/USDT'), stateOf('missing', 'BTC/KRW')]).toEqual([lost!.missing, 0])
  // The seconds at both ends of the gap hold streamed trades too, and what was polled was not fetched later.
  expect(stateOf('backfilled', 'BTC/KRW')).toBeGreaterThan(0)
  expect(stateOf('backfilled', 'BTC/KRW')).toBeLessThanOrEqual(filled!.backfilled)

  const db = new Database(files.sqlite, { readonly: true })
  const counted = db
    .prepare('SELECT exchange || ? || market AS instrument, missing, missing_percent AS percent FROM completeness')
    .all(':')
  db.close()
  expect(counted).toEqual(
    [filled!, lost!].map(({ instrument, missing, percent }) => ({ instrument, missing, percent: percent.missing })),
  )
})
