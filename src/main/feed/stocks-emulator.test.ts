import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { InstrumentKey, MarketEvent } from '../../shared/market.ts'
import { timingOf } from '../../shared/market.ts'
import type { Emulator } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { exchangeOf } from '../exchanges/registry.ts'
import type { Collector, CollectorOptions } from './collector.ts'
import { createCollector } from './collector.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import { isOf } from './testing/fake-exchange.ts'

/** The stock venues against the emulator, which speaks their protocols, grants and registrations included. */
let emulator: Emulator
let collector: Collector | undefined
let events: MarketEvent[] = []

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 200, venues: ['kis', 'yahoo'] })
})
afterEach(async () => {
  await collector?.close()
  await emulator.inject({ kind: 'reset' })
})
afterAll(() => emulator.close())

async function until(what: string, holds: () => boolean, within = 25_000): Promise<void> {
  const end = performance.now() + within
  while (!holds()) {
    if (performance.now() > end)
      throw new Error(`Not within ${within} ms: ${what}; ${JSON.stringify(collector?.health())}`)
    await new Promise((resolve) => void setTimeout(resolve, 10))
  }
}

const KEYS = { get: () => Promise.resolve('demo') }
/** What an earlier test was granted holds for the next: the emulator grants once a minute, as KIS does. */
const kept = new Map<string, string>()
const keep = {
  get: (name: string) => Promise.resolve(kept.get(name)),
  set: (name: string, value: string | undefined) => Promise.resolve(kept.set(name, value ?? '')),
}

function collect(watch: readonly InstrumentKey[], options: Partial<CollectorOptions> = {}): void {
  events = []
  const mine = events
  collector = createCollector({
    exchanges: [exchangeOf('kis')!, exchangeOf('yahoo')!],
    enabled: ['kis', 'yahoo'],
    network: { endpoints: emulator.endpoints },
    watch,
    secrets: KEYS,
    keep,
    onEvents: (batch) => void mine.push(...batch),
    onAllTickers: () => undefined,
    onLastPrice: () => undefined,
    onInstruments: () => undefined,
    limits: { ...FEED_LIMITS, pollAfter: 500, pollEvery: 1_000, pollTickersEvery: 1_000 },
    ...options,
  })
}

const health = (venue: string) => collector?.health().find((each) => each.venue === venue)
const of = <K extends 'trade' | 'ticker' | 'book'>(kind: K, key: InstrumentKey) =>
  events.filter(isOf(kind)).filter(({ instrument }) => instrument === key)

describe('Korea Investment & Securities', () => {
  it('A-02 trades arrive exactly as sent, in Seoul and in New York, with tickers and whole books', async () => {
    collect(['kis:005930', 'kis:NVDA'])
    await until('trades', () => of('trade', 'kis:005930').length > 5 && of('trade', 'kis:NVDA').length > 5)
    await until('a book', () => of('book', 'kis:005930').length > 0)
    const { trades } = await emulator.sent({ venue: 'kis' })
    const sent = new Set(trades.map(({ market, price, size }) => `${market} ${Number(price)} ${Number(size)}`))
    const got = of('trade', 'kis:005930').map(({ data }) => `005930 ${Number(data.price)} ${Number(data.size)}`)
    expect(got.filter((each) => !sent.has(each))).toEqual([])
    expect(of('ticker', 'kis:005930')[0]?.data).toMatchObject({ phase: 'regular' })
    expect(of('ticker', 'kis:NVDA').map(({ origin, data }) => timingOf({ origin, ...data }))).toContain('real-time')
    expect(health('kis')).toMatchObject({ state: 'live', malformed: {}, troubled: [] })
  })

  it('A-02 an unknown code is refused and does not stop the others', async () => {
    collect(['kis:005930', 'kis:999999'])
    await until(
      'the refusal',
      () => health('kis')?.troubled.some(({ instrument }) => instrument === 'kis:999999') ?? false,
    )
    const before = of('trade', 'kis:005930').length
    await until('more trades', () => of('trade', 'kis:005930').length > before + 3)
    expect(health('kis')?.troubled[0]?.fault.code).toBe('market-refused')
  })

  it('A-03 with its socket refused it polls, and every value says so', async () => {
    await emulator.inject({ kind: 'refuse', venue: 'kis', channel: 'ws', for: 30_000 })
    collect(['kis:000660'])
    await until('polled values', () => of('trade', 'kis:000660').length > 0 && of('ticker', 'kis:000660').length > 0)
    expect(new Set(events.filter((event) => event.data.kind !== 'gap').map(({ origin }) => origin))).toEqual(
      new Set(['polled']),
    )
    expect(health('kis')?.state).toBe('polled')
  })

  it('S4x-14 A-06 with all of it down, Yahoo stands in under its own name', async () => {
    await emulator.inject({ kind: 'refuse', venue: 'kis', for: 60_000 })
    collect(['kis:005930'])
    await until('a price', () => of('ticker', 'kis:005930').length > 0)
    expect(of('ticker', 'kis:005930')[0]).toMatchObject({
      origin: 'polled',
      data: { source: 'kis_via_yfinance', delay: 1_200_000 },
    })
    expect(health('kis')?.fault?.code).toBe('socket-closed')
  })

  it('A-05 without a key it says "needs a key", asks nothing, and nothing else changes', async () => {
    const before = (await emulator.stats()).venues.kis
    collect(['kis:005930', 'yahoo:AAPL'], { secrets: { get: () => Promise.resolve(undefined) } })
    await until('Yahoo', () => of('ticker', 'yahoo:AAPL').length > 0)
    await until('the state', () => health('kis')?.state === 'needs-key')
    await new Promise((resolve) => void setTimeout(resolve, 2_000))
    const after = (await emulator.stats()).venues.kis
    expect([health('kis')?.fault?.code, health('yahoo')?.state]).toEqual(['needs-key', 'live'])
    expect(after?.calls).toBe(before?.calls)
    expect(of('ticker', 'kis:005930')).toEqual([])
  })
})

