import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Emulator } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { EMULATED } from '../emulator/venues.ts'
import { binance } from '../exchanges/binance/index.ts'
import { changesRule } from '../exchanges/binance/book.ts'
import type { Exchange, Want } from '../exchanges/exchange.ts'
import { exchanges } from '../exchanges/registry.ts'
import type { Book, Instrument, InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Collector } from './collector.ts'
import { createCollector } from './collector.ts'
import { isOf } from './testing/fake-exchange.ts'

/** Binance by its changes and REST, which the adapter does not take: the one venue of the emulator that starts so. */
const changes = (frames: readonly string[]) => frames.map((frame) => frame.replaceAll('@depth20@100ms', '@depth@100ms'))
const binanceByChanges: Exchange = {
  ...binance,
  book: changesRule,
  connect: (wants: readonly Want[]) =>
    binance.connect(wants).map((plan) => ({ ...plan, frames: changes(plan.frames) })),
  subscribe: (wants) => changes(binance.subscribe(wants)),
  unsubscribe: (wants) => changes(binance.unsubscribe?.(wants) ?? []),
}

const emulated = exchanges.filter(({ id }) => EMULATED.some((venue) => venue.id === id))
/** Venues whose updates show a loss by themselves, by number or checksum. */
const TELLING = [
  binanceByChanges,
  ...emulated.filter(({ book }) => book?.joins !== undefined || book?.checksum !== undefined),
]
/** The book that breaks each time is asked for ever less often: so many breaks go by without a long pause. */
const BREAKS = 3

let emulator: Emulator
let collector: Collector | undefined
let events: MarketEvent[] = []
let instruments: readonly Instrument[] = []

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 400 })
})
afterEach(async () => {
  await collector?.close()
  await emulator.inject({ kind: 'reset' })
})
afterAll(() => emulator.close())

async function until<T>(what: string, read: () => T | undefined, within = 15_000): Promise<T> {
  const end = performance.now() + within
  for (;;) {
    const value = read()
    if (value !== undefined && value !== false) return value
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${what}`)
    await new Promise((resolve) => void setTimeout(resolve, 10))
  }
}

function collect(exchange: Exchange): void {
  events = []
  instruments = []
  collector = createCollector({
    exchanges: [exchange],
    enabled: [exchange.id],
    network: { endpoints: emulator.endpoints },
    onEvents: (batch) => void events.push(...batch),
    onAllTickers: () => undefined,
    onLastPrice: () => undefined,
    onInstruments: (_, list) => void (instruments = list),
  })
}

const booksOf = (key: InstrumentKey) => events.filter(isOf('book')).filter(({ instrument }) => instrument === key)
const stalesOf = (key: InstrumentKey) => booksOf(key).flatMap(({ data }) => data.stale ?? [])

describe.each(TELLING)('the books of $id', (exchange) => {
  it('A-14 a lost update: stale at once, asked for within 1 s, whole again, and no other market is touched', async () => {
    collect(exchange)
    const watched = await until('markets', () => (collector?.watched().length === 4 ? collector.watched() : undefined))
    await until('whole books', () => watched.every((key) => booksOf(key).length > 3))
    const key = watched[0]!
    const market = instruments.find((each) => each.key === key)!.native
    // A change far below the top may never be missed, where a checksum of the top is all there is.
    let injectedAt = -Infinity
    const lose = async () => {
      if (performance.now() - injectedAt < SECOND) return
      injectedAt = performance.now()
      await emulator.inject({ kind: 'gap', venue: exchange.id, market, channel: 'book', count: 1 })
    }
    const stale = await until('a stale book', () => {
      void lose()
      return stalesOf(key)[0]
    })
    expect((stale.resyncAt ?? Infinity) - stale.since).toBeLessThan(SECOND)
    const next = () => booksOf(key)[booksOf(key).findLastIndex(({ data }) => data.stale) + 1]
    const wholeAgain = await until('a whole book', next)
    const took: Millis = wholeAgain.receivedAt - stale.since
    console.log(`A-14 ${exchange.id}: whole again after ${took} ms.`)
    const after = booksOf(key).length
    await until('more of it', () => booksOf(key).length > after + 5)
    expect(watched.slice(1).flatMap(stalesOf)).toEqual([])
    expect(events.filter(isOf('gap')).filter(({ data }) => data.reason !== 'connecting')).toEqual([])
    expect(collector?.health()[0]?.troubled).toEqual([])
  })
})

describe('Binance by its changes', () => {
  it('A-14 tells the very books that REST tells, before and after lost updates', async () => {
    collect(binanceByChanges)
    const key: InstrumentKey = 'binance:BTC/USDT'
    await until('books', () => booksOf(key).length > 3)
    const compared: unknown[] = []
    for (let round = 0; round <= BREAKS; round += 1) {
      if (round > 0) {
        const before = stalesOf(key).length
        await emulator.inject({ kind: 'gap', venue: 'binance', market: 'BTCUSDT', channel: 'book', count: 1 })
        await until('a break', () => stalesOf(key).length > before)
        await until('a whole book', () => booksOf(key).at(-1)?.data.stale === undefined)
      }
      compared.push(await compareWithRest(key))
    }
    expect(compared.every((same) => same === true)).toBe(true)
  })
})

/** Whether the book that the feed told for the moment of a REST answer has the same twenty best levels. */
async function compareWithRest(key: InstrumentKey): Promise<unknown> {
  const url = `${emulator.endpoints.binance?.rest}/api/v3/depth?symbol=BTCUSDT&limit=100`
  for (let tries = 0; tries < 50; tries += 1) {
    const body = await (await fetch(url)).text()
    const { data } = binance.rest.book('BTCUSDT').decode(body)
    const id = data.sequence?.last
    const isPast = () => Number(booksOf(key).at(-1)?.data.sequence?.last ?? 0) >= Number(id)
    await until('that moment', isPast)
    const told = booksOf(key).findLast((event) => event.data.sequence?.last === id)
    if (told) {
      expect(topOf(told.data)).toEqual(topOf(data))
      return true
    }
  }
  return false
}

const topOf = ({ bids, asks }: Book) => [bids.slice(0, 20), asks.slice(0, 20)]
