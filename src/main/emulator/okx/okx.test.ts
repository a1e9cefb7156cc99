import { afterAll, beforeAll, expect, test } from 'vitest'
import { okx as exchange } from '../../exchanges/okx/index.ts'
import { eventually, openClient } from '../testing/client.ts'
import { booksIn, foldBooks } from '../testing/fold.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/okx/ws/v5/public'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['okx'] })
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const isEvent = (frame: string) => frame.includes('"event"')
const request = (op: string, args: readonly (readonly [string, string])[], more: object = {}) => ({
  ...more,
  op,
  args: args.map(([channel, instId]) => ({ channel, instId })),
})

test('A-02 every argument is answered, and a refused one does not stop the others', async () => {
  const client = await market.client(PATH)
  const args = [
    ['trades', 'NOPE-USDT'],
    ['trades', 'BTC-USDT'],
    ['candle1m', 'BTC-USDT'],
    ['tickers', 'ETH-USDT'],
  ] as const
  client.send(request('subscribe', args, { id: '1512' }))
  const answers: string[] = []
  while (answers.length < args.length) answers.push(await client.next(isEvent))
  expect(answers.map((answer) => exchange.decode(answer)[0])).toMatchObject([
    { control: 'refused', market: 'NOPE-USDT', channel: 'trade', id: '1512' },
    { control: 'ack', id: '1512' },
    { control: 'refused', id: '1512' },
    { control: 'ack', id: '1512' },
  ])
  expect(json(answers[1] ?? '')).toEqual({
    id: '1512',
    event: 'subscribe',
    arg: { channel: 'trades', instId: 'BTC-USDT' },
    connId: 'a4d3ae55',
  })
  await client.next((frame) => frame.startsWith('{"arg":{"channel":"trades","instId":"BTC-USDT"}'))
  client.send(request('unsubscribe', [['trades', 'BTC-USDT']]))
  expect(json(await client.next((frame) => frame.includes('"unsubscribe"')))).not.toHaveProperty('id')
})

test('A-02 a text ping is answered by a text pong, and what is no request by an error', async () => {
  const client = await market.client(PATH)
  client.send('ping')
  client.send('PING')
  client.send({ op: 'subscribe', args: [{ channel: 'trades' }] })
  expect(await client.next()).toBe('pong')
  expect([json(await client.next()), json(await client.next())]).toMatchObject([
    { event: 'error', code: '60012' },
    { event: 'error', code: '60012' },
  ])
})

