import { describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import type { InstrumentKey, MarketEvent, VenueId } from '../../shared/market.ts'
import { STOCK_VENUES } from '../../shared/market.ts'
import type { Emulator } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { EMULATED } from '../emulator/venues.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { adapters, exchangeOf } from '../exchanges/registry.ts'
import type { Collector } from './collector.ts'
import { createCollector } from './collector.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import { isOf } from './testing/fake-exchange.ts'

/** Two emulators of the same seed and start tell the same trades: one is cut off, the other is the unbroken control. */
async function openMarkets({ onTestFinished }: TestContext, venue: VenueId) {
  // Slow enough that the sixty trades of Bybit's only answer reach over the cut.
  const market = { rate: 15, seed: 53, start: Date.now(), venues: [venue] }
  const [broken, control] = await Promise.all([spawnEmulator(market), spawnEmulator(market)])
  const open: Collector[] = []
  onTestFinished(async () => {
    for (const collector of open) await collector.close()
    await Promise.all([broken.close(), control.close()])
  })
  return {
    broken,
    control,
    /** Nothing is polled: what is missing can come by back-fill only. */
    collect(exchange: Exchange, watch: InstrumentKey, emulator: Emulator): Told {
      const events: MarketEvent[] = []
      const collector = createCollector({
        exchanges: [exchange],
        enabled: [exchange.id],
        network: { endpoints: emulator.endpoints },
        watch: [watch],
        onEvents: (batch) => void events.push(...batch),
        onAllTickers: () => undefined,
        onLastPrice: () => undefined,
        onInstruments: () => undefined,
        limits: { ...FEED_LIMITS, pollAfter: 600_000, retry: { first: 300, longest: 500 } },
      })
      open.push(collector)
      return { collector, events }
    },
  }
}

async function until(what: string, holds: () => boolean, within = 30_000): Promise<void> {
  const end = performance.now() + within
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`)
    await new Promise((resolve) => void setTimeout(resolve, 10))
  }
}

interface Told {
  readonly collector: Collector
  readonly events: readonly MarketEvent[]
}

const tradesOf = ({ events }: Told) => events.filter(isOf('trade'))
const gapsOf = ({ events }: Told) =>
  events
    .filter(isOf('gap'))
    .map(({ data }) => data)
    .filter(({ reason }) => reason !== 'connecting')
/** Values of the trades of a span of the venue's time, in its order. Ids may be made here. */
const valuesOf = (told: Told, from: number, to: number) =>
  tradesOf(told)
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, data: { price, size, side } }) => `${at} ${price} ${size} ${side}`)
    .toSorted()

const CUT = 3_000
const markets = adapters
  .filter(({ exchange }) => !STOCK_VENUES.includes(exchange.id))
  .map(({ name, exchange }) => {
    const [spec] = EMULATED.find(({ id }) => id === exchange.id)!.markets
    return { name, exchange, key: `${exchange.id}:${spec!.base}/${spec!.quote}` as const }
  })

async function cut(broken: Emulator, exchange: Exchange, told: Told): Promise<void> {
  await until('first trades', () => tradesOf(told).length > 5)
  await broken.inject({ kind: 'refuse', venue: exchange.id, for: CUT })
  await broken.inject({ kind: 'disconnect', venue: exchange.id })
  await until('the break', () => gapsOf(told).some(({ until: end }) => end === undefined))
}

describe.concurrent.each(markets)('$name', ({ exchange, key }) => {
  it('A-53 what a cut left out is fetched and marked: the trades equal those of an unbroken run, none twice', async (context) => {
    const { broken, control, collect } = await openMarkets(context, exchange.id)
    const calm = collect(exchange, key, control)
    const told = collect(exchange, key, broken)
    await until('control trades', () => tradesOf(calm).length > 5)
    await cut(broken, exchange, told)
    await until('the filled gap', () => gapsOf(told).some(({ filledBy }) => filledBy === 'backfill'))
    const { since, until: end } = gapsOf(told).find(({ filledBy }) => filledBy === 'backfill')!
    expect(end! - since).toBeGreaterThan(CUT - 500)
    const first = Math.max(...[calm, told].map((each) => tradesOf(each)[0]!.at)) + 100
    const last = tradesOf(told).at(-1)!.at
    await until('the same time in both', () => [calm, told].every((each) => tradesOf(each).at(-1)!.at > last + 500))
    expect(valuesOf(told, first, last)).toEqual(valuesOf(calm, first, last))
    const ids = tradesOf(told).map(({ data }) => data.id)
    expect(new Set(ids).size).toBe(ids.length)
    // Of the middle of the break, whatever the clocks.
    const origins = tradesOf(told)
      .filter(({ receivedAt, origin }) => origin !== 'stream' || (receivedAt > since && receivedAt < end!))
      .map(({ origin }) => origin)
    expect(new Set(origins)).toEqual(new Set(['backfill']))
  })
})

it.concurrent('A-54 where REST gives no trades the gap stays, and nothing is made up', async (context) => {
  const { broken, collect } = await openMarkets(context, 'upbit')
  const exchange = exchangeOf('upbit')!
  const told = collect(exchange, 'upbit:BTC/KRW', broken)
  await until('first trades', () => tradesOf(told).length > 5)
  await broken.inject({ kind: 'refuse', venue: 'upbit', channel: 'rest', for: 60_000 })
  await broken.inject({ kind: 'refuse', venue: 'upbit', channel: 'ws', for: CUT })
  await broken.inject({ kind: 'disconnect', venue: 'upbit' })
  await until('the end of the break', () => gapsOf(told).some(({ until: end }) => end !== undefined))
  const back = tradesOf(told).length
  await until('trades after it', () => tradesOf(told).length > back + 30)
  expect(gapsOf(told).filter(({ filledBy }) => filledBy !== undefined)).toEqual([])
  expect(new Set(tradesOf(told).map(({ origin }) => origin))).toEqual(new Set(['stream']))
})
