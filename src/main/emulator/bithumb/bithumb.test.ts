import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openClient, refusedWith } from '../testing/client.ts'
import type { Client } from '../testing/client.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/bithumb/websocket/v1'
const TICKET = { ticket: 'test' }

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket()
})
afterAll(() => market.close())

const connect = (): Promise<Client> => market.client(PATH)
const json = (text: string) => JSON.parse(text) as Record<string, unknown>

test('A-02 data comes in binary frames, first the snapshot, then what happens', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-BTC'] }, { format: 'DEFAULT' }])
  const frames = [await client.next(), await client.next(), await client.next()].map(json)
  expect(frames.map((frame) => frame['stream_type'])).toEqual(['SNAPSHOT', 'REALTIME', 'REALTIME'])
  expect(client.kinds.every((isBinary) => isBinary)).toBe(true)
})

test('a trade’s words are Korean time, its stamps Unix time, its id nineteen digits', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-BTC'] }])
  const frame = await client.next()
  const { trade_date, trade_time, trade_timestamp } = json(frame)
  const inSeconds = Math.floor(Number(trade_timestamp) / 1_000) * 1_000
  expect(Date.parse(`${String(trade_date)}T${String(trade_time)}+09:00`)).toBe(inSeconds)
  expect(frame).toMatch(/"sequential_id":\d{19},"stream_type":"SNAPSHOT"\}$/)
})

test.each([
  ['trade', 'bithumb/trade.json', 'DEFAULT'],
  ['ticker', 'bithumb/ticker.json', 'DEFAULT'],
  ['orderbook', 'bithumb/orderbook-15-levels.json', 'DEFAULT'],
])('%s frames have the keys of the recorded %s, in its order', async (type, name, format) => {
  const client = await connect()
  client.send([TICKET, { type, codes: ['KRW-BTC'] }, { format }])
  const frame = json(await client.next())
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('A-16 a book is fifteen places in microseconds from the first message on, whatever more is asked for', async () => {
  const client = await connect()
  const codes = ['KRW-BTC', 'KRW-ETH.30', 'KRW-XRP.5', 'BTC-ETH']
  client.send([TICKET, { type: 'orderbook', codes, isOnlySnapshot: true }])
  const frames = [await client.next(), await client.next(), await client.next(), await client.next()]
  const units = frames.map((frame) => json(frame)['orderbook_units'] as Record<string, number>[])
  expect(frames.map((frame) => json(frame)['code'])).toEqual(['KRW-BTC', 'KRW-ETH', 'KRW-XRP', 'BTC-ETH'])
  expect(units.map((places) => places.length)).toEqual([15, 15, 5, 15])
  expect(units[3]?.at(-1)).toEqual({ ask_price: 0, bid_price: 0, ask_size: 0, bid_size: 0 })
  for (const frame of frames) expect(frame).toMatch(/"level":1,"timestamp":\d{16},"stream_type":"SNAPSHOT"\}$/)
})

test('the short format', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'ticker', codes: ['KRW-ETH'] }, { format: 'SIMPLE' }])
  expect(await client.next()).toMatch(/^\{"ty":"ticker","cd":"KRW-ETH"/)
})

test('options in camel case hold, those in snake case are passed over', async () => {
  const live = await connect()
  live.send([TICKET, { type: 'trade', codes: ['KRW-BTC'], isOnlyRealtime: true }])
  const both = await connect()
  both.send([TICKET, { type: 'trade', codes: ['KRW-BTC'], is_only_snapshot: true }])
  await eventually('five live trades', () => (live.frames.length >= 5 && both.frames.length >= 5 ? true : undefined))
  expect(live.frames.some((frame) => frame.includes('SNAPSHOT'))).toBe(false)
})

test('A-02 a further array replaces everything that was asked before', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-BTC'] }])
  await client.next((frame) => frame.includes('REALTIME'))
  client.send([TICKET, { type: 'trade', codes: ['KRW-ETH'] }])
  await client.next((frame) => frame.includes('KRW-ETH') && frame.includes('SNAPSHOT'))
  const from = client.frames.length
  await eventually('ten more', () => (client.frames.length >= from + 10 ? true : undefined))
  expect(new Set(client.frames.slice(from).map((frame) => json(frame)['code']))).toEqual(new Set(['KRW-ETH']))
})

test('A-02 unknown, reversed and lower-case codes are silence, and do not stop the others', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-NOPE', 'BTC-KRW', 'krw-btc', 'KRW-XRP'] }])
  await client.next((frame) => frame.includes('REALTIME'))
  expect(new Set(client.frames.map((frame) => json(frame)['code']))).toEqual(new Set(['KRW-XRP']))
})

test.each([
  ['NO_TICKET', [{ type: 'trade', codes: ['KRW-BTC'] }]],
  ['NO_TYPE', [TICKET, { codes: ['KRW-BTC'] }]],
  ['NO_TYPE', [TICKET]],
  ['NO_CODES', [TICKET, { type: 'trade' }]],
  ['INVALID_PARAM', [TICKET, { type: 'candle.1m', codes: ['KRW-BTC'] }]],
  ['WRONG_FORMAT', '{"no":"array"}'],
  ['WRONG_FORMAT', 'no json'],
  ['WRONG_FORMAT', [TICKET, { type: 'trade', codes: ['KRW-BTC'] }, { format: 'NOPE' }]],
])('A-02 the error %s costs the connection', async (name, message) => {
  const client = await connect()
  client.send(message)
  expect(json(await client.next())['error']).toMatchObject({ name })
  expect(await client.ended()).toBe(1000)
})

test('A-02 PING is answered by a status', async () => {
  const client = await connect()
  client.send('PING')
  expect(await client.next()).toBe('{"status":"UP"}')
})

test('a socket whose client says nothing is cut without a close frame', async () => {
  const hasty = await openTestMarket({ venues: ['bithumb'], timings: { idle: 60 } })
  const client = await openClient(hasty.ws(PATH))
  expect(await client.ended()).toBe(1006)
  await hasty.close()
})

test('an eleventh connect in a second is refused', async () => {
  const strict = await openTestMarket({ venues: ['bithumb'], limits: true })
  const clients = []
  for (let connects = 0; connects < 10; connects += 1) clients.push(await openClient(strict.ws(PATH)))
  expect(await refusedWith(strict.ws(PATH))).toBe(429)
  for (const { socket } of clients) socket.terminate()
  await strict.close()
})
