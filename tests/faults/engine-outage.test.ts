import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Health, VenueHealth } from '../../src/shared/engine-view.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import type { Command, Connection } from '../tapedeck.ts'
import { connect, run, start, tempFolder, until } from '../tapedeck.ts'
import { bySecond, storedGaps, storedTrades } from './engine-records.ts'

const BUSY: InstrumentKey = 'upbit:BTC/KRW'
/** Seldom traded: most of its seconds are quiet. */
const QUIET: InstrumentKey = 'upbit:BERA/KRW'
const OTHER: InstrumentKey = 'binance:BTC/USDT'

const folder = tempFolder()
let emulator: Emulator
let app: Command
let page: Connection
let health: Health | undefined
async function begin(): Promise<void> {
  app = start(['serve', '--live', '--data', folder], {
    environment: {
      TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`,
      TAPEDECK_WATCHLIST: [BUSY, QUIET, OTHER].join(),
    },
  })
  page = await connect(app)
  page.open('health', {}, (value) => void (health = value))
}
beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 600, seed: 9 })
  await begin()
})
afterAll(async () => {
  page?.close()
  await app?.end()
  await emulator?.close()
  rmSync(folder, { recursive: true, force: true })
})

const upbit = (): VenueHealth | undefined => health?.venues.find(({ venue }) => venue === 'upbit')
const tradesOf = (market: InstrumentKey) => storedTrades(folder).filter((trade) => trade.market === market)
const gapsOf = (market: InstrumentKey) =>
  storedGaps(folder).filter((gap) => gap.market === market && gap.reason !== 'connecting')
const enterState = (state: VenueHealth['state']) =>
  until(
    () => upbit()?.state,
    (now) => now === state,
    40_000,
  )
/** Waits until the market has live trades that came after an instant. */
const live = (market: InstrumentKey, after: number) =>
  until(
    () => tradesOf(market).some(({ origin, receivedAt }) => origin === 'stream' && receivedAt > after),
    (isLive) => isLive,
  )

test('A-03 with the socket refused a venue is polled and says so, the gap has the right span and reason, and it comes back by itself without a double', async () => {
  await enterState('live')
  const liveAt = Date.now()
  await live(BUSY, liveAt + 2 * SECOND)
  await emulator.inject({ kind: 'refuse', venue: 'upbit', channel: 'ws', for: 9 * SECOND })
  const cutAt = Date.now()
  await emulator.inject({ kind: 'disconnect', venue: 'upbit' })
  await until(upbit, (venue) => venue?.state === 'down' && venue.fault !== undefined)
  await enterState('polled')
  await enterState('live')
  const backAt = Date.now()
  await live(BUSY, backAt + 2 * SECOND)

  for (const market of [BUSY, QUIET]) {
    const [gap, ...others] = gapsOf(market)
    expect([gap?.reason, others]).toEqual(['disconnected', []])
    // From the last sign of life to the first after it; the health stream lags it by a second.
    expect(gap!.since).toBeGreaterThan(cutAt - 2 * SECOND)
    expect(gap!.since).toBeLessThanOrEqual(cutAt + SECOND)
    expect(gap!.until).toBeGreaterThan(cutAt + 9 * SECOND)
    expect(gap!.until).toBeLessThanOrEqual(backAt + SECOND)
  }
  expect(gapsOf(OTHER)).toEqual([])

  const [{ since, until: end } = { since: 0, until: 0 }] = gapsOf(BUSY)
  const trades = tradesOf(BUSY)
  expect(new Set(trades.map(({ id }) => id)).size).toBe(trades.length)
  const during = trades.filter(({ receivedAt }) => receivedAt > since && receivedAt < (end ?? 0))
  expect(during.length).toBeGreaterThan(0)
  expect(new Set(during.map(({ origin }) => origin))).toEqual(new Set(['polled']))
  const outside = trades.filter(({ at }) => at < since - SECOND || at > (end ?? 0) + SECOND)
  expect(new Set(outside.map(({ origin }) => origin))).toEqual(new Set(['stream']))
}, 120_000)

test('A-76 a market that goes silent on an open socket is found, and only it has a gap', async () => {
  const before = { busy: gapsOf(BUSY).length, quiet: gapsOf(QUIET).length, other: gapsOf(OTHER).length }
  const silentAt = Date.now()
  await emulator.inject({ kind: 'silence', venue: 'upbit', market: 'KRW-BTC', channel: 'trade', for: 12 * SECOND })
  await until(
    () => upbit()?.troubled.some(({ instrument, fault }) => instrument === BUSY && fault.code === 'market-silent'),
    (isFound) => isFound === true,
  )
  await live(BUSY, silentAt + 12 * SECOND)
  await until(
    () => gapsOf(BUSY),
    (gaps) => gaps.length > before.busy && gaps.every((gap) => gap.until !== null),
  )
  const [gap] = gapsOf(BUSY).slice(before.busy)
  expect(gap?.reason).toBe('silent')
  expect(gap!.since).toBeGreaterThan(silentAt - 2 * SECOND)
  expect(gap!.since).toBeLessThan(silentAt + 2 * SECOND)
  expect([gapsOf(QUIET).length, gapsOf(OTHER).length]).toEqual([before.quiet, before.other])
  const trades = tradesOf(BUSY)
  expect(new Set(trades.map(({ id }) => id)).size).toBe(trades.length)
}, 60_000)

test('A-13 malformed frames are counted by rule and can be looked at', async () => {
  await emulator.inject({ kind: 'malformed', venue: 'upbit', shape: 'not-json', count: 30 })
  const counted = () => Object.values(upbit()?.malformed ?? {}).reduce((sum, count) => sum + count, 0)
  await until(counted, (count) => count >= 30)
  const samples = await page.call('health.samples', { venue: 'upbit' })
  expect(samples.length).toBe(20)
  for (const sample of samples) {
    expect(Object.keys(sample).toSorted()).toEqual(['at', 'frame', 'message', 'rule'])
    expect(Object.keys(upbit()!.malformed)).toContain(sample.rule)
    expect(sample.message).toMatch(/\S/)
  }
  expect(upbit()!.state).toBe('live')
})

test('A-20 a second without a trade is quiet where we were live, missing where we were not, and back-filled where it was asked for afterwards, in the exported file too', async () => {
  await app.end()
  await until(
    () => Date.now(),
    (now) => now > Math.max(...tradesOf(BUSY).map(({ at }) => at)) + 3 * SECOND,
  )
  await begin()
  const to = (Math.floor(Date.now() / SECOND) + 2) * SECOND
  // Both trades and quiet seconds are closed two seconds behind the venue's time.
  await live(BUSY, to + 5 * SECOND)

  const file = join(folder, 'seconds.csv')
  const from = Math.ceil(Math.min(...tradesOf(QUIET).map(({ at }) => at)) / SECOND) * SECOND
  const range = ['--from', String(from), '--to', String(to)]
  const options = ['--data', folder, '--markets', QUIET, ...range, '--no-bom', '--out', file]
  expect(await run(['export', ...options])).toMatchObject({ code: 0, said: '' })
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n')
  const columns = header.split(',')
  const told = lines.map((line) => {
    const row = Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell]))
    return { openAt: Number(row['epoch_ms']), state: row['state'], hasPrice: row['open'] !== '' }
  })

  const traded = bySecond(tradesOf(QUIET), ({ market }) => market)
  const gaps = storedGaps(folder).filter(({ market }) => market === QUIET)
  const expected = Array.from({ length: (to - from) / SECOND }, (_, index) => {
    const openAt = from + index * SECOND
    const trades = traded.get(`${QUIET} ${openAt}`)
    if (trades) {
      const isLate = trades.some(({ origin }) => origin === 'backfill')
      return { openAt, state: isLate ? 'backfilled' : 'traded', hasPrice: true }
    }
    const touching = gaps.filter((gap) => gap.since < openAt + SECOND && (gap.until ?? Infinity) > openAt)
    const isMissing = touching.some(({ filledBy }) => filledBy === null)
    return { openAt, state: isMissing ? 'missing' : touching.length > 0 ? 'backfilled' : 'quiet', hasPrice: false }
  })
  expect(told).toEqual(expected)
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['traded', 'quiet', 'missing', 'backfilled']))
}, 60_000)