test.each([
  ['trades', 'okx/trades.jsonl'],
  ['tickers', 'okx/tickers.jsonl'],
  ['books5', 'okx/books5.jsonl'],
  ['books', 'okx/books.jsonl'],
])('%s has the keys of the recorded %s, in its order', async (channel, name) => {
  const client = await market.client(PATH)
  client.send(request('subscribe', [[channel, 'BTC-USDT']]))
  const frame = json(await client.next((text) => !isEvent(text)))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('A-16 data come before the acknowledgement, the whole book first', async () => {
  const client = await market.client(PATH)
  client.send(request('subscribe', [['books', 'BTC-USDT']]))
  expect([json(await client.next())['action'], json(await client.next())['event']]).toEqual(['snapshot', 'subscribe'])
})

test('A-14 updates chain by their links and lead to the book that a later client gets whole', async () => {
  const early = await market.client(PATH)
  early.send(request('subscribe', [['books', 'ETH-USDT']]))
  await eventually('updates', () => (early.frames.length > 8 ? true : undefined))
  const late = await market.client(PATH)
  late.send(request('subscribe', [['books', 'ETH-USDT']]))
  const whole = foldBooks(exchange, booksIn(exchange, [await late.next()]))[0]
  const same = () => foldBooks(exchange, booksIn(exchange, early.frames)).find(({ id }) => id === whole?.id)
  expect(await eventually('the same book', same)).toEqual(whole)
  const ids = booksIn(exchange, early.frames).map(({ sequence }) => Number(sequence?.last))
  expect(ids.slice(1).some((id, nth) => id - (ids[nth] ?? 0) !== 1)).toBe(true)
})

test('a quiet book says so within a minute, under the number that it has', async () => {
  const quick = await openTestMarket({ venues: ['okx'], speed: 60, rate: 1 })
  const client = await openClient(quick.ws(PATH))
  client.send(request('subscribe', [['books', 'WLD-USDT']]))
  const [whole, update] = [await client.next(), await client.next((frame) => frame.includes('"update"'))]
  const [first, second] = booksIn(exchange, [whole, update])
  expect(second).toMatchObject({
    bids: [],
    asks: [],
    sequence: { last: first?.sequence?.last, previous: first?.sequence?.last },
  })
  client.socket.terminate()
  await quick.close()
})

test('a trade is the last of several ids, and REST lists them all', async () => {
  const client = await market.client(PATH)
  client.send(request('subscribe', [['trades', 'BTC-USDT']]))
  await eventually('forty trades', () => (client.frames.length > 40 ? true : undefined))
  const rows = client.frames
    .filter((frame) => !isEvent(frame))
    .flatMap((frame) => (json(frame)['data'] as { readonly tradeId: string; readonly count: string }[])[0] ?? [])
  expect(new Set(rows.map(({ count }) => count)).size).toBeGreaterThan(1)
  const { body } = await market.rest('/okx/api/v5/market/trades?instId=BTC-USDT&limit=500')
  const fills = new Set((JSON.parse(body) as { data: { tradeId: string }[] }).data.map(({ tradeId }) => tradeId))
  const { tradeId = '0', count = '1' } = rows.at(-2) ?? {}
  const ids = Array.from({ length: Number(count) }, (_, back) => String(Number(tradeId) - back))
  expect(ids.filter((id) => !fills.has(id))).toEqual([])
})

test('A-03 REST’s fills make the stream’s trades, size for size', async () => {
  const client = await market.client(PATH)
  client.send(request('subscribe', [['trades', 'BTC-USDT']]))
  await eventually('forty trades', () => (client.frames.length > 40 ? true : undefined))
  const { body } = await market.rest('/okx/api/v5/market/trades?instId=BTC-USDT&limit=500')
  const asked = new Map(
    exchange.rest
      .trades('BTC-USDT', 500)
      .decode(body)
      .map((trade) => [trade.data.id, trade]),
  )
  const streamed = client.frames
    .flatMap((frame) => exchange.decode(frame))
    .flatMap((message) =>
      'data' in message && message.data.kind === 'trade' ? [{ ...message, data: message.data }] : [],
    )
    .slice(0, 30)
  expect(streamed.map(({ data }) => asked.get(data.id))).toEqual(streamed)
})

test('A-02 a socket on which neither side speaks is closed, a ping keeps it', async () => {
  const hasty = await openTestMarket({ venues: ['okx'], timings: { idle: 2_000 } })
  const pinging = await openClient(hasty.ws(PATH))
  const timer = setInterval(() => pinging.send('ping'), 50)
  const listening = await openClient(hasty.ws(PATH))
  listening.send(request('subscribe', [['trades', 'BTC-USDT']]))
  const dumb = await openClient(hasty.ws(PATH))
  expect(await dumb.ended()).toBe(4004)
  clearInterval(timer)
  expect([pinging.closed.code, listening.closed.code]).toEqual([undefined, undefined])
  for (const { socket } of [pinging, listening]) socket.terminate()
  await hasty.close()
})

test('the venue announces that it is about to close', async () => {
  const client = await market.client(PATH)
  market.server.inject({ kind: 'shutdown', venue: 'okx', after: 50 })
  expect(exchange.decode(await client.next())).toMatchObject([{ control: 'restart' }])
  expect(await client.ended()).toBe(1001)
})
