import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { MarketEvent, VenueId } from '../../shared/market.ts'
import { venueOf } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { Collector, CollectorOptions } from './collector.ts'
import { createCollector } from './collector.ts'
import type { FeedLimits } from './feed-limits.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import type { Endpoints } from './network.ts'
import { openNetwork } from './network.ts'
import { probeVenues } from './probe.ts'
import { createFakeExchange, isOf } from './testing/fake-exchange.ts'
import { openFakeServer } from './testing/fake-server.ts'
import type { FakeVenue } from './testing/fake-venue.ts'
import { createFakeVenue } from './testing/fake-venue.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** Settles when it holds; fails after `within`. */
async function until(holds: () => boolean, within = 10_000): Promise<void> {
  const end = performance.now() + within
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within ${within} ms: ${holds.toString()}`)
    await new Promise((resolve) => void setTimeout(resolve, 5))
  }
}

async function serve(id: VenueId): Promise<{ venue: FakeVenue; endpoint: { ws: string; rest: string } }> {
  const venue = createFakeVenue({ venue: id, now: Date.now })
  const server = await openFakeServer(venue)
  closing.push(() => server.close())
  return { venue, endpoint: server.endpoint }
}

/** A venue in a process of its own that floods. */
async function flood(id: VenueId, rate: number, kind: 'trade' | 'boom'): Promise<{ ws: string; rest: string }> {
  const child = fork(fileURLToPath(new URL('./testing/flooder.ts', import.meta.url)), [String(rate), kind, id])
  closing.push(async () => {
    const end = once(child, 'exit')
    child.kill()
    await end
  })
  const [port] = (await once(child, 'message')) as [number]
  return { ws: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` }
}

function collect(
  exchanges: readonly Exchange[],
  endpoints: Endpoints,
  options: Partial<CollectorOptions> = {},
  limits: Partial<FeedLimits> = {},
): { collector: Collector; events: MarketEvent[] } {
  const events: MarketEvent[] = []
  const collector = createCollector({
    exchanges,
    enabled: exchanges.map(({ id }) => id),
    network: { endpoints },
    onEvents: (batch) => void events.push(...batch),
    onAllTickers: () => undefined,
    onLastPrice: () => undefined,
    onInstruments: () => undefined,
    limits: { ...FEED_LIMITS, ...limits },
    ...options,
  })
  closing.push(() => collector.close())
  return { collector, events }
}

const stateOf = (collector: Collector, venue: VenueId) => collector.health().find((each) => each.venue === venue)

describe('A-09 the other venues', () => {
  for (const kind of ['trade', 'boom'] as const)
    it(`A-09 keep flowing while one floods from a process of its own (${kind}), which is paused and reported`, async () => {
      const calm = await serve('kraken')
      const mad = await flood('coinbase', 50_000, kind)
      const order: string[] = []
      let sent = 0
      let behind = 0
      const { collector, events } = collect(
        [createFakeExchange({ id: 'kraken' }), createFakeExchange({ id: 'coinbase' })],
        { kraken: calm.endpoint, coinbase: mad },
        {
          onEvents(batch) {
            for (const event of batch) {
              events.push(event)
              if (event.data.kind === 'trade') order.push(venueOf(event.instrument))
            }
          },
        },
      )
      await until(() => stateOf(collector, 'kraken')?.state === 'live')
      const trading = setInterval(() => {
        const from = order.length
        const id = (sent += 1)
        calm.venue.trade('BTC')
        // How much of the flood came between this trade and its arrival.
        const check = () => {
          const arrived = events.findLast(isOf('trade'))
          if (order.filter((venue) => venue === 'kraken').length >= id) behind = Math.max(behind, order.length - from)
          else if (arrived) setImmediate(check)
        }
        setImmediate(check)
      }, 10)
      closing.push(() => clearInterval(trading))
      await until(() => stateOf(collector, 'coinbase')?.state === 'paused' && sent > 200)
      clearInterval(trading)
      await until(() => order.filter((venue) => venue === 'kraken').length === sent)
      const { fault, malformed } = stateOf(collector, 'coinbase')!
      console.log(`A-09 ${kind}: at most ${behind} trades of the flood came before one of the other venue.`)
      expect(fault?.code).toBe('over-budget')
      expect(Object.keys(malformed)).toEqual(kind === 'boom' ? ['decoder'] : [])
      const ids = events
        .filter(isOf('trade'))
        .filter(({ instrument }) => venueOf(instrument) === 'kraken')
        .map(({ data }) => Number(data.id))
      expect(ids).toEqual(Array.from({ length: sent }, (_, index) => index + 1))
      expect(behind).toBeLessThan(2 * FEED_LIMITS.backlog.high)
      expect(events.filter(isOf('gap')).filter(({ data }) => data.reason === 'paused').length).toBeGreaterThan(0)
    })

  it('A-09 do not wait for one that never answers', async () => {
    const calm = await serve('kraken')
    const mute = createServer(() => undefined)
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', () => resolve()))
    closing.push(() => mute.close())
    const { port } = mute.address() as AddressInfo
    const endpoints = {
      kraken: calm.endpoint,
      coinbase: { ws: `ws://127.0.0.1:${port}`, rest: `http://127.0.0.1:${port}` },
    }
    const { collector } = collect(
      [createFakeExchange({ id: 'kraken' }), createFakeExchange({ id: 'coinbase' })],
      endpoints,
      {},
      { request: 200, handshake: 200 },
    )
    await until(
      () => stateOf(collector, 'kraken')?.state === 'live' && stateOf(collector, 'coinbase')?.state === 'down',
    )
    expect(stateOf(collector, 'coinbase')?.fault?.code).toBe('connect-timeout')
  })
})

