import { describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import type { InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { STOCK_VENUES } from '../../shared/market.ts'
import type { EmulatorFault } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { EMULATED } from '../emulator/venues.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { adapters, exchangeOf } from '../exchanges/registry.ts'
import { createCollector } from './collector.ts'
import type { FeedLimits } from './feed-limits.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import { isOf } from './testing/fake-exchange.ts'

/** Trades a second of all the venue's markets. */
const RATE = 40
const WITHIN: Millis = 25_000

/** An adapter alone against an emulator of its own, which speaks the venue's protocol: most of a test is waiting, so they wait together. */
async function collect(
  { onTestFinished }: TestContext,
  exchange: Exchange,
  watch: readonly InstrumentKey[],
  limits: Partial<FeedLimits> = {},
  fault?: EmulatorFault,
) {
  const emulator = await spawnEmulator({ rate: RATE, venues: [exchange.id] })
  if (fault) await emulator.inject(fault)
  const events: MarketEvent[] = []
  const collector = createCollector({
    exchanges: [exchange],
    enabled: [exchange.id],
    network: { endpoints: emulator.endpoints },
    watch,
    onEvents: (batch) => void events.push(...batch),
    onAllTickers: () => undefined,
    onLastPrice: () => undefined,
    onInstruments: () => undefined,
    limits: { ...FEED_LIMITS, ...limits },
  })
  onTestFinished(async () => {
    await collector.close()
    await emulator.close()
  })
  const health = () => collector.health()[0]
  return {
    emulator,
    collector,
    events,
    health,
    tradesOf: (key: InstrumentKey, origin?: string): readonly MarketEvent<Trade>[] =>
      events
        .filter(isOf('trade'))
        .filter((event) => event.instrument === key && (origin === undefined || event.origin === origin)),
    booksOf: (key: InstrumentKey) => events.filter(isOf('book')).filter(({ instrument }) => instrument === key),
    async until(what: string, holds: () => boolean) {
      for (
        const end = performance.now() + WITHIN;
        !holds();
        await new Promise((resolve) => void setTimeout(resolve, 10))
      )
        if (performance.now() > end) throw new Error(`Not within ${WITHIN} ms: ${what}; ${JSON.stringify(health())}`)
    },
  }
}

/** A trade as its values: ids may be made here. */
const valuesOf = ({ at, price, size, side }: { at: number; price: string; size: string; side?: string | undefined }) =>
  `${Math.floor(at)} ${price} ${size} ${side}`

const emulated = adapters.flatMap(({ name, exchange }) => {
  const venue = EMULATED.find(({ id }) => id === exchange.id)
  const quote = venue?.markets[0]?.quote
  const marketOf = (base: string) => venue?.markets.find((spec) => spec.base === base && spec.quote === quote)?.symbol
  const [btc, xrp] = ['BTC', 'XRP'].map((base) => ({
    key: `${exchange.id}:${base}/${quote}` as const,
    native: marketOf(base) ?? '',
  }))
  // Stocks have tests of their own.
  if (STOCK_VENUES.includes(exchange.id)) return []
  return venue === undefined || btc === undefined || xrp === undefined ? [] : [{ name, exchange, btc, xrp }]
})

describe.concurrent.each(emulated.filter(({ name, exchange }) => name !== exchange.id))(
  '$name in place of the usual feed',
  ({ exchange, btc }) => {
    it('goes on with the same trades, none doubled', async (context) => {
      const usual = exchangeOf(exchange.id)!
      const { collector, health, tradesOf, until } = await collect(context, usual, [btc.key])
      await until('trades', () => tradesOf(btc.key).length > 5)
      collector.setFeed(exchange)
      const since = Date.now()
      await until('its trades', () => tradesOf(btc.key).some(({ at }) => at > since + 2_000))
      collector.setFeed(usual)
      await until('trades again', () => tradesOf(btc.key).some(({ at }) => at > since + 6_000))
      const ids = tradesOf(btc.key).map(({ data }) => data.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(health()).toMatchObject({ state: 'live', malformed: {} })
    })
  },
)

it.concurrent('A-14 a lost frame of a connection that counts them makes its books anew, and its trades go on', async (context) => {
  const { exchange, btc, xrp } = emulated.find(({ name }) => name === 'coinbase/advanced')!
  const { emulator, health, booksOf, until } = await collect(context, exchange, [btc.key, xrp.key])
  await until('books', () => booksOf(btc.key).length > 3 && booksOf(xrp.key).length > 3)
  await emulator.inject({ kind: 'gap', venue: 'coinbase', market: btc.native, channel: 'book', count: 1 })
  const isLost = (key: InstrumentKey) => booksOf(key).some(({ data }) => data.stale?.reason === 'lost')
  await until('the loss, of both', () => isLost(btc.key) && isLost(xrp.key))
  await until('whole books', () => [btc.key, xrp.key].every((key) => booksOf(key).at(-1)?.data.stale === undefined))
  expect(health()).toMatchObject({ state: 'live', reconnects: 0 })
})

describe.concurrent.each(emulated)('$name', ({ exchange, btc, xrp }) => {
  it('A-01 brings trades exactly as they were sent, tickers and whole books', async (context) => {
    const { emulator, events, health, tradesOf, until } = await collect(context, exchange, [btc.key, xrp.key])
    await until('first trades', () => tradesOf(btc.key).length > 5 && tradesOf(xrp.key).length > 5)
    const from = Date.now()
    await until('more trades', () => Date.now() > from + 2_000)
    const to = Date.now()
    await until('the trades after them', () =>
      [btc.key, xrp.key].every((key) => tradesOf(key).some(({ at }) => at > to + 500)),
    )
    for (const { key, native } of [btc, xrp]) {
      const { trades } = await emulator.sent({ venue: exchange.id, market: native, from, to })
      const held = tradesOf(key).filter(({ at }) => at >= from && at < to)
      expect(held.map(({ at, data }) => valuesOf({ at, ...data })).toSorted()).toEqual(trades.map(valuesOf).toSorted())
      const kinds = new Set(events.filter(({ instrument }) => instrument === key).map(({ data }) => data.kind))
      for (const kind of ['gap', 'trade', 'ticker', 'book']) expect(kinds).toContain(kind)
    }
    expect(health()).toMatchObject({ state: 'live', malformed: {}, troubled: [], reconnects: 0, markets: 2 })
    expect(events.filter(isOf('book')).filter(({ data }) => data.stale !== undefined)).toEqual([])
  })

  it('A-01 tells once what comes twice over a socket', async (context) => {
    const { emulator, tradesOf, until } = await collect(context, exchange, [btc.key])
    await until('first trades', () => tradesOf(btc.key).length > 5)
    const from = Date.now()
    await emulator.inject({ kind: 'duplicate', venue: exchange.id, market: btc.native, count: 5 })
    await until('trades', () => tradesOf(btc.key).filter(({ at }) => at > from).length > 10)
    const to = tradesOf(btc.key).at(-1)!.at
    await until('the trades after them', () => tradesOf(btc.key).some(({ at }) => at > to + 500))
    const { trades } = await emulator.sent({ venue: exchange.id, market: btc.native, from, to })
    expect(trades.filter(({ sent }) => sent > 1).length).toBeGreaterThan(0)
    const held = tradesOf(btc.key).filter(({ at }) => at >= from && at < to)
    expect(held.map(({ at, data }) => valuesOf({ at, ...data })).toSorted()).toEqual(trades.map(valuesOf).toSorted())
  })

  it('A-02 one refused market does not stop the other', async (context) => {
    const fault = { kind: 'refuse-market', venue: exchange.id, market: xrp.native } as const
    const { events, tradesOf, until } = await collect(context, exchange, [btc.key, xrp.key], {}, fault)
    await until('trades', () => tradesOf(btc.key).length > 10)
    expect(events.filter(({ instrument, data }) => instrument === xrp.key && data.kind !== 'gap')).toEqual([])
  })

  it('A-03 with its sockets refused it is polled, and comes back with no trade doubled', async (context) => {
    const { emulator, health, tradesOf, until } = await collect(context, exchange, [btc.key], {
      pollAfter: 500,
      pollEvery: 500,
      retry: { first: 300, longest: 1_000 },
    })
    await until('trades', () => tradesOf(btc.key).length > 5)
    await emulator.inject({ kind: 'refuse', venue: exchange.id, channel: 'ws', for: 60_000 })
    await emulator.inject({ kind: 'disconnect', venue: exchange.id })
    await until('polled trades', () => health()?.state === 'polled' && tradesOf(btc.key, 'polled').length > 5)
    await emulator.inject({ kind: 'reset' })
    await until('the stream', () => health()?.state === 'live')
    const since = Date.now()
    await until('its trades', () => tradesOf(btc.key, 'stream').some(({ at }) => at > since + 3_000))
    const ids = tradesOf(btc.key).map(({ data }) => data.id)
    expect(ids.length - new Set(ids).size).toBe(0)
  })
})
