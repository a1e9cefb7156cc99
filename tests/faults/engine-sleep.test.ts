import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Engine } from '../../src/main/engine.ts'
import { openEngine } from '../../src/main/engine.ts'
import { exchanges } from '../../src/main/exchanges/registry.ts'
import { createLog } from '../../src/main/log.ts'
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts'
import { createClient, createPortPair } from '../../src/shared/bridge.ts'
import type { AppContract } from '../../src/shared/contract.ts'
import type { Notice } from '../../src/shared/engine-view.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import { tempFolder, until } from '../tapedeck.ts'
import { keyOf, storedGaps, storedTrades } from './engine-records.ts'

const MARKETS: readonly InstrumentKey[] = ['upbit:BTC/KRW', 'binance:BTC/USDT']
const folder = tempFolder()
let emulator: Emulator
let engine: Engine
let tell: (state: 'suspended' | 'resumed') => void = () => undefined

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 60, seed: 21 })
  engine = await openEngine({
    folder,
    settingsFolder: folder,
    demo: false,
    exchanges,
    endpoints: emulator.endpoints,
    host: {
      kind: 'headless',
      secrets: createMemorySecrets(),
      switchMode: () => Promise.resolve(),
      restore: () => Promise.resolve(),
      restored: undefined,
      onPower(listener) {
        tell = listener
        return () => undefined
      },
    },
    version: '0',
    log: createLog(() => undefined),
    mode: () => ({ mode: 'live' }),
    probe: () => Promise.resolve({ mode: 'live' }),
    watch: MARKETS,
  })
})
afterAll(async () => {
  await engine?.close()
  await emulator?.close()
  rmSync(folder, { recursive: true, force: true })
})

const venues = () => engine.health().venues.filter(({ venue }) => venue === 'upbit' || venue === 'binance')
const isLive = () => venues().every(({ state }) => state === 'live')
const newest = (market: InstrumentKey) =>
  Math.max(
    ...storedTrades(folder).flatMap((each) => (each.market === market && each.origin === 'stream' ? [each.at] : [])),
  )

test('A-55 after a sleep all sockets are replaced within 5 s, the gap is filled, and one notice is told', async () => {
  const [page, port] = createPortPair()
  engine.serve(port)
  const notices: Notice[] = []
  createClient<AppContract>(page).open('notices', {}, (notice) => void notices.push(notice))
  await until(isLive, Boolean)
  const liveAt = Date.now()
  await until(
    () => Math.min(...MARKETS.map(newest)),
    (at) => at > liveAt + SECOND,
  )

  // Asleep: the sockets stay open and nobody speaks on them.
  const sleptAt = Date.now()
  tell('suspended')
  await emulator.inject({ kind: 'silence', for: 2 * SECOND })
  await until(Date.now, (now) => now > sleptAt + 2 * SECOND)
  const before = venues().map(({ reconnects }) => reconnects)
  const wokeAt = Date.now()
  tell('resumed')
  tell('resumed')
  await until(() => isLive() && venues().every(({ reconnects }, index) => reconnects > before[index]!), Boolean, 5_000)
  expect(Date.now() - wokeAt).toBeLessThan(5_000)

  const gaps = () => storedGaps(folder).filter(({ reason }) => reason !== 'connecting' && reason !== 'engine-down')
  await until(gaps, (all) => all.length === 2 && all.every(({ filledBy }) => filledBy !== null), 30_000)
  for (const gap of gaps()) {
    expect([gap.reason, gap.filledBy]).toEqual(['halted', 'backfill'])
    expect(gap.since).toBeLessThan(wokeAt)
    expect(gap.until).toBeGreaterThan(wokeAt)
  }
  expect(notices).toEqual([{ kind: 'woke', at: expect.any(Number) as number, since: expect.any(Number) as number }])
  expect(notices[0]!.since - sleptAt).toBeLessThan(SECOND)

  // Every trade that was made meanwhile is there, once: those that no socket carried too.
  const { trades } = await emulator.sent({ from: liveAt + SECOND, to: wokeAt })
  const made = trades.filter((each) => MARKETS.includes(keyOf(each) as InstrumentKey))
  expect(made.filter(({ sent }) => sent === 0).length).toBeGreaterThan(0)
  const stored = storedTrades(folder).map(({ market, id }) => `${market} ${id}`)
  expect(made.map((each) => `${keyOf(each)} ${each.id}`).filter((each) => !stored.includes(each))).toEqual([])
  expect(new Set(stored).size).toBe(stored.length)
  page.close()
}, 120_000)
