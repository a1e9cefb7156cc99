import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Health } from '../../src/shared/engine-view.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import type { Command } from '../tapedeck.ts'
import { connect, start, tempFolder, until } from '../tapedeck.ts'
import { integrity, keyOf, storedGaps, storedTrades } from './engine-records.ts'

const MARKETS: readonly InstrumentKey[] = ['upbit:BTC/KRW', 'binance:BTC/USDT']
const MEGABYTE = 1_048_576
/** Room for both ballasts and some seconds of a market. */
const SIZE = '200m'

const mount = tempFolder()
const folder = join(mount, 'data')
let isMounted = false
let emulator: Emulator | undefined
let app: Command | undefined

beforeEach(() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', mount], { stdio: 'ignore' })
    isMounted = true
  } catch {
    isMounted = false
  }
})
afterEach(async () => {
  await app?.end('SIGKILL')
  await emulator?.close()
  if (isMounted) execFileSync('umount', [mount])
  rmSync(mount, { recursive: true, force: true })
})

/** Takes all the room there is. */
function fill(file: string): void {
  for (let size = 8 * MEGABYTE; size >= 512; size /= 2)
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // As much as there is, in ever smaller pieces.
    }
}

test('A-28 A-77 on a full disk the engine goes on, says so, counts and marks what it could not keep, and writes again when there is room', async (context) => {
  if (!isMounted) return context.skip('needs the right to mount a small file system')
  mkdirSync(folder)
  emulator = await spawnEmulator({ rate: 1_500, seed: 6 })
  app = start(['serve', '--live', '--data', folder, '--metrics', '0'], {
    environment: {
      TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`,
      TAPEDECK_WATCHLIST: MARKETS.join(),
    },
  })
  const page = await connect(app)
  let health: Health | undefined
  let shown = 0
  page.open('health', {}, (value) => void (health = value))
  page.open('market', { focus: MARKETS[0]!, follow: [], hidden: false }, ({ trades }) => void (shown += trades.length))
  const ballasts = () => ['journal.db.ballast', 'market.db.ballast'].every((name) => existsSync(join(folder, name)))
  await until(
    () => ballasts() && (health?.store.trades ?? 0) > 100,
    (isReady) => isReady,
    30_000,
  )
  expect(health?.faults).toEqual([])

  const hog = join(mount, 'hog')
  fill(hog)
  await until(
    () => health?.journal.fault?.code,
    (code) => code === 'disk-full',
    60_000, // the log that is open is filled first
  )
  // Whoever watches from outside hears it too, and what.
  const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(app.said()) ?? []
  const told = await fetch(`${address}/health`)
  expect({ status: told.status, body: await told.json() }).toMatchObject({
    status: 503,
    body: { status: 'failing', parts: expect.arrayContaining([{ part: 'journal', ...health!.journal.fault }]) },
  })
  // It goes on: prices still reach the page, sockets stay, and what is lost is counted.
  const before = { shown, dropped: health!.journal.dropped }
  await until(
    () => ({ shown, dropped: health!.journal.dropped }),
    (now) => now.shown > before.shown + 50 && now.dropped > before.dropped,
  )
  // KIS has no key here.
  const states = health!.venues.filter(({ venue }) => venue !== 'kis').map(({ state }) => state)
  expect(new Set(states)).toEqual(new Set(['live']))
  expect(health!.faults.map(({ code }) => code)).toContain('disk-full')

  rmSync(hog)
  await until(
    () => health!.faults,
    (faults) => faults.length === 0,
    30_000,
  )
  const freedAt = Date.now()
  const dropped = health!.journal.dropped
  await until(
    () =>
      MARKETS.every((key) => storedTrades(folder).some(({ market, at }) => market === key && at > freedAt + SECOND)),
    (isStored) => isStored,
    30_000,
  )
  expect(health!.journal.dropped).toBe(dropped)
  page.close()
  expect((await app.end()).code).toBe(0)
  expect(integrity(folder)).toEqual(['ok', 'ok'])

  // Each trade that was sent is stored, or lies in a gap that says so; and no more were lost than were counted.
  const stored = storedTrades(folder)
  const kept = new Set(stored.map(({ market, id }) => `${market} ${id}`))
  const gaps = storedGaps(folder).filter(({ reason }) => reason === 'halted')
  let lost = 0
  for (const market of MARKETS) {
    const times = stored.filter((trade) => trade.market === market).map(({ at }) => at)
    const [first, last] = [Math.min(...times), Math.max(...times)]
    const { trades } = await emulator.sent({ from: first, to: last })
    const missing = trades.filter(
      (trade) => keyOf(trade) === market && trade.sent > 0 && !kept.has(`${market} ${trade.id}`),
    )
    expect(missing.length).toBeGreaterThan(0)
    lost += missing.length
    const outside = missing.filter(
      ({ at }) => !gaps.some((gap) => gap.market === market && gap.since <= at && (gap.until ?? Infinity) >= at),
    )
    expect(outside).toEqual([])
  }
  expect(lost).toBeLessThanOrEqual(dropped)
}, 180_000)
