import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareDecimals } from '../../../shared/decimal.ts'
import type { Book, Instrument, Level } from '../../../shared/market.ts'
import type { Decoded } from '../../exchanges/exchange.ts'
import { isControl } from '../../exchanges/exchange.ts'
import { kraken as exchange } from '../../exchanges/kraken/index.ts'
import { eventually, openClient } from '../testing/client.ts'
import type { Client } from '../testing/client.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['kraken'] })
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const subscribe = (channel: string, symbol: unknown, more: object = {}) => ({
  method: 'subscribe',
  params: { channel, symbol, ...more },
})
const isAnswer = (frame: string) => frame.includes('"method"')
const isOf =
  (channel: string, type = 'update') =>
  (frame: string) =>
    frame.startsWith(`{"channel":"${channel}","type":"${type}"`)

test('A-02 every symbol of a request is answered, and a refused one does not stop the others', async () => {
  const client = await market.client('/kraken/v2')
  client.send({ ...subscribe('trade', ['XBT/USD', 'BTC/USD', 'NOPE/USD', 'ETH/USD']), req_id: 7 })
  const answers = [
    await client.next(isAnswer),
    await client.next(isAnswer),
    await client.next(isAnswer),
    await client.next(isAnswer),
  ]
  expect(answers.flatMap((answer) => exchange.decode(answer))).toEqual([
    { control: 'refused', market: 'XBT/USD', id: '7', reason: 'Currency pair not supported XBT/USD' },
    { control: 'ack', id: '7' },
    { control: 'refused', market: 'NOPE/USD', id: '7', reason: 'Currency pair not supported NOPE/USD' },
    { control: 'ack', id: '7' },
  ])
  await client.next((frame) => frame.includes('"symbol":"BTC/USD","side"'))
  await client.next((frame) => frame.includes('"symbol":"ETH/USD","side"'))
  const [refusal] = readSample('kraken/error.jsonl') ?? [undefined]
  if (refusal !== undefined)
    expect(Object.keys(json(answers[0] ?? '')).filter((key) => key !== 'req_id')).toEqual(
      Object.keys(refusal as object),
    )
})

test('the state of the system is said first, with an id above 2^53', async () => {
  const client = await market.client('/kraken/v2')
  const first = await client.next()
  const [sample] = readSample('kraken/status.json') ?? [json(first)]
  expect(shapeOf(json(first))).toEqual(shapeOf(sample))
  expect(first).toContain('"connection_id":18125794168470749634')
})

