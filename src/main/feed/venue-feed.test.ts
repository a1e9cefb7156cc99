import { describe, expect, it } from 'vitest'
import type { Gap, MarketEvent } from '../../shared/market.ts'
import type { Style } from './testing/fake-exchange.ts'
import { isOf } from './testing/fake-exchange.ts'
import type { Setup } from './testing/setup.ts'
import { createSetup } from './testing/setup.ts'

const gapsOf = (setup: Setup, key: string) =>
  setup.events
    .filter((event): event is MarketEvent<Gap> => event.instrument === key && event.data.kind === 'gap')
    .map(({ data }) => data)

const idsOf = (setup: Setup, key = 'kraken:BTC/USD') =>
  setup.events
    .filter(isOf('trade'))
    .filter((event) => event.instrument === key)
    .map((event) => event.data.id)

describe('A-02 one refused symbol does not stop the others', () => {
  for (const style of ['whole', 'each', 'all-or-nothing'] satisfies Style[])
    it(`A-02 where subscriptions are taken '${style}'`, async () => {
      const setup = createSetup({
        style,
        watch: ['kraken:BTC/USD', 'kraken:XRP/USD', 'kraken:ETH/USD'],
        prepare: (venue) => void venue.refused.add('XRP'),
      })
      await setup.clock.advance(5_000)
      setup.venue.trade('BTC')
      setup.venue.trade('ETH')
      await setup.clock.advance(40_000)
      expect({
        trades: [idsOf(setup), idsOf(setup, 'kraken:ETH/USD')],
        troubled: setup.feed
          .health()
          .troubled.map(({ instrument, fault }) => [instrument, fault.code])
          .filter(([key]) => key === 'kraken:XRP/USD')[0],
        gap: gapsOf(setup, 'kraken:XRP/USD').at(-1)?.reason,
      }).toEqual({
        trades: [['1'], ['2']],
        // A venue that answers nothing can only be found silent.
        troubled: ['kraken:XRP/USD', style === 'whole' ? 'market-silent' : 'market-refused'],
        gap: style === 'whole' ? 'connecting' : 'refused',
      })
      setup.feed.close()
    })
})

describe('a market’s first moments', () => {
  it('opens the gap "connecting" when the watch begins and closes it before the first value', async () => {
    const { clock, venue, events, feed } = createSetup({ watch: ['kraken:BTC/USD'], style: 'whole', latency: 20 })
    const began = clock.now()
    await clock.advance(1_000)
    venue.trade('BTC')
    await clock.advance(100)
    expect(events.map(({ data }) => (data.kind === 'gap' ? data : data.kind))).toEqual([
      { kind: 'gap', since: began, reason: 'connecting' },
      { kind: 'gap', since: began, until: began + 120, reason: 'connecting' },
      'book',
      'trade',
    ])
    feed.close()
  })

  it('watches BTC, ETH, XRP and SOL where nobody chose', async () => {
    const { clock, feed } = createSetup({ bases: ['DOGE', 'SOL', 'BTC', 'ETH', 'XRP'] })
    await clock.advance(1_000)
    expect(feed.watched()).toEqual(['kraken:BTC/USD', 'kraken:ETH/USD', 'kraken:XRP/USD', 'kraken:SOL/USD'])
    feed.close()
  })

  it('takes a repeated last trade as a last price, not as a print', async () => {
    const { clock, feed, events, lastPrices } = createSetup({
      watch: ['kraken:BTC/USD'],
      prepare: (venue, clock) => venue.trade('BTC', { at: clock.now() - 3_600_000, price: '7' }),
    })
    await clock.advance(1_000)
    expect(events.filter(isOf('trade'))).toEqual([])
    expect(lastPrices.map(({ data }) => data.price)).toEqual(['7'])
    feed.close()
  })

  it('A-16 the first message after connecting is used, though nothing follows', async () => {
    const { clock, feed, events, venue } = createSetup({
      watch: ['kraken:BTC/USD'],
      style: 'whole',
      keepAlive: { kind: 'ping', every: 20_000, timeout: 10_000 },
    })
    await clock.advance(60_000)
    expect(venue.peers.size).toBe(1)
    expect(events.filter(isOf('book')).map(({ data }) => data)).toEqual([
      { kind: 'book', snapshot: true, bids: [['99', '1']], asks: [['101', '2']] },
    ])
    feed.close()
  })

  it('hands on all that came in one turn as one batch', async () => {
    const { clock, feed, venue, batches } = createSetup({ watch: ['kraken:BTC/USD'], style: 'whole' })
    await clock.advance(1_000)
    batches.length = 0
    for (let each = 0; each < 50; each++) venue.trade('BTC')
    await clock.advance(10)
    expect(batches.map((batch) => batch.length)).toEqual([50])
    feed.close()
  })
})

