import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/market.ts'
import { coinbase as exchange } from '../../exchanges/coinbase/index.ts'
import type { RestCall } from '../../exchanges/exchange.ts'
import { eventually, openClient } from '../testing/client.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['coinbase'], start: START })
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const subscribe = (products: unknown, channels: unknown) => ({ type: 'subscribe', product_ids: products, channels })
const isOf = (type: string) => (frame: string) => frame.startsWith(`{"type":"${type}"`)
const run = async <T>(call: RestCall<T>): Promise<T> => call.decode((await market.rest(`/coinbase${call.path}`)).body)

test('A-02 the acknowledgement lists all that is subscribed, level2_batch under another name', async () => {
  const client = await market.client('/coinbase')
  client.send(subscribe(['BTC-USD', 'ETH-USD'], ['matches', 'level2_batch']))
  client.send({ type: 'unsubscribe', product_ids: ['ETH-USD'], channels: ['matches', 'level2_batch'] })
  client.send(subscribe([], [{ name: 'ticker', product_ids: ['SOL-USD'] }]))
  const isAck = isOf('subscriptions')
  const acks = [await client.next(isAck), await client.next(isAck), await client.next(isAck)]
  expect(acks.map((ack) => json(ack)['channels'])).toEqual([
    [
      { name: 'matches', product_ids: ['BTC-USD', 'ETH-USD'], account_ids: null },
      { name: 'level2_50', product_ids: ['BTC-USD', 'ETH-USD'], account_ids: null },
    ],
    [
      { name: 'matches', product_ids: ['BTC-USD'], account_ids: null },
      { name: 'level2_50', product_ids: ['BTC-USD'], account_ids: null },
    ],
    [
      { name: 'matches', product_ids: ['BTC-USD'], account_ids: null },
      { name: 'level2_50', product_ids: ['BTC-USD'], account_ids: null },
      { name: 'ticker', product_ids: ['SOL-USD'], account_ids: null },
    ],
  ])
})

test.each([
  ['match', 'matches', 'coinbase/match.jsonl'],
  ['ticker', 'ticker', 'coinbase/ticker.json'],
  ['heartbeat', 'heartbeat', 'coinbase/heartbeat.jsonl'],
  ['snapshot', 'level2_batch', 'coinbase/level2-skl-gbp.jsonl'],
])('%s has the keys of the recorded one, in its order', async (type, channel, name) => {
  const client = await market.client('/coinbase')
  client.send(subscribe(['BTC-USD'], [channel]))
  const frame = json(await client.next(isOf(type)))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf({ ...(sample as object), type }))
})

test('a match tells the maker’s side, the ticker of the same trade the taker’s', async () => {
  const client = await market.client('/coinbase')
  client.send(subscribe(['BTC-USD'], ['matches', 'ticker']))
  await eventually('trades', () => (client.frames.filter(isOf('ticker')).length > 20 ? true : undefined))
  const sides = (type: string) =>
    new Map(client.frames.filter(isOf(type)).map((frame) => [json(frame)['trade_id'], json(frame)['side']]))
  const matches = sides('match')
  for (const [id, taker] of sides('ticker')) if (matches.has(id)) expect(matches.get(id)).not.toBe(taker)
  expect(client.frames.findIndex(isOf('last_match'))).toBeLessThan(client.frames.findIndex(isOf('match')))
})

test('A-16 a book is whole at first, and its changes lead to the same book for whoever comes later', async () => {
  const bookOf = (frames: readonly string[]) => {
    const sides = { buy: new Map<string, string>(), sell: new Map<string, string>() }
    for (const frame of frames) {
      const { asks = [], bids = [], changes = [] } = json(frame) as Record<string, [string, string, string][]>
      for (const [price, size] of asks) sides.sell.set(price, size)
      for (const [price, size] of bids) sides.buy.set(price, size)
      for (const [side, price, size] of changes) {
        if (Number(size) === 0) sides[side as 'buy'].delete(price)
        else sides[side as 'buy'].set(price, size)
      }
    }
    const sorted = (side: ReadonlyMap<string, string>) => [...side].toSorted(([a], [b]) => Number(a) - Number(b))
    return [sorted(sides.buy), sorted(sides.sell)]
  }
  const first = await market.client('/coinbase')
  first.send(subscribe(['BTC-USD'], ['level2_batch']))
  await eventually('changes', () => (first.frames.filter(isOf('l2update')).length > 5 ? true : undefined))
  const later = await market.client('/coinbase')
  later.send(subscribe(['BTC-USD'], ['level2_batch']))
  await later.next(isOf('l2update'))
  const last = await later.next(isOf('l2update'))
  await first.next((frame) => frame === last)
  const upTo = (frames: readonly string[]) =>
    frames.slice(0, frames.indexOf(last) + 1).filter((frame) => isOf('snapshot')(frame) || isOf('l2update')(frame))
  expect(bookOf(upTo(later.frames))).toEqual(bookOf(upTo(first.frames)))
})

