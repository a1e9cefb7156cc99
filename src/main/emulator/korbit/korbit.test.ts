import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openClient } from '../testing/client.ts'
import type { Client } from '../testing/client.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/korbit/v2/public'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['korbit'] })
})
afterAll(() => market.close())

const connect = (): Promise<Client> => market.client(PATH)
const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const ask = (type: string, symbols: readonly string[], more: object = {}) => ({
  method: 'subscribe',
  type,
  symbols,
  ...more,
})

test('A-02 requests travel in a list, and only those with an id are acknowledged', async () => {
  const client = await connect()
  client.send([
    ask('trade', ['btc_krw'], { requestId: 1 }),
    ask('ticker', ['btc_krw']),
    ask('trade', ['eth_krw'], { requestId: 'x' }),
  ])
  expect([await client.next(), await client.next()]).toEqual([
    '{"status":"success","requestId":1}',
    '{"status":"success","requestId":"x"}',
  ])
  const first = [await client.next(), await client.next(), await client.next()].map(json)
  expect(first.map(({ symbol, type, snapshot }) => [symbol, type, snapshot])).toEqual([
    ['btc_krw', 'trade', true],
    ['btc_krw', 'ticker', true],
    ['eth_krw', 'trade', true],
  ])
  expect(client.kinds.some((isBinary) => isBinary)).toBe(false)
})

test.each([
  ['trade', 'korbit/trade.json'],
  ['ticker', 'korbit/ticker.json'],
  ['orderbook', 'korbit/orderbook.jsonl'],
])(
  'the first %s frame has the keys of the recorded %s, in its order; later ones have no snapshot key',
  async (type, name) => {
    const client = await connect()
    client.send([ask(type, ['btc_krw'])])
    const frame = json(await client.next())
    const [sample] = readSample(name) ?? [frame]
    expect(shapeOf(frame)).toEqual(shapeOf(sample))
    expect(json(await client.next())).not.toHaveProperty('snapshot')
  },
)

test('A-16 a book is thirty a side in its first frame and in every later one, best first', async () => {
  const client = await connect()
  client.send([ask('orderbook', ['btc_krw'])])
  interface Side {
    readonly price: string
  }
  for (const frame of [await client.next(), await client.next()]) {
    const { asks, bids } = json(frame)['data'] as { asks: Side[]; bids: Side[] }
    const [up, down] = [asks, bids].map((side) => side.map(({ price }) => Number(price)))
    expect([up?.length, down?.length]).toEqual([30, 30])
    expect(up).toEqual(up?.toSorted((left, right) => left - right))
    expect(down).toEqual(down?.toSorted((left, right) => right - left))
  }
})

test('a stopped market has one empty book of long ago', async () => {
  const client = await connect()
  client.send([ask('orderbook', ['qtum_krw', 'btc_krw'])])
  await eventually('three books', () => (client.frames.length >= 4 ? true : undefined))
  const stopped = client.frames.map(json).filter(({ symbol }) => symbol === 'qtum_krw')
  expect(stopped.map(({ data }) => data)).toEqual([{ timestamp: Date.UTC(2026, 8, 15, 7, 19, 49), asks: [], bids: [] }])
})

test('A-02 an unknown symbol refuses its request by name; the other requests and the socket go on', async () => {
  const client = await connect()
  client.send([
    ask('trade', ['nope_krw'], { requestId: 2 }),
    ask('trade', ['BTC_KRW']),
    ask('trade', ['xrp_krw'], { requestId: 3 }),
  ])
  expect([await client.next(), await client.next(), await client.next()]).toEqual([
    '{"status":"fail","code":"INVALID_SYMBOL","message":"The symbol does not exist (nope_krw)","requestId":2}',
    '{"status":"fail","code":"INVALID_SYMBOL","message":"The symbol does not exist (BTC_KRW)"}',
    '{"status":"success","requestId":3}',
  ])
  expect(json(await client.next())).toMatchObject({ symbol: 'xrp_krw', type: 'trade' })
})

test.each([
  ['no json', { message: 'invalid_format' }],
  [ask('trade', ['btc_krw']), { message: 'invalid_format' }],
  [[ask('nope', ['btc_krw'], { requestId: 4 })], { code: 'INVALID_REQUEST', message: 'unknown_type', requestId: 4 }],
  [[ask('orderbook', ['xrp_krw'], { level: '7' })], { code: 'INVALID_REQUEST', message: 'invalid_level' }],
])('A-02 %j is refused, and the socket stays open', async (message, error) => {
  const client = await connect()
  client.send(message)
  expect(json(await client.next())).toEqual({ status: 'fail', ...error })
  client.send([ask('trade', ['btc_krw'], { requestId: 5 })])
  expect(await client.next()).toBe('{"status":"success","requestId":5}')
})

test('unsubscribing ends a stream, and a second subscription does not double it', async () => {
  const client = await connect()
  client.send([ask('trade', ['btc_krw']), ask('trade', ['btc_krw'])])
  await eventually('trades', () => (client.frames.length >= 12 ? true : undefined))
  const ids = client.frames
    .filter((frame) => !frame.includes('snapshot'))
    .map((frame) => /"tradeId":(\d+)/.exec(frame)?.[1])
  expect(new Set(ids).size).toBe(ids.length)
  client.send([ask('trade', ['btc_krw'], { method: 'unsubscribe', requestId: 9 })])
  await client.next((frame) => frame.includes('success'))
  const until = client.frames.length
  client.send([ask('trade', ['nope_krw'])])
  await client.next((frame) => frame.includes('fail'))
  expect(client.frames).toHaveLength(until + 1)
})

test('A-02 the venue pings, and whoever does not answer is cut', async () => {
  const hasty = await openTestMarket({ venues: ['korbit'], timings: { pingEvery: 30, pongWithin: 200 } })
  const client = await openClient(hasty.ws(PATH))
  await eventually('two pings', () => (client.pings.length >= 2 ? true : undefined))
  const mute = await openClient(hasty.ws(PATH), { autoPong: false })
  expect(await mute.ended()).toBe(1001)
  expect(client.closed).toEqual({})
  client.socket.terminate()
  await hasty.close()
})
