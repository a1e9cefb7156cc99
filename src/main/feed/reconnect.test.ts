import { array, assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOf } from './testing/fake-exchange.ts'
import { createSetup } from './testing/setup.ts'
import { gapsOf, idsOf } from './testing/told.ts'

describe('a break', () => {
  it('begins at the last sign of life and ends before the first value after it', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], latency: 10 })
    const { clock, venue, events } = setup
    await clock.advance(5_000)
    venue.trade('BTC')
    await clock.advance(1_000)
    const lastSign = clock.now() - 1_000 + 10
    events.length = 0
    venue.disconnect()
    await clock.advance(3_000)
    venue.trade('BTC')
    await clock.advance(100)
    expect(events.slice(0, 3).map(({ data }) => data)).toMatchObject([
      { kind: 'gap', since: lastSign, reason: 'disconnected' },
      { kind: 'book', bids: [], asks: [], stale: { reason: 'disconnected' } },
      { kind: 'gap', since: lastSign, reason: 'disconnected', until: expect.any(Number) as number },
    ])
    expect(events.filter(isOf('trade')).map(({ data, origin }) => [data.id, origin])).toEqual([['2', 'stream']])
    expect(setup.feed.health()).toMatchObject({ state: 'live', reconnects: 1, gaps: 1 })
    setup.feed.close()
  })

  it('is filled from REST with what the stream missed, each trade once', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], latency: 10 })
    const { clock, venue } = setup
    await clock.advance(5_000)
    venue.trade('BTC')
    await clock.advance(100)
    venue.disconnect()
    venue.trade('BTC', { isLost: true })
    await clock.advance(3_000)
    venue.trade('BTC')
    await clock.advance(5_000)
    expect(setup.events.filter(isOf('trade')).map(({ data, origin }) => [data.id, origin])).toEqual([
      ['1', 'stream'],
      ['2', 'backfill'],
      ['3', 'stream'],
    ])
    setup.feed.close()
  })

  it('A-02 a socket whose other end is gone is found by its keep-alive', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD'],
      keepAlive: { kind: 'text', frame: 'ping', every: 20_000, timeout: 10_000 },
    })
    const { clock, venue, dials } = setup
    await clock.advance(65_000)
    expect(venue.heard.filter((text) => text === 'ping')).toHaveLength(3)
    expect(dials).toHaveLength(1)
    for (const peer of venue.peers) peer.send = () => undefined
    await clock.advance(40_000)
    expect(setup.faults.map(({ code }) => code)).toEqual(['socket-dead'])
    expect(dials).toHaveLength(2)
    setup.feed.close()
  })
})

describe('A-03 the socket is refused', () => {
  it('A-03 REST is polled meanwhile, all of it labelled, and the socket takes over with no trade doubled', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD', 'kraken:ETH/USD'], latency: 15 })
    const { clock, venue, feed } = setup
    const trading = async (seconds: number) => {
      for (let each = 0; each < seconds * 10; each++) {
        venue.trade(each % 2 ? 'BTC' : 'ETH')
        await clock.advance(100)
      }
    }
    await clock.advance(1_000)
    await trading(3)
    venue.down.sockets = true
    venue.disconnect()
    const brokenAt = clock.now()
    await trading(10)
    expect(feed.health()).toMatchObject({ state: 'polled', fault: { code: 'connect-refused' } })
    const polledOnly = setup.events.filter((event) => event.receivedAt > brokenAt + 100)
    expect(new Set(polledOnly.filter(({ data }) => data.kind !== 'gap').map(({ origin }) => origin))).toEqual(
      new Set(['polled']),
    )
    expect(new Set(polledOnly.map(({ data }) => data.kind))).toEqual(new Set(['trade', 'ticker', 'book']))
    venue.down.sockets = false
    await trading(20)
    await clock.advance(5_000)
    expect(feed.health()).toMatchObject({ state: 'live' })
    const ids = [...idsOf(setup), ...idsOf(setup, 'kraken:ETH/USD')].map(Number).toSorted((a, b) => a - b)
    expect(ids.length).toBe(new Set(ids).size)
    // All of them: polling brought what the socket did not.
    expect(ids).toEqual(Array.from({ length: 330 }, (_, index) => index + 1))
    feed.close()
  })
})

describe('A-75 reconnecting', () => {
  it('A-75 goes on after 1,000 refused tries, with jitter, at most a minute apart', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], prepare: (venue) => void (venue.down.sockets = true) })
    const { clock, dials, venue, feed } = setup
    while (dials.length < 1_001) await clock.advance(60_000)
    const waits = dials.slice(1).map((at, index) => at - dials[index]!)
    expect(waits[0]).toBeLessThanOrEqual(1_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000)
    expect(feed.health()).toMatchObject({ attempt: expect.any(Number) as number, fault: { code: 'connect-refused' } })
    venue.down.sockets = false
    await clock.advance(61_000)
    venue.trade('BTC')
    await clock.advance(100)
    expect(feed.health()).toMatchObject({ state: 'live', attempt: 0 })
    feed.close()
  })

  it('A-75 keeps within the venue’s limit of connections, whatever is asked', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD'],
      limits: { connects: { count: 3, per: 60_000 } },
      prepare: (venue) => void (venue.down.sockets = true),
    })
    for (let second = 0; second < 180; second++) {
      setup.feed.reconnect()
      await setup.clock.advance(1_000)
    }
    for (const at of setup.dials)
      expect(setup.dials.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(3)
    expect(setup.dials.length).toBeGreaterThanOrEqual(8)
    setup.feed.close()
  })
})