test.each([
  [subscribe(['BTC-USD', 'NOPE-USD'], ['matches']), 'NOPE-USD is not a valid product'],
  [subscribe(['BTC-USD'], ['level2']), /^level2, level3, and full channels now require authentication/],
  [subscribe(['BTC-USD'], ['nope']), 'nope is not a valid channel'],
  [subscribe(['BTC-USD'], []), 'No channels provided'],
])('A-02 a request with something wrong is refused whole: %j', async (request, reason) => {
  const client = await market.client('/coinbase')
  client.send(request)
  const answer = json(await client.next())
  expect(answer).toEqual({
    type: 'error',
    message: 'Failed to subscribe',
    reason: expect.stringMatching(reason) as string,
  })
  client.send(subscribe(['BTC-USD'], ['matches']))
  expect(json(await client.next())).toMatchObject({ type: 'subscriptions' })
})

test('who says nothing within five seconds is dropped, who subscribes is not', async () => {
  const hasty = await openTestMarket({ venues: ['coinbase'], timings: { idle: 300 } })
  const silent = await openClient(hasty.ws('/coinbase'))
  const speaking = await openClient(hasty.ws('/coinbase'))
  speaking.send(subscribe(['BTC-USD'], ['heartbeat']))
  expect(await silent.ended()).toBe(1006)
  await speaking.next(isOf('heartbeat'))
  expect(speaking.closed.code).toBeUndefined()
  speaking.socket.terminate()
  await hasty.close()
})

test('A-01 what REST says, the adapter reads: markets, tickers, trades, candles, book', async () => {
  const { rest } = exchange
  const markets = await rest.markets(run)
  expect(markets[0]).toMatchObject({ key: 'coinbase:BTC/USD', tickSize: '0.01', status: 'trading' })
  expect(markets.find(({ native }) => native === 'ZIL-USD')?.status).toBe('halted')
  expect(markets.some(({ native }) => native === 'OLD-USD')).toBe(false)
  const natives = markets.map(({ native }) => native)
  expect((await run(rest.tickers(natives)[0]!)).map((ticker) => ticker.market).toSorted()).toEqual(natives.toSorted())
  const trades = await run(rest.trades('BTC-USD', 20))
  expect(trades.map(({ data }) => Number(data.id))).toEqual(trades.map((_, nth) => Number(trades[0]?.data.id) + nth))
  const openAt = Math.floor(START / MINUTE) * MINUTE
  const candles = await run(rest.candles('BTC-USD', MINUTE, openAt, 5))
  expect(candles.map((candle) => candle.openAt)).toEqual([5, 4, 3, 2, 1].map((back) => openAt - back * MINUTE))
  expect((await run(rest.candles('BTC-USD', MINUTE, openAt, 300))).length).toBe(300)
  expect((await run(rest.book('BTC-USD'))).data.bids).toHaveLength(100)
})

test.each([
  ['/products/NOPE-USD/trades', 404, 'NotFound'],
  ['/products/BTC-USD/candles?granularity=7', 400, 'Unsupported granularity'],
  ['/products/BTC-USD/candles?granularity=60&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z', 400, /exceeds 300/],
])('an error is a message: %s', async (path, status, message) => {
  const answer = await market.rest(`/coinbase${path}`)
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    status,
    { message: expect.stringMatching(message) as string },
  ])
})

test('fifteen calls at once are let through, then 429', async () => {
  const strict = await openTestMarket({ limits: true, venues: ['coinbase'] })
  const answers = await Promise.all(Array.from({ length: 16 }, () => strict.rest('/coinbase/time')))
  await strict.close()
  expect(answers.filter(({ status }) => status === 429).map(({ body }) => body)).toEqual([
    '{"message":"Public rate limit exceeded"}',
  ])
})
