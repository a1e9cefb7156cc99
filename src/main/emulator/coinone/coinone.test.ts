import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openClient } from '../testing/client.ts'
import type { Client } from '../testing/client.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/coinone/'
const CONNECTED = (frame: string) => !frame.includes('CONNECTED')

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['coinone'] })
})
afterAll(() => market.close())

const connect = (): Promise<Client> => market.client(PATH)
const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const ask = (channel: string, target_currency: string, more: object = {}) => ({
  request_type: 'SUBSCRIBE',
  channel,
  topic: { quote_currency: 'KRW', target_currency },
  ...more,
})

interface Book {
  readonly timestamp: number
  readonly id: string
  readonly asks: readonly { price: string }[]
  readonly bids: readonly { price: string }[]
}
const bookIn = (frame: string) => json(frame)['data'] as Book

test('A-02 it greets, acknowledges each topic, and speaks in text frames', async () => {
  const client = await connect()
  const [sample = {}] = readSample('coinone/connected.json') ?? [json(await client.next())]
  client.send(ask('TRADE', 'BTC'))
  client.send(ask('TICKER', 'btc'))
  const acks = [
    await client.next((frame) => frame.includes('SUBSCRIBED')),
    await client.next((frame) => frame.includes('SUBSCRIBED')),
  ]
  expect(acks).toEqual([
    '{"response_type":"SUBSCRIBED","channel":"TRADE","data":{"quote_currency":"KRW","target_currency":"BTC"}}',
    '{"response_type":"SUBSCRIBED","channel":"TICKER","data":{"quote_currency":"KRW","target_currency":"BTC"}}',
  ])
  expect(shapeOf(json(client.frames[0] ?? ''))).toEqual(shapeOf(sample))
  await client.next((frame) => frame.includes('is_seller_maker'))
  expect(client.kinds.some((isBinary) => isBinary)).toBe(false)
})

test.each([
  ['TRADE', 'coinone/trade.json', {}],
  ['TRADE', 'coinone/docs-trade-short.json', { format: 'SHORT' }],
  ['TICKER', 'coinone/ticker.json', {}],
  ['ORDERBOOK', 'coinone/orderbook.jsonl', {}],
  ['ORDERBOOK', 'coinone/orderbook-short.json', { format: 'SHORT' }],
])('%s frames have the keys of the recorded %s, in its order', async (channel, name, more) => {
  const client = await connect()
  client.send(ask(channel, 'BTC', more))
  const frame = json(await client.next((text) => text.includes('"DATA"')))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('charts are told by interval', async () => {
  const client = await connect()
  client.send({
    request_type: 'SUBSCRIBE',
    channel: 'CHART',
    topic: { quote_currency: 'KRW', target_currency: 'BTC', interval: '1m' },
  })
  const frame = json(await client.next((text) => text.includes('"DATA"')))
  const [sample] = readSample('coinone/docs-chart.json') ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('A-16 a book is whole in its first frame, sixteen a side, its asks worst first, its time old', async () => {
  const client = await connect()
  client.send(ask('ORDERBOOK', 'BTC'))
  const [first, second] = [
    bookIn(await client.next((text) => text.includes('"DATA"'))),
    bookIn(await client.next((text) => text.includes('"DATA"'))),
  ]
  const prices = first.asks.map(({ price }) => Number(price))
  expect([first.asks.length, first.bids.length]).toEqual([16, 16])
  expect(prices).toEqual(prices.toSorted((left, right) => right - left))
  expect([first, second].map(({ id, timestamp }) => Number(id.slice(0, 13)) - timestamp)).toEqual([10_000, 0])
  expect(second.id > first.id).toBe(true)
})

test('A-02 a bad topic is acknowledged first and then refused without its name; the socket and the others go on', async () => {
  const client = await connect()
  client.send(ask('TRADE', 'NOPE'))
  client.send(ask('TRADE', 'XRP'))
  await client.next((frame) => frame.includes('is_seller_maker'))
  expect(client.frames.slice(1, 4)).toEqual([
    '{"response_type":"SUBSCRIBED","channel":"TRADE","data":{"quote_currency":"KRW","target_currency":"NOPE"}}',
    '{"response_type":"ERROR","error_code":160012,"message":"Invalid Topic"}',
    '{"response_type":"SUBSCRIBED","channel":"TRADE","data":{"quote_currency":"KRW","target_currency":"XRP"}}',
  ])
})

test.each([
  ['no json', { error_code: 160_010, message: 'Invalid Request' }],
  ['[]', { error_code: 160_010, message: 'Invalid Request' }],
  [{ request_type: 'subscribe' }, { error_code: 160_011, message: 'Invalid Type', field: 'request_type' }],
  [ask('TRADES', 'BTC'), { error_code: 160_011, field: 'channel' }],
  [ask('TRADE', 'BTC', { format: 'short' }), { error_code: 160_011, field: 'format' }],
])('A-02 %j is refused, and the socket stays open', async (message, error) => {
  const client = await connect()
  client.send(message)
  expect(json(await client.next(CONNECTED))).toMatchObject({ response_type: 'ERROR', ...error })
  client.send({ request_type: 'PING' })
  expect(await client.next()).toBe('{"response_type":"PONG"}')
})

test('subscribing again is acknowledged again and repeats the book, but doubles no stream; unsubscribing ends it', async () => {
  const client = await connect()
  client.send(ask('TRADE', 'BTC'))
  client.send(ask('TRADE', 'BTC'))
  await eventually('trades', () => (client.frames.length >= 12 ? true : undefined))
  const ids = client.frames.flatMap((frame) => /"id":"(\d+)"/.exec(frame)?.[1] ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  client.send({ ...ask('TRADE', 'BTC'), request_type: 'UNSUBSCRIBE' })
  await client.next((frame) => frame.includes('UNSUBSCRIBED'))
  const until = client.frames.length
  client.send({ request_type: 'PING' })
  await client.next((frame) => frame.includes('PONG'))
  expect(client.frames).toHaveLength(until + 1)
})

test('a socket that says nothing is cut without a close frame', async () => {
  const hasty = await openTestMarket({ venues: ['coinone'], timings: { idle: 300 } })
  const client = await openClient(hasty.ws(PATH))
  expect(await client.ended()).toBe(1006)
  await hasty.close()
})

test('the twenty-first connection is closed with 4290', async () => {
  const strict = await openTestMarket({ venues: ['coinone'], limits: true })
  const clients = []
  for (let connects = 0; connects < 20; connects += 1) clients.push(await openClient(strict.ws(PATH)))
  const surplus = await openClient(strict.ws(PATH))
  expect(await surplus.ended()).toBe(4290)
  expect(clients.map(({ closed }) => closed.code)).toEqual(Array(20).fill(undefined))
  for (const { socket } of clients) socket.terminate()
  await strict.close()
})
