import { describe, expect, it } from 'vitest'
import type { Book, InstrumentKey, Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { BookRule, Limit } from '../exchanges/exchange.ts'
import { isOf } from './testing/fake-exchange.ts'
import type { Setup } from './testing/setup.ts'
import { createSetup } from './testing/setup.ts'

const BTC: InstrumentKey = 'kraken:BTC/USD'
const ETH: InstrumentKey = 'kraken:ETH/USD'

const counted: BookRule = {
  start: 'stream',
  joins(last, { last: to }) {
    if (Number(to) <= Number(last)) return 'drop'
    return Number(to) === Number(last) + 1 ? 'apply' : 'broken'
  },
}
const asked: BookRule = { ...counted, start: 'rest' }

const whole = (last: number, bid = '99'): Book => ({
  kind: 'book',
  snapshot: true,
  bids: [[bid, '1']],
  asks: [['101', '2']],
  sequence: { last: String(last) },
})
const update = (last: number, bid = '99'): Book => ({
  kind: 'book',
  snapshot: false,
  bids: [[bid, String(last)]],
  asks: [],
  sequence: { last: String(last) },
})

/** Two markets, live, with books that end at 10. */
async function start(options: Parameters<typeof createSetup>[0] = {}): Promise<Setup> {
  const setup = createSetup({
    watch: [BTC, ETH],
    book: counted,
    latency: 50,
    prepare(venue) {
      for (const market of ['BTC', 'ETH']) venue.books.set(market, whole(10))
    },
    ...options,
  })
  await setup.clock.advance(5 * SECOND)
  setup.events.length = setup.venue.heard.length = 0
  return setup
}

/** One market whose stream sends changes alone: `answer` is REST's. */
async function startAsked(latency: Millis, answer: Book, restLimit?: Limit): Promise<Setup> {
  const setup = createSetup({
    watch: [BTC],
    book: asked,
    latency,
    ...(restLimit ? { restLimit } : {}),
    prepare: ({ mute, books }) => {
      mute.add('BTC book')
      books.set('BTC', answer)
    },
  })
  await setup.clock.advance(5 * SECOND)
  setup.venue.mute.clear()
  setup.events.length = 0
  return setup
}

const push = ({ venue, clock }: Setup, data: Book, market = 'BTC') => venue.push(market, data, clock.now())
/** What was told of the books, in short. */
const booksOf = ({ events }: Setup) =>
  events
    .filter(isOf('book'))
    .map(({ instrument, data }) => [instrument, data.stale ? data.stale.reason : data.bids.flat().join(' ')])
const saidOf = ({ venue }: Setup) =>
  venue.heard.map((text) => {
    const { op, wants } = JSON.parse(text) as { op: string; wants: { market: string; channels: string[] }[] }
    return `${op} ${wants.map(({ market, channels }) => `${market}:${channels.join('+')}`).join(' ')}`
  })
const troubledOf = ({ feed }: Setup) => feed.health().troubled.map(({ instrument, fault }) => [instrument, fault.code])

describe('A-14 a lost update', () => {
  it('A-14 takes that market’s book back at once, and only that one is subscribed anew', async () => {
    const setup = await start()
    push(setup, update(11))
    push(setup, update(13))
    push(setup, update(11), 'ETH')
    await setup.clock.advance(60)
    const meanwhile = [booksOf(setup), troubledOf(setup), saidOf(setup)]
    setup.venue.books.set('BTC', whole(20, '98'))
    await setup.clock.advance(SECOND)
    push(setup, update(21, '97'))
    await setup.clock.advance(60)
    expect(meanwhile).toEqual([
      [
        [BTC, '99 11'],
        [BTC, 'sequence'],
        [ETH, '99 11'],
      ],
      [[BTC, 'book-broken']],
      [],
    ])
    expect(saidOf(setup)).toEqual(['unsubscribe BTC:book', 'subscribe BTC:book'])
    expect(booksOf(setup).slice(3)).toEqual([
      [BTC, '98 1'],
      [BTC, '98 1 97 21'],
    ])
    expect(troubledOf(setup)).toEqual([])
    expect(setup.events.filter(isOf('gap'))).toEqual([])
    setup.feed.close()
  })

  it('A-14 tells when it asks: the venue’s limit on frames may make it wait, and it is kept', async () => {
    const setup = await start({ limits: { frames: { count: 3, per: 10 * SECOND } } })
    // The first subscription and two resubscriptions fill the limit.
    const asked: number[] = []
    for (const last of [12, 14]) {
      push(setup, update(last))
      await setup.clock.advance(SECOND)
      asked.push(setup.venue.heard.length)
      setup.venue.books.set('BTC', whole(last + 1))
    }
    const [first, last] = setup.events.filter(isOf('book')).flatMap(({ data }) => data.stale ?? [])
    expect(first?.resyncAt).toBe(first?.since)
    expect((last?.resyncAt ?? 0) - (last?.since ?? 0)).toBeGreaterThan(3 * SECOND)
    expect(setup.feed.health().troubled[0]?.nextAttemptAt).toBe(last?.resyncAt)
    expect(asked).toEqual([2, 2])
    await setup.clock.advance((last?.resyncAt ?? 0) - setup.clock.now() + 60)
    expect(setup.venue.heard.length).toBeGreaterThan(2)
    setup.feed.close()
  })

  it('A-14 asks less and less often for a book that breaks each time', async () => {
    const setup = await start()
    let breaks = 0
    for (let each = 0; each < 600; each += 1) {
      push(setup, update(1_000 + 2 * each))
      await setup.clock.advance(SECOND)
      breaks += 1
    }
    const asks = saidOf(setup).filter((text) => text.startsWith('subscribe')).length
    expect([breaks, asks > 8, asks < 30]).toEqual([600, true, true])
    setup.feed.close()
  })

  it('asks again when the socket does not answer with a book', async () => {
    const setup = await start()
    setup.venue.mute.add('BTC book')
    push(setup, update(12))
    setup.venue.mute.delete('BTC book')
    push(setup, update(13))
    setup.venue.mute.add('BTC book')
    await setup.clock.advance(4 * SECOND)
    const early = saidOf(setup).length
    await setup.clock.advance(4 * SECOND)
    setup.venue.mute.delete('BTC book')
    expect([early, saidOf(setup).length]).toEqual([2, 4])
    setup.feed.close()
  })
})

describe('A-14 a jump in the count of frames', () => {
  it('A-14 takes back every book of that connection, and asks for all of them in one go', async () => {
    const setup = await start()
    const say = (count: number) => setup.venue.say(JSON.stringify({ control: { control: 'count', count } }))
    for (const count of [0, 1, 2, 2]) say(count)
    await setup.clock.advance(60)
    const before = booksOf(setup)
    say(4)
    await setup.clock.advance(SECOND)
    expect(before).toEqual([])
    expect(saidOf(setup)).toEqual(['unsubscribe BTC:book ETH:book', 'subscribe BTC:book ETH:book'])
    expect(
      booksOf(setup)
        .filter(([, what]) => what === 'lost')
        .map(([key]) => key),
    ).toContain(ETH)
    expect(booksOf(setup).slice(-2)).toEqual([
      [BTC, '99 1'],
      [ETH, '99 1'],
    ])
    setup.feed.close()
  })
})

describe('A-14 a book that is asked for over REST', () => {
  it('A-14 buffers, asks, drops what is in it and replays the rest', async () => {
    const setup = await startAsked(100, whole(12))
    for (const last of [11, 12, 13]) push(setup, update(last, String(last)))
    await setup.clock.advance(250)
    push(setup, update(14, '14'))
    await setup.clock.advance(SECOND)
    expect(booksOf(setup)).toEqual([
      [BTC, '99 1 13 13'],
      [BTC, '99 1 14 14 13 13'],
    ])
    expect(troubledOf(setup)).toEqual([])
    setup.feed.close()
  })

  it('A-14 asks again, later, while the answer is older than the first update', async () => {
    const setup = await startAsked(10, whole(7))
    push(setup, update(11))
    await setup.clock.advance(500)
    const early = [booksOf(setup), troubledOf(setup)]
    setup.venue.books.set('BTC', whole(10, '98'))
    await setup.clock.advance(2 * SECOND)
    expect(early).toEqual([[], [[BTC, 'book-broken']]])
    expect([booksOf(setup), troubledOf(setup)]).toEqual([[[BTC, '99 11 98 1']], []])
    setup.feed.close()
  })

  it('A-14 asks within the venue’s REST limit, and says how long that is', async () => {
    const setup = await startAsked(10, whole(10), { count: 1, per: 20 * SECOND })
    push(setup, update(11))
    await setup.clock.advance(SECOND)
    setup.venue.books.set('BTC', whole(12, '98'))
    push(setup, update(13))
    await setup.clock.advance(SECOND)
    const stale = setup.events.filter(isOf('book')).findLast(({ data }) => data.stale)?.data.stale
    expect((stale?.resyncAt ?? 0) - (stale?.since ?? 0)).toBeGreaterThan(15 * SECOND)
    await setup.clock.advance(25 * SECOND)
    expect([booksOf(setup).at(-1), troubledOf(setup)]).toEqual([[BTC, '99 13 98 1'], []])
    setup.feed.close()
  })
})

describe('A-15 a checksum', () => {
  it('A-15 that does not fit takes the book back', async () => {
    const setup = await start({
      book: { start: 'stream', checksum: ({ bids }) => bids.map(([price]) => price).join() },
    })
    const say = (book: Book, checksum: string) =>
      setup.venue.say(JSON.stringify({ data: [{ market: 'BTC', at: setup.clock.now(), data: book, checksum }] }))
    say(update(1, '98'), '99,98')
    say(update(2, '97'), '99,98')
    await setup.clock.advance(SECOND)
    expect(booksOf(setup)).toEqual([
      [BTC, '99 1 98 1'],
      [BTC, 'checksum'],
      [BTC, '99 1'],
    ])
    setup.feed.close()
  })
})

describe('another connection', () => {
  it('after a break begins with its own first book, and updates before it do not join the old one', async () => {
    const setup = await start()
    setup.venue.disconnect()
    setup.venue.books.set('BTC', whole(40, '90'))
    await setup.clock.advance(5 * SECOND)
    push(setup, update(41, '91'))
    await setup.clock.advance(SECOND)
    expect(booksOf(setup).filter(([key]) => key === BTC)).toEqual([
      [BTC, 'disconnected'],
      [BTC, '90 1'],
      [BTC, '91 41 90 1'],
    ])
    setup.feed.close()
  })

  it('that takes over by plan leaves no moment without a book', async () => {
    const setup = await start({ limits: { lifetime: 20 * SECOND } })
    const books: string[] = []
    for (let last = 11; last < 60; last += 1) {
      setup.venue.books.set('BTC', whole(last))
      push(setup, update(last))
      await setup.clock.advance(SECOND)
    }
    for (const { data } of setup.events.filter(isOf('book')).filter(({ instrument }) => instrument === BTC))
      books.push(data.stale ? data.stale.reason : data.snapshot ? 'whole' : 'part')
    expect([setup.dials.length > 2, new Set(books), setup.feed.health().reconnects]).toEqual([
      true,
      new Set(['whole']),
      0,
    ])
    setup.feed.close()
  })
})

describe('the end', () => {
  it('leaves no timer behind, even while a book is asked for', async () => {
    const setup = await start()
    push(setup, update(12))
    await setup.clock.advance(60)
    setup.feed.close()
    await setup.clock.advance(MINUTE)
    expect(setup.clock.waiting).toBe(0)
  })
})