describe('where nobody chose', () => {
  it('A-05 some stocks are watched, those of KIS only with its keys, and from the moment they are entered', async () => {
    let key: string | undefined
    collect([], { watch: undefined, secrets: { get: () => Promise.resolve(key) } })
    await until('Yahoo', () => of('ticker', 'yahoo:USD/KRW').length > 0)
    expect(collector?.watched()).toEqual(['yahoo:USD/KRW', 'yahoo:^GSPC', 'yahoo:NVDA', 'yahoo:AAPL'])
    expect(health('kis')).toMatchObject({ state: 'needs-key', registrations: { used: 0, most: 41, polled: 0 } })
    key = 'demo'
    collector?.reconnect('kis')
    await until('KIS', () => of('trade', 'kis:005930').length > 0)
    expect(collector?.watched().slice(0, 3)).toEqual(['kis:005930', 'kis:000660', 'kis:035420'])
    expect(health('kis')?.registrations).toEqual({ used: 6, most: 41, polled: 0 })
  })
})

describe('Yahoo', () => {
  it('A-06 streams prices with their delay, and the won per dollar', async () => {
    collect(['yahoo:AAPL', 'yahoo:005930.KS', 'yahoo:USD/KRW'])
    await until('prices', () =>
      (['yahoo:AAPL', 'yahoo:005930.KS', 'yahoo:USD/KRW'] as const).every((key) => of('ticker', key).length > 0),
    )
    const label = (key: InstrumentKey) => {
      const { origin, data } = of('ticker', key).at(-1)!
      return timingOf({ origin, ...data })
    }
    expect(['yahoo:AAPL', 'yahoo:005930.KS', 'yahoo:USD/KRW'].map((key) => label(key as InstrumentKey))).toEqual([
      'real-time',
      'delayed',
      'real-time',
    ])
    expect(Number(of('ticker', 'yahoo:USD/KRW')[0]?.data.last)).toBeGreaterThan(1_000)
    expect(health('yahoo')).toMatchObject({ state: 'live', malformed: {} })
  })

  it('A-03 A-06 with the streamer refused it asks the chart endpoint, and says so', async () => {
    await emulator.inject({ kind: 'refuse', venue: 'yahoo', channel: 'ws', for: 30_000 })
    collect(['yahoo:AAPL', 'yahoo:MSFT'])
    await until('polled prices', () => of('ticker', 'yahoo:AAPL').length > 0 && of('ticker', 'yahoo:MSFT').length > 0)
    expect(new Set([...of('ticker', 'yahoo:AAPL'), ...of('ticker', 'yahoo:MSFT')].map(({ origin }) => origin))).toEqual(
      new Set(['polled']),
    )
  })
})
