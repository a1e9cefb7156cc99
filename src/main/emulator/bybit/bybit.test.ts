import { afterAll, beforeAll, expect, test } from 'vitest'
import { bybit as exchange } from '../../exchanges/bybit/index.ts'
import { eventually, openClient } from '../testing/client.ts'
import { booksIn, foldBooks } from '../testing/fold.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/bybit/v5/public/spot'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['bybit'] })
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const isAnswer = (frame: string) => frame.includes('"op"')
const subscribe = (...args: readonly string[]) => ({ req_id: '1', op: 'subscribe', args })

test('A-02 subscribing is acknowledged once for all topics of a request, and taken back', async () => {
  const client = await market.client(PATH)
  client.send(subscribe('publicTrade.BTCUSDT', 'orderbook.50.BTCUSDT'))
  const answer = json(await client.next(isAnswer))
  const [sample] = readSample('bybit/ack.json') ?? [answer]
  expect(answer).toEqual(sample)
  await client.next((frame) => frame.startsWith('{"topic":"publicTrade.BTCUSDT"'))
  client.send({ op: 'unsubscribe', args: ['publicTrade.BTCUSDT'] })
  expect(json(await client.next(isAnswer))).toMatchObject({ success: true, op: 'unsubscribe' })
})

test.each([
  ['an unknown topic', 'publicTrade.NOPE', 'error:handler not found,topic:publicTrade.NOPE'],
  ['a topic that is there already', 'tickers.ETHUSDT', 'error:already subscribed,topic:tickers.ETHUSDT'],
])('A-02 %s refuses its whole request', async (_name, topic, message) => {
  const client = await market.client(PATH)
  client.send(subscribe('tickers.ETHUSDT'))
  await client.next(isAnswer)
  client.send(subscribe('publicTrade.BTCUSDT', topic))
  expect(json(await client.next(isAnswer))).toMatchObject({ success: false, ret_msg: message, op: 'subscribe' })
  await client.next((frame) => frame.startsWith('{"topic":"tickers.ETHUSDT"'))
  expect(client.frames.filter((frame) => frame.includes('publicTrade.BTCUSDT","ts"'))).toEqual([])
})

test('A-02 the adapter’s frames lose nothing to an unknown market', async () => {
  const client = await market.client(PATH)
  const channels = ['trade', 'ticker', 'book'] as const
  const wants = ['NOPE', 'BTCUSDT'].map((symbol) => ({ market: symbol, channels }))
  const again = { market: 'BTCUSDT', channels: ['trade'] } as const
  for (const frame of [...exchange.subscribe(wants), ...exchange.subscribe([again])]) client.send(frame)
  const answers: string[] = []
  while (answers.length < 7) answers.push(await client.next(isAnswer))
  expect(answers.flatMap((frame) => exchange.decode(frame))).toMatchObject([
    { control: 'refused', market: 'NOPE', channel: 'trade' },
    { control: 'refused', market: 'NOPE', channel: 'ticker' },
    { control: 'refused', market: 'NOPE', channel: 'book' },
    { control: 'ack' },
    { control: 'ack' },
    { control: 'ack' },
    { control: 'ack' },
  ])
  const topics = ['publicTrade', 'tickers', 'orderbook.50'].map((name) => `{"topic":"${name}.BTCUSDT"`)
  await eventually('all three', () =>
    topics.every((topic) => client.frames.some((frame) => frame.startsWith(topic))) ? true : undefined,
  )
})

test('A-02 a request has at most ten topics, a connection 21,000 characters of them', async () => {
  const client = await market.client(PATH)
  client.send(subscribe(...Array.from({ length: 11 }, () => 'tickers.BTCUSDT')))
  expect(json(await client.next())).toMatchObject({ success: false, ret_msg: 'args size >10' })
})

test('A-02 a ping is answered, and what is no request is refused', async () => {
  const client = await market.client(PATH)
  client.send({ op: 'ping' })
  expect(exchange.decode(await client.next())).toEqual([{ control: 'pong' }])
  client.send('nonsense')
  client.send({ op: 'dance' })
  expect([json(await client.next()), json(await client.next())]).toMatchObject([{ success: false }, { success: false }])
})

test.each([
  ['publicTrade', 'bybit/publicTrade.json'],
  ['tickers', 'bybit/tickers.json'],
  ['orderbook.1', 'bybit/orderbook.1.jsonl'],
  ['orderbook.50', 'bybit/orderbook.50.jsonl'],
])('%s has the keys of the recorded %s, in its order', async (topic, name) => {
  const client = await market.client(PATH)
  client.send(subscribe(`${topic}.BTCUSDT`))
  const frame = json(await client.next((text) => !isAnswer(text)))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('trade ids have 19 digits, and a ticker has no bid', async () => {
  const client = await market.client(PATH)
  client.send(subscribe('publicTrade.BTCUSDT', 'tickers.BTCUSDT'))
  expect(await client.next((frame) => frame.includes('"publicTrade'))).toMatch(/"data":\[\{"i":"\d{19}"/)
  expect(await client.next((frame) => frame.includes('"tickers'))).not.toContain('bid')
})

test('A-14 A-16 a book begins whole, counts by one, and a later client gets it as it then is', async () => {
  const early = await market.client(PATH)
  early.send(subscribe('orderbook.50.ETHUSDT'))
  await eventually('deltas', () => (early.frames.length > 8 ? true : undefined))
  const late = await market.client(PATH)
  late.send(subscribe('orderbook.50.ETHUSDT'))
  const whole = foldBooks(exchange, booksIn(exchange, [await late.next((frame) => !isAnswer(frame))]))[0]
  const books = () =>
    booksIn(
      exchange,
      early.frames.filter((frame) => !isAnswer(frame)),
    )
  const same = () => foldBooks(exchange, books()).find(({ id }) => id === whole?.id)
  expect(await eventually('the same book', same)).toEqual(whole)
  const ids = books().map(({ sequence }) => Number(sequence?.last))
  expect(ids).toEqual(ids.map((_, nth) => (ids[0] ?? 0) + nth))
})

test('a still touch is told again after three seconds, under its old number', async () => {
  const quick = await openTestMarket({ venues: ['bybit'], speed: 10, rate: 1 })
  const client = await openClient(quick.ws(PATH))
  client.send(subscribe('orderbook.1.BERAUSDT'))
  await eventually('two of them', () => (client.frames.length >= 3 ? true : undefined))
  const [first, second] = booksIn(
    exchange,
    client.frames.filter((frame) => !isAnswer(frame)),
  )
  expect(second).toEqual(first)
  client.socket.terminate()
  await quick.close()
})

test('A-02 a silent client is cut', async () => {
  const hasty = await openTestMarket({ venues: ['bybit'], timings: { idle: 200 } })
  const client = await openClient(hasty.ws(PATH))
  expect(await client.ended()).toBe(1006)
  await hasty.close()
})