describe('A-02 a refused market', () => {
  it('A-02 is told as a gap and as trouble, and asked for again much later', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD', 'kraken:XYZ/USD'] })
    await setup.clock.advance(1_000)
    const { troubled } = setup.feed.health()
    expect(troubled.map(({ instrument, fault }) => [instrument, fault.code])).toEqual([
      ['kraken:XYZ/USD', 'market-refused'],
    ])
    expect(gapsOf(setup, 'kraken:XYZ/USD').map(({ reason, until }) => [reason, until !== undefined])).toEqual([
      ['connecting', false],
      ['connecting', true],
      ['refused', false],
    ])
    setup.feed.close()
  })
})

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
    expect(events.slice(0, 2).map(({ data }) => data)).toMatchObject([
      { kind: 'gap', since: lastSign, reason: 'disconnected' },
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

describe('other wants at run time', () => {
  it('go out on the open socket where subscriptions add up', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'] })
    await setup.clock.advance(1_000)
    setup.venue.heard.length = 0
    setup.feed.setWatch(['kraken:ETH/USD'], ['kraken:SOL/USD'])
    await setup.clock.advance(1_000)
    const said = setup.venue.heard.map((text) => JSON.parse(text) as { op: string; wants: { market: string }[] })
    expect(said.map(({ op, wants }) => [op, wants.map(({ market }) => market)])).toEqual([
      ['unsubscribe', ['BTC']],
      ['subscribe', ['ETH', 'SOL']],
    ])
    expect(setup.dials).toHaveLength(1)
    expect(gapsOf(setup, 'kraken:BTC/USD').at(-1)).toMatchObject({ reason: 'unwatched' })
    setup.feed.close()
  })

  it('go out whole where each frame replaces the last', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], style: 'whole' })
    await setup.clock.advance(1_000)
    setup.venue.heard.length = 0
    setup.feed.setWatch(['kraken:BTC/USD', 'kraken:ETH/USD'], [])
    await setup.clock.advance(1_000)
    const said = setup.venue.heard.map((text) => JSON.parse(text) as { wants: { market: string }[] })
    expect(said.map(({ wants }) => wants.map(({ market }) => market))).toEqual([['BTC', 'ETH']])
    expect(setup.dials).toHaveLength(1)
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

describe('noise', () => {
  it('is counted by rule, kept as samples, and never ends the feed', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'] })
    await setup.clock.advance(1_000)
    for (let each = 0; each < 30; each++) setup.venue.say(`no json ${'x'.repeat(3_000)}`)
    setup.venue.say('boom')
    setup.venue.say(
      JSON.stringify({ data: [{ market: 'ZZZ', at: 1, data: { kind: 'trade', id: '1', price: '1', size: '1' } }] }),
    )
    setup.venue.trade('BTC')
    await setup.clock.advance(100)
    expect(setup.feed.health().malformed).toEqual({ 'not-json': 30, decoder: 1, 'unknown-market': 1 })
    expect(setup.feed.samples()).toHaveLength(20)
    expect(setup.feed.samples()[0]!.frame).toHaveLength(2_000)
    expect(setup.faults.map(({ code }) => code)).toContain('decoder-failed')
    expect(idsOf(setup)).toEqual(['1'])
    setup.feed.close()
  })
})

describe('the end', () => {
  it('leaves no timer behind', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'] })
    await setup.clock.advance(30_000)
    setup.feed.close()
    await setup.clock.advance(60_000)
    expect(setup.clock.waiting).toBe(0)
  })
})