test.each([
  ['trade', 'kraken/trade.jsonl', {}],
  ['ticker', 'kraken/ticker.jsonl', { event_trigger: 'bbo' }],
])('%s has the keys of the recorded %s, in its order', async (channel, name, more) => {
  const client = await market.client('/kraken/v2')
  client.send(subscribe(channel, ['BTC/USD'], more))
  const frame = json(await client.next(isOf(channel)))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('numbers are JSON numbers with their zeros', async () => {
  const client = await market.client('/kraken/v2')
  client.send(subscribe('trade', ['ETH/USD']))
  expect(await client.next(isOf('trade'))).toMatch(/"price":\d+\.\d\d,"qty":\d+\.\d{8},"ord_type"/)
})

/** The book that a client holds after some frames of a market, cut to its depth. */
function bookOf(client: Client, symbol: string, depth: number) {
  const sides = { bids: new Map<string, string>(), asks: new Map<string, string>() }
  const best = (side: 'bids' | 'asks', direction: 1 | -1): readonly Level[] =>
    [...sides[side]].toSorted(([left], [right]) => compareDecimals(left, right) * direction).slice(0, depth)
  const sums: (readonly [string | undefined, string | undefined])[] = []
  const instrument = { tickSize: '0.1', sizeStep: '0.00000001' } as Instrument
  const messages = client.frames.flatMap((frame) => exchange.decode(frame))
  for (const message of messages) {
    if (isControl(message) || message.data.kind !== 'book' || message.market !== symbol) continue
    const { data, checksum } = message as Decoded<Book>
    for (const side of ['bids', 'asks'] as const) {
      if (data.snapshot) sides[side].clear()
      for (const [price, size] of data[side]) {
        if (size === '0') sides[side].delete(price)
        else sides[side].set(price, size)
      }
      sides[side] = new Map(best(side, side === 'asks' ? 1 : -1))
    }
    const whole = { bids: best('bids', -1), asks: best('asks', 1) }
    sums.push([checksum, exchange.book?.checksum?.(whole, instrument)])
  }
  return { sums, bids: best('bids', -1), asks: best('asks', 1) }
}

test('A-15 a book cut to its depth has the checksum of every update, for whoever comes later too', async () => {
  const first = await market.client('/kraken/v2')
  first.send(subscribe('book', ['BTC/USD'], { depth: 25 }))
  await eventually('updates', () => (first.frames.filter(isOf('book')).length >= 8 ? true : undefined))
  const later = await market.client('/kraken/v2')
  later.send(subscribe('book', ['BTC/USD'], { depth: 25 }))
  await eventually('updates', () => (later.frames.filter(isOf('book')).length >= 8 ? true : undefined))
  for (const client of [first, later]) {
    const { sums, bids, asks } = bookOf(client, 'BTC/USD', 25)
    expect(sums.map(([said]) => said)).toEqual(sums.map(([, computed]) => computed))
    expect([bids.length, asks.length]).toEqual([25, 25])
  }
  const snapshot = JSON.parse(first.frames.find(isOf('book', 'snapshot')) ?? '{}') as unknown
  const [, sample] = readSample('kraken/book-btc.jsonl') ?? []
  const update = JSON.parse(first.frames.filter(isOf('book')).find((frame) => !frame.includes('[]')) ?? '{}') as unknown
  if (sample !== undefined)
    expect(Object.keys((update as { data: object[] }).data[0] ?? {})).toEqual(
      Object.keys((sample as { data: object[] }).data[0] ?? {}),
    )
  expect(shapeOf(snapshot)).toEqual(shapeOf({ ...(update as object), type: 'snapshot' }))
})

test('A-15 a thin book has a checksum of the levels that there are', async () => {
  const client = await market.client('/kraken/v2')
  client.send(subscribe('book', ['ETH/BTC']))
  const [snapshot] = exchange.decode(await client.next(isOf('book', 'snapshot'))) as [Decoded<Book>]
  const instrument = { tickSize: '0.0000001', sizeStep: '0.00000001' } as Instrument
  expect(snapshot.data.asks.length).toBe(7)
  expect(exchange.book?.checksum?.(snapshot.data, instrument)).toBe(snapshot.checksum)
})

test('A-16 one snapshot and then silence is a whole book', async () => {
  market.server.inject({ kind: 'silence', venue: 'kraken', for: 60_000, snapshots: true })
  const client = await market.client('/kraken/v2')
  client.send(subscribe('book', ['SOL/USD'], { depth: 100 }))
  const [message] = exchange.decode(await client.next(isOf('book', 'snapshot')))
  market.server.inject({ kind: 'reset' })
  expect(message).toMatchObject({ market: 'SOL/USD', data: { snapshot: true } })
  expect((message as Decoded<Book>).data.bids).toHaveLength(100)
})

test('trades of a snapshot are asked for, and are the last fifty', async () => {
  const client = await market.client('/kraken/v2')
  client.send(subscribe('trade', ['BTC/USD'], { snapshot: true }))
  const messages = exchange.decode(await client.next(isOf('trade', 'snapshot')))
  expect([messages.length, messages.every((message) => 'snapshot' in message)]).toEqual([50, true])
})

test.each([
  ['no json', { error: 'Malformed request', success: false }],
  [
    { method: 'order', req_id: 1 },
    { error: 'Method not supported', req_id: 1 },
  ],
  [{ method: 'subscribe', params: { channel: 'trade' } }, { error: 'Malformed params' }],
  [subscribe('level3', ['BTC/USD']), { error: 'Channel not supported', symbol: 'BTC/USD' }],
  [subscribe('book', ['BTC/USD'], { depth: 7 }), { error: 'Subscription depth not supported' }],
  [subscribe('ticker', ['BTC/USD'], { event_trigger: 'x' }), { error: 'Event trigger not supported' }],
  [
    { method: 'ping', req_id: 101 },
    { method: 'pong', req_id: 101 },
  ],
])('A-02 %j is answered', async (message, answer) => {
  const client = await market.client('/kraken/v2')
  await client.next()
  client.send(message)
  expect(json(await client.next())).toMatchObject(answer)
})

test('a heartbeat comes each second once there is a subscription, and unsubscribing needs the depth', async () => {
  const client = await market.client('/kraken/v2')
  client.send(subscribe('book', ['BTC/USD'], { depth: 25 }))
  await client.next((frame) => frame === '{"channel":"heartbeat"}')
  client.send({ method: 'unsubscribe', params: { channel: 'book', symbol: ['BTC/USD'], depth: 10 } })
  client.send({ method: 'ping' })
  await client.next((frame) => frame.includes('"pong"'))
  await client.next(isOf('book'))
  client.send({ method: 'unsubscribe', params: { channel: 'book', symbol: ['BTC/USD'], depth: 25 } })
  client.send({ method: 'ping' })
  await client.next((frame) => frame.includes('"pong"'))
  const silent = client.frames.length
  await client.next((frame) => frame === '{"channel":"heartbeat"}')
  expect(client.frames.slice(silent).some(isOf('book'))).toBe(false)
})

test('another path is no socket', async () => {
  await expect(openClient(market.ws('/kraken/v1'))).rejects.toThrow()
})
