import { describe, expect, it } from 'vitest'
import type { Style } from './testing/fake-exchange.ts'
import { isOf } from './testing/fake-exchange.ts'
import { createSetup } from './testing/setup.ts'
import { gapsOf, idsOf } from './testing/told.ts'

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

describe('a refusal that names no market', () => {
  it('A-02 is found by who stays silent, told as refused, and not asked about every few seconds', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD', 'kraken:XRP/USD', 'kraken:ETH/USD'],
      prepare(venue) {
        venue.refused.add('XRP')
        venue.isNameless = true
      },
    })
    await setup.clock.advance(15_000)
    const asked = setup.venue.heard.length
    await setup.clock.advance(35_000)
    expect({
      asked: setup.venue.heard.length - asked,
      troubled: setup.feed
        .health()
        .troubled.filter(({ fault }) => fault.code === 'market-refused')
        .map(({ instrument, fault }) => [instrument, fault.message]),
      gaps: ['BTC', 'XRP', 'ETH'].map((base) => gapsOf(setup, `kraken:${base}/USD`).at(-1)),
    }).toEqual({
      asked: 0,
      troubled: [['kraken:XRP/USD', 'kraken:XRP/USD: unknown topic']],
      gaps: [
        expect.objectContaining({ reason: 'connecting', until: expect.any(Number) as number }),
        expect.objectContaining({ reason: 'refused' }),
        expect.objectContaining({ reason: 'connecting', until: expect.any(Number) as number }),
      ],
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