describe('the collector', () => {
  it('A-03 over real sockets: refused, polled, and back with no trade doubled', async () => {
    const { venue, endpoint } = await serve('kraken')
    const { collector, events } = collect(
      [createFakeExchange({ id: 'kraken' })],
      { kraken: endpoint },
      { watch: ['kraken:BTC/USD'] },
      { pollAfter: 300, pollEvery: 100, retry: { first: 100, longest: 400 } },
    )
    const trading = setInterval(() => venue.trade('BTC'), 5)
    closing.push(() => clearInterval(trading))
    const count = () => events.filter(isOf('trade')).length
    await until(() => count() > 20)
    venue.down.sockets = true
    venue.disconnect()
    await until(() => stateOf(collector, 'kraken')?.state === 'polled')
    await until(() => events.filter(isOf('trade')).filter(({ origin }) => origin === 'polled').length > 100)
    venue.down.sockets = false
    await until(() => stateOf(collector, 'kraken')?.state === 'live')
    const now = count()
    await until(() => count() > now + 300)
    clearInterval(trading)
    const ids = events.filter(isOf('trade')).map(({ data }) => data.id)
    expect(ids.length).toBe(new Set(ids).size)
    expect(events.filter(isOf('gap')).map(({ data }) => [data.reason, data.until !== undefined])).toEqual([
      ['connecting', false],
      ['connecting', true],
      ['disconnected', false],
      ['disconnected', true],
    ])
  })

  it('does not let anybody wait for a venue that has asked for silence', async () => {
    const { endpoint } = await serve('kraken')
    const exchange = createFakeExchange({ id: 'kraken', restLimit: { count: 1, per: 600_000 } })
    const { collector } = collect([exchange], { kraken: endpoint }, { watch: ['kraken:BTC/USD'] })
    const run = collector.rest('kraken')!
    expect(await run(exchange.rest.book('BTC'))).toMatchObject({ market: 'BTC' })
    await expect(run(exchange.rest.book('BTC'))).rejects.toMatchObject({ fault: { code: 'rate-limited' } })
  })

  it('switches venues off and on', async () => {
    const { venue, endpoint } = await serve('kraken')
    const { collector, events } = collect(
      [createFakeExchange({ id: 'kraken' })],
      { kraken: endpoint },
      { watch: ['kraken:BTC/USD'] },
    )
    await until(() => stateOf(collector, 'kraken')?.state === 'live')
    collector.setEnabled([])
    expect([stateOf(collector, 'kraken')?.state, collector.rest('kraken'), collector.watermarks()]).toEqual([
      'off',
      undefined,
      {},
    ])
    expect(events.at(-1)?.data).toMatchObject({ kind: 'gap', reason: 'unwatched' })
    await until(() => venue.peers.size === 0)
    collector.setEnabled(['kraken'])
    await until(() => stateOf(collector, 'kraken')?.state === 'live')
    collector.setNetwork({ endpoints: { kraken: endpoint } })
    await until(() => stateOf(collector, 'kraken')?.state === 'live')
    // Each gap that was opened has ended.
    const open = new Set<number>()
    for (const { data } of events.filter(isOf('gap')))
      if (data.until === undefined) open.add(data.since)
      else open.delete(data.since)
    expect([...open]).toEqual([])
  })

  it('is down with a clear fault while its network settings cannot be used', async () => {
    const { endpoint } = await serve('kraken')
    const { collector } = collect(
      [createFakeExchange({ id: 'kraken' })],
      {},
      { network: { caFile: '/no/such/file.pem' } },
    )
    expect(stateOf(collector, 'kraken')).toMatchObject({ state: 'down', fault: { code: 'bad-setting' } })
    collector.setNetwork({ endpoints: { kraken: endpoint } })
    await until(() => stateOf(collector, 'kraken')?.state === 'live')
  })

  it('ends with its signal', async () => {
    const { venue, endpoint } = await serve('kraken')
    const abort = new AbortController()
    const { collector } = collect(
      [createFakeExchange({ id: 'kraken' })],
      { kraken: endpoint },
      { signal: abort.signal },
    )
    await until(() => venue.peers.size === 1)
    abort.abort()
    await until(() => venue.peers.size === 0)
    expect(stateOf(collector, 'kraken')?.state).toBe('off')
  })

  it('runs REST calls for whoever needs them', async () => {
    const { endpoint } = await serve('kraken')
    const exchange = createFakeExchange({ id: 'kraken' })
    const { collector } = collect([exchange], { kraken: endpoint })
    const book = await collector.rest('kraken')!(exchange.rest.book('BTC'))
    expect(book.data.bids).toEqual([['99', '1']])
    await expect(
      collector.rest('kraken')!({
        ...exchange.rest.book('BTC'),
        path: '/nothing',
        decode: () => {
          throw new TypeError('bug')
        },
      }),
    ).rejects.toThrow('bug')
  })
})

describe('the probe', () => {
  it('answers which venues are reachable', async () => {
    const up = await serve('kraken')
    const down = await serve('coinbase')
    down.venue.down.rest = true
    const network = openNetwork({ endpoints: { kraken: up.endpoint, coinbase: down.endpoint } })
    closing.push(() => network.close())
    const exchanges = [createFakeExchange({ id: 'kraken' }), createFakeExchange({ id: 'coinbase' })]
    expect(await probeVenues({ exchanges, network, timeout: 2_000 })).toEqual(['kraken'])
  })
})