describe('A-56 a planned reconnect', () => {
  it('A-56 runs with both sockets side by side: none missing, none double, no gap', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], latency: 30, limits: { lifetime: 60_000 } })
    const { clock, venue, feed } = setup
    await clock.advance(1_000)
    const gapsBefore = gapsOf(setup, 'kraken:BTC/USD').length
    for (let each = 0; each < 1_300; each++) {
      venue.trade('BTC')
      await clock.advance(100)
    }
    await clock.advance(1_000)
    expect(setup.dials.length).toBeGreaterThanOrEqual(3)
    expect(venue.peers.size).toBe(1)
    expect(idsOf(setup)).toEqual(Array.from({ length: 1_300 }, (_, index) => String(index + 1)))
    expect(gapsOf(setup, 'kraken:BTC/USD').length).toBe(gapsBefore)
    feed.close()
  })

  it('opens the next socket when the venue announces the end of this one', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'] })
    await setup.clock.advance(1_000)
    setup.venue.say(JSON.stringify({ control: { control: 'restart', text: 'soon' } }))
    await setup.clock.advance(5_000)
    expect({
      dials: setup.dials.length,
      open: setup.venue.peers.size,
      reconnects: setup.feed.health().reconnects,
    }).toEqual({
      dials: 2,
      open: 1,
      reconnects: 0,
    })
    setup.feed.close()
  })
})

describe('flaps', () => {
  it('of any kind, hundreds of them: no trade twice, no gap left open or overlapping, and trades come again in the end', async () => {
    await assert(
      asyncProperty(array(integer({ min: 0, max: 5 }), { minLength: 100, maxLength: 200 }), async (faults) => {
        const setup = createSetup({
          watch: ['kraken:BTC/USD', 'kraken:ETH/USD'],
          latency: 25,
          keepAlive: { kind: 'ping', every: 2_000, timeout: 1_000 },
        })
        const { clock, venue, events } = setup
        for (const fault of faults) {
          if (fault === 0) venue.disconnect()
          if (fault === 1) venue.down.sockets = !venue.down.sockets
          if (fault === 2) venue.down.rest = !venue.down.rest
          // Half-open: the other end hears nothing more and says nothing more.
          if (fault === 3) for (const peer of venue.peers) peer.send = () => undefined
          if (fault === 4) setup.feed.reconnect()
          for (let each = 0; each < 5; each++) {
            venue.trade('BTC')
            venue.trade('ETH')
            await clock.advance(300)
          }
        }
        venue.down.sockets = venue.down.rest = false
        await clock.advance(61_000)
        for (let each = 0; each < 90; each++) {
          venue.trade('BTC')
          venue.trade('ETH')
          await clock.advance(1_000)
        }
        for (const key of ['kraken:BTC/USD', 'kraken:ETH/USD']) {
          const ids = idsOf(setup, key)
          expect(ids.length).toBe(new Set(ids).size)
          const gaps = gapsOf(setup, key)
          const opened = gaps.filter(({ until }) => until === undefined)
          const ends = gaps.filter(({ until }) => until !== undefined)
          const closed = opened.map(({ since }) => ends.find((gap) => gap.since === since)!)
          expect(closed).not.toContain(undefined)
          // What was filled, and what was cut off of it, is a part of one that was closed.
          for (const { since, until = 0 } of ends)
            expect(closed.some((gap) => since >= gap.since && until <= gap.until!)).toBe(true)
          const latest = [...new Map(ends.map((gap) => [gap.since, gap])).values()].toSorted(
            (a, b) => a.since - b.since,
          )
          for (const [index, gap] of latest.entries())
            expect(gap.since).toBeGreaterThanOrEqual(latest[index - 1]?.until ?? 0)
        }
        expect(setup.feed.health()).toMatchObject({ state: 'live' })
        for (const key of ['kraken:BTC/USD', 'kraken:ETH/USD']) {
          const last = events.findLast(({ instrument, data }) => instrument === key && data.kind === 'trade')
          expect(clock.now() - (last?.at ?? 0)).toBeLessThan(20_000)
        }
        setup.feed.close()
        await clock.advance(2_000)
        expect(clock.waiting).toBe(0)
      }),
      { numRuns: 15 },
    )
  })
})

describe('A-55 the machine sleeps', () => {
  it('A-55 all sockets are replaced at once, one gap covers the sleep, and what can be had of it is fetched', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], latency: 10 })
    const { clock, venue, dials } = setup
    await clock.advance(5_000)
    venue.trade('BTC')
    await clock.advance(100)
    const lastSign = clock.now() - 100 + 10
    setup.events.length = 0
    // Its sockets look open, and say nothing any more.
    venue.trade('BTC', { isLost: true })
    const wokeAt = clock.monotonic()
    setup.feed.reconnect('halted')
    await clock.advance(3_000)
    venue.trade('BTC')
    await clock.advance(5_000)
    expect(dials.length).toBe(2)
    expect(dials[1]! - wokeAt).toBeLessThan(5_000)
    const gaps = gapsOf(setup, 'kraken:BTC/USD')
    expect(gaps.map(({ reason, since }) => [reason, since])).toEqual(
      Array.from({ length: 3 }, () => ['halted', lastSign]),
    )
    expect(gaps.map(({ until, filledBy }) => [until !== undefined, filledBy])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, 'backfill'],
    ])
    expect(setup.events.filter(isOf('trade')).map(({ data, origin }) => [data.id, origin])).toEqual([
      ['2', 'backfill'],
      ['3', 'stream'],
    ])
    setup.feed.close()
  })
})
