import { expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { NetworkFault } from '../feed/network-faults.ts'
import { createVirtualClock } from '../feed/testing/virtual-clock.ts'
import type { FeedAnswer, Marks } from './ask-feed.ts'
import { ItemError } from './item-feed.ts'
import type { ItemFeed } from './item-feed.ts'
import { createSourcePoll } from './poll-source.ts'

const EVERY = 3 * MINUTE

/** A source over a server that answers as told. */
function setUp(answer: () => string | undefined | Error = () => 'good', change: Partial<ItemFeed> = {}) {
  const clock = createVirtualClock()
  const askedAt: Millis[] = []
  const marks: Marks[] = []
  const newest: Millis[] = []
  let key: string | undefined
  const feed: ItemFeed = {
    id: 'crypto_news',
    docs: '',
    every: EVERY,
    request: ({ url }) => ({ url }),
    decode(body) {
      if (body === 'bad') throw new ItemError('not-xml', 'The answer is not XML.')
      return { items: [{ title: body }] }
    },
    ...change,
  }
  const poll = createSourcePoll(
    { feed, url: 'https://x.example/rss' },
    {
      clock,
      random: () => 0.5,
      version: '1',
      key: () => Promise.resolve(key),
      ask: () => (_request, known) => {
        askedAt.push(clock.monotonic())
        marks.push(known)
        const said = answer()
        if (said instanceof Error) return Promise.reject(said)
        const answered: FeedAnswer = { body: said, marks: { etag: 'e' }, receivedAt: clock.now() }
        return Promise.resolve(answered)
      },
      take: ({ items = [] }) => {
        const newestAt = newest.shift()
        return { items: items.length, duplicates: 0, refused: [], ...(newestAt === undefined ? {} : { newestAt }) }
      },
      onChange: () => {},
    },
  )
  const waits = () => askedAt.slice(1).map((at, index) => at - askedAt[index]!)
  return { clock, poll, askedAt, waits, marks, newest, setKey: (next: string) => (key = next) }
}

test('A-07 a feed is asked at its pace and never more often, with what its server said of the last answer', async () => {
  const { clock, poll, waits, marks } = setUp()
  poll.start()
  await clock.advance(HOUR)
  expect(waits().length).toBeGreaterThan(10)
  expect(Math.min(...waits())).toBeGreaterThanOrEqual(EVERY)
  expect(marks.slice(0, 2)).toEqual([{}, { etag: 'e' }])
  expect(poll.state).toMatchObject({ state: 'live', attempt: 0, items: waits().length + 1 })
})

test('the time of the newest item is kept while answers bring older ones, or none', async () => {
  const { clock, poll, newest } = setUp()
  newest.push(2_000, 1_000)
  poll.start()
  await clock.advance(HOUR)
  expect([newest, poll.state.lastItemAt]).toEqual([[], 2_000])
})

test('A-07 a dead feed shows its reason and its next try, waits longer each time, and comes back', async () => {
  let dead = true
  const { clock, poll, waits } = setUp(() =>
    dead ? new FaultError('feed-gone', 'x.example has nothing at this address (any more) (404).') : 'good',
  )
  poll.start()
  await clock.advance(2 * HOUR)
  expect(poll.state).toEqual({
    feed: 'crypto_news',
    url: 'https://x.example/rss',
    state: 'down',
    since: expect.any(Number) as number,
    fault: { code: 'feed-gone', message: 'x.example has nothing at this address (any more) (404).' },
    attempt: waits().length + 1,
    nextAt: expect.any(Number) as number,
    items: 0,
    duplicates: 0,
    refused: {},
  })
  expect(waits()).toEqual(waits().toSorted((a, b) => a - b))
  expect(waits().at(-1)).toBeGreaterThan(4 * EVERY)
  dead = false
  await clock.advance(4 * HOUR)
  expect(poll.state).toMatchObject({ state: 'live', attempt: 0 })
  expect('fault' in poll.state).toBe(false)
})

test('A-07 an answer that is not the feed’s is a fault with its rule, and is asked for whole again', async () => {
  const { clock, poll, marks } = setUp(() => 'bad')
  poll.start()
  await clock.advance(30 * MINUTE)
  expect(poll.state.fault).toEqual({ code: 'feed-unreadable', message: 'The answer is not XML (not-xml).' })
  expect(marks.every((each) => each.etag === undefined)).toBe(true)
})

test('A-07 a server that asks to be left alone is', async () => {
  const { clock, poll, waits } = setUp(() => new NetworkFault('rate-limited', 'Too many requests.', 2 * HOUR))
  poll.start()
  await clock.advance(5 * HOUR)
  expect(waits().every((wait) => wait >= 2 * HOUR)).toBe(true)
  expect(waits().length).toBeGreaterThan(0)
})

test('A-07 nothing new is no fault', async () => {
  const { clock, poll } = setUp(() => undefined)
  poll.start()
  await clock.advance(MINUTE)
  expect(poll.state).toMatchObject({ state: 'live', items: 0 })
})

test('A-07 switched off and on, or asked by hand, a feed is still not asked more often than it allows', async () => {
  const { clock, poll, askedAt } = setUp()
  expect(() => poll.refresh()).toThrow('switched off')
  poll.start()
  await clock.advance(10 * SECOND)
  expect(() => poll.refresh()).toThrow('may be asked again in 172 s.')
  for (let turn = 0; turn < 5; turn += 1) {
    poll.stop()
    poll.start()
    await clock.advance(10 * SECOND)
  }
  expect(askedAt).toHaveLength(1)
  await clock.advance(EVERY - 61 * SECOND)
  expect(askedAt).toHaveLength(1)
  await clock.advance(10 * SECOND)
  expect(askedAt).toHaveLength(2)
  poll.stop()
  await clock.advance(HOUR)
  expect(askedAt).toHaveLength(2)
  expect([poll.state.state, clock.waiting]).toEqual(['off', 0])
})

test('A-07 a key in place of one that was refused is tried at once; one in place of a good one at the feed’s pace', async () => {
  let answer: string | Error = new FaultError('key-refused', 'x.example did not take the key (401).')
  const { clock, poll, askedAt, setKey } = setUp(() => answer, { needsKey: true, every: 6 * HOUR })
  setKey('wrong')
  poll.start()
  await clock.advance(MINUTE)
  expect(poll.state).toMatchObject({ state: 'down', fault: { code: 'key-refused' } })
  answer = 'good'
  setKey('right')
  poll.wake()
  await clock.advance(SECOND)
  expect([poll.state.state, askedAt.length]).toEqual(['live', 2])
  poll.wake()
  await clock.advance(5 * HOUR)
  expect(askedAt).toHaveLength(2)
})

test('A-07 a feed that needs a key asks nobody until it has one', async () => {
  const { clock, poll, askedAt, setKey } = setUp(() => 'good', { needsKey: true })
  poll.start()
  await clock.advance(HOUR)
  expect([poll.state.state, askedAt.length]).toEqual(['keyless', 0])
  setKey('own')
  poll.wake()
  await clock.advance(SECOND)
  expect([poll.state.state, askedAt.length]).toEqual(['live', 1])
})
