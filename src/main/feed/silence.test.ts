import { describe, expect, it } from 'vitest'
import { isOf } from './testing/fake-exchange.ts'
import type { Setup } from './testing/setup.ts'
import { createSetup } from './testing/setup.ts'

const speak = ({ venue, clock }: Setup, market: string, isLost = false) => {
  venue.trade(market, { isLost })
  venue.push(market, { kind: 'ticker', last: '100' }, clock.now())
  venue.push(market, { kind: 'book', snapshot: true, bids: [], asks: [] }, clock.now())
}
const trade = async (setup: Setup, every: number, times: number, markets = ['BTC']) => {
  const { clock } = setup
  for (let each = 0; each < times; each++) {
    for (const market of markets) speak(setup, market)
    await clock.advance(every)
  }
}
const troubledOf = ({ feed }: Setup) => feed.health().troubled.map(({ instrument, fault }) => [instrument, fault.code])

describe('A-76 a subscription that went silent', () => {
  for (const rhythm of [500, 2_000, 10_000])
    it(`A-76 is found within 3 × its rhythm of ${rhythm} ms, told as a gap, and revived`, async () => {
      const setup = createSetup({ watch: ['kraken:BTC/USD', 'kraken:ETH/USD'], latency: 20 })
      const { clock, venue, events } = setup
      await clock.advance(2_000)
      await trade(setup, rhythm, 20, ['BTC', 'ETH'])
      const lastAt = clock.now() - rhythm
      venue.mute.add('BTC trade')
      events.length = 0
      // The floor of three seconds holds for what trades faster than once a second.
      const within = Math.max(3_000, 3 * rhythm)
      let silentFor = rhythm
      while (!events.some(({ data }) => data.kind === 'gap') && silentFor < within + 10_000) {
        if (silentFor % rhythm === 0) {
          speak(setup, 'BTC', true)
          speak(setup, 'ETH')
        }
        await clock.advance(250)
        silentFor += 250
      }
      // A trade must be two seconds old before its absence proves anything.
      expect(silentFor).toBeLessThanOrEqual(within + (rhythm < 2_000 ? 500 : 0))
      expect(events.find(({ data }) => data.kind === 'gap')).toMatchObject({
        instrument: 'kraken:BTC/USD',
        data: { reason: 'silent', since: lastAt + 20 },
      })
      expect(troubledOf(setup)).toEqual([['kraken:BTC/USD', 'market-silent']])
      expect(venue.heard.slice(1).map((text) => (JSON.parse(text) as { op: string }).op)).toEqual([
        'unsubscribe',
        'subscribe',
      ])
      // Revived by being asked for again.
      venue.mute.clear()
      await trade(setup, rhythm, 2, ['BTC', 'ETH'])
      expect(events.filter(isOf('gap')).at(-1)?.data).toMatchObject({
        reason: 'silent',
        until: expect.any(Number) as number,
      })
      expect(troubledOf(setup)).toEqual([])
      expect(setup.dials).toHaveLength(1)
      setup.feed.close()
    })

  it('A-76 that stays silent gets another socket, and the others have no break', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD', 'kraken:ETH/USD'], latency: 20 })
    await setup.clock.advance(2_000)
    await trade(setup, 1_000, 20, ['BTC', 'ETH'])
    setup.venue.mute.add('BTC trade')
    await trade(setup, 1_000, 60, ['BTC', 'ETH'])
    expect(setup.dials.length).toBe(2)
    const told = setup.events.filter(isOf('gap')).filter(({ data }) => data.reason === 'silent')
    expect(told.map(({ instrument, data }) => [instrument, data.until])).toEqual([['kraken:BTC/USD', undefined]])
    expect(setup.events.filter(isOf('gap')).filter(({ instrument }) => instrument === 'kraken:ETH/USD')).toHaveLength(2)
    expect(setup.events.filter(isOf('trade')).filter(({ instrument }) => instrument === 'kraken:ETH/USD')).toHaveLength(
      80,
    )
    setup.feed.close()
  })

  it('A-76 a channel that ticks by itself needs no other proof', async () => {
    const setup = createSetup({ watch: ['kraken:BTC/USD'], quiet: ['trade', 'book'] })
    const { clock, venue } = setup
    await clock.advance(1_000)
    for (let each = 0; each < 20; each++) {
      venue.push('BTC', { kind: 'ticker', last: '1' }, clock.now())
      await clock.advance(1_000)
    }
    await clock.advance(2_500)
    expect(troubledOf(setup)).toEqual([['kraken:BTC/USD', 'market-silent']])
    expect(venue.heard.at(-1)).toContain('"channels":["ticker"]')
    setup.feed.close()
  })
})

describe('A-76 a truly quiet pair', () => {
  it('A-76 is neither reconnected nor called silent, and its last word has an age', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD'],
      keepAlive: { kind: 'ping', every: 20_000, timeout: 10_000 },
    })
    const { clock, feed, events } = setup
    await clock.advance(1_000)
    await trade(setup, 1_000, 30)
    const lastAt = clock.now() - 1_000
    events.length = 0
    await clock.advance(3_600_000)
    expect(events.filter(isOf('gap'))).toEqual([])
    expect(setup.dials).toHaveLength(1)
    expect(setup.venue.heard).toHaveLength(1)
    expect(feed.health()).toMatchObject({ state: 'live', troubled: [], lastDataAt: lastAt })
    feed.close()
  })

  it('A-76 is not asked about again and again', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD'],
      keepAlive: { kind: 'ping', every: 20_000, timeout: 10_000 },
    })
    await setup.clock.advance(1_000)
    await trade(setup, 1_000, 30)
    let asked = 0
    const { answer } = { answer: setup.venue.answer.bind(setup.venue) }
    setup.venue.answer = (path) => {
      if (path.startsWith('/trades')) asked += 1
      return answer(path)
    }
    await setup.clock.advance(3_600_000)
    expect(asked).toBeLessThan(40)
    setup.feed.close()
  })
})
