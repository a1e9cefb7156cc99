import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { eventually, openClient, refusedWith } from '../testing/client.ts'
import type { Client } from '../testing/client.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/upbit/websocket/v1'
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

test('the very spelling of a trade: eight fractional digits, a 17-digit id above 2^53', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-BTC'] }])
  const frame = await client.next()
  expect(frame).toMatch(
    /^\{"type":"trade","code":"KRW-BTC","timestamp":\d{13},"trade_date":"\d{4}-\d\d-\d\d","trade_time":"\d\d:\d\d:\d\d","trade_timestamp":\d{13},"trade_price":\d+\.00000000,"trade_volume":\d+\.\d{8},"ask_bid":"(?:ASK|BID)","prev_closing_price":\d+\.00000000,"change":"(?:RISE|EVEN|FALL)","change_price":\d+\.00000000,"sequential_id":\d{17},"best_ask_price":\d+,"best_ask_size":[\d.]+,"best_bid_price":\d+,"best_bid_size":[\d.]+,"stream_type":"SNAPSHOT"\}$/,
  )
  expect(BigInt(/"sequential_id":(\d+)/.exec(frame)?.[1] ?? 0) > 2n ** 53n).toBe(true)
})

test.each([
  ['trade', 'upbit/trade.json', 'DEFAULT'],
  ['ticker', 'upbit/ticker.json', 'DEFAULT'],
  ['orderbook', 'upbit/orderbook.jsonl', 'DEFAULT'],
  ['orderbook', 'upbit/orderbook-simple.json', 'SIMPLE'],
  ['candle.1m', 'upbit/candle-1m.jsonl', 'DEFAULT'],
])('%s frames have the keys of the recorded %s, in its order', async (type, name, format) => {
  const client = await connect()
  client.send([TICKET, { type, codes: ['KRW-BTC'] }, { format }])
  const frame = json(await client.next())
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test.each([
  ['DEFAULT', /^\{"type":"ticker","code":"KRW-ETH"/],
  ['SIMPLE', /^\{"ty":"ticker","cd":"KRW-ETH"/],
  ['JSON_LIST', /^\[\{"type":"ticker","code":"KRW-ETH".*\}\]$/],
  ['SIMPLE_LIST', /^\[\{"ty":"ticker","cd":"KRW-ETH".*\}\]$/],
])('the format %s', async (format, shape) => {
  const client = await connect()
  client.send([TICKET, { type: 'ticker', codes: ['KRW-ETH'] }, { format }])
  expect(await client.next()).toMatch(shape)
})

test('A-16 a book is thirty places from the first message on, in Java’s spelling, without the suffix in its code', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH.5', 'BTC-BERA'], is_only_snapshot: true }])
  const frames = [await client.next(), await client.next(), await client.next()]
  const units = frames.map((frame) => json(frame)['orderbook_units'] as Record<string, number>[])
  expect(frames.map((frame) => json(frame)['code'])).toEqual(['KRW-BTC', 'KRW-ETH', 'BTC-BERA'])
  expect(units.map((places) => places.length)).toEqual([30, 5, 30])
  expect(frames[0]).toMatch(/"ask_price":\d\.\d+E8,"bid_price":\d\.\d+E[78]/)
  // A thin book is padded with prices of 0.
  expect(units[2]?.at(-1)).toEqual({ ask_price: 0, bid_price: 0, ask_size: 0, bid_size: 0 })
})

test('only the snapshot, or only what happens, as asked', async () => {
  const only = await connect()
  only.send([TICKET, { type: 'trade', codes: ['KRW-BTC'], is_only_snapshot: true }])
  const live = await connect()
  live.send([TICKET, { type: 'trade', codes: ['KRW-BTC'], is_only_realtime: true }])
  await eventually('five live trades', () => (live.frames.length >= 5 ? true : undefined))
  expect(only.frames.map((frame) => json(frame)['stream_type'])).toEqual(['SNAPSHOT'])
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

test('A-02 unknown and lower-case codes are silence, and do not stop the others', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-NOPE', 'krw-btc', 'KRW-XRP'] }])
  await client.next((frame) => frame.includes('REALTIME'))
  expect(new Set(client.frames.map((frame) => json(frame)['code']))).toEqual(new Set(['KRW-XRP']))
})

test.each([
  ['NO_TICKET', [{ type: 'trade', codes: ['KRW-BTC'] }]],
  ['NO_TYPE', [TICKET, { codes: ['KRW-BTC'] }]],
  ['NO_TYPE', [TICKET]],
  ['NO_CODES', [TICKET, { type: 'trade' }]],
  ['INVALID_PARAM', [TICKET, { type: 'nope', codes: ['KRW-BTC'] }]],
  ['WRONG_FORMAT', '{"no":"array"}'],
  ['WRONG_FORMAT', 'no json'],
  ['WRONG_FORMAT', [TICKET, { type: 'trade', codes: ['KRW-BTC'] }, { format: 'NOPE' }]],
])('A-02 the error %s costs the connection', async (name, message) => {
  const client = await connect()
  client.send(message)
  expect(json(await client.next())['error']).toMatchObject({ name })
  expect(await client.ended()).toBe(1000)
})

test('A-02 PING is answered by a status, and a protocol ping by its pong', async () => {
  const client = await connect()
  client.send('PING')
  expect(await client.next()).toBe('{"status":"UP"}')
  const payload = new Promise<string>((resolve) => client.socket.once('pong', (data) => resolve(data.toString())))
  client.socket.ping('abc')
  expect(await payload).toBe('abc')
})

test('the present list can be asked for', async () => {
  const client = await connect()
  client.send([TICKET, { type: 'trade', codes: ['KRW-VET'], is_only_snapshot: true }])
  await client.next()
  client.send([{ ticket: 'list' }, { method: 'LIST_SUBSCRIPTIONS' }])
  expect(json(await client.next((frame) => frame.includes('LIST')))).toEqual({
    method: 'LIST_SUBSCRIPTIONS',
    result: [{ type: 'trade', codes: ['KRW-VET'] }],
    ticket: 'list',
  })
})

test('a socket whose client says nothing is cut without a close frame', async () => {
  const hasty = await openTestMarket({ timings: { idle: 60 } })
  const client = await openClient(hasty.ws(PATH))
  expect(await client.ended()).toBe(1006)
  await hasty.close()
})

test('limits: five frames a second, five connects a second, and one in ten seconds with an Origin', async () => {
  const strict = await openTestMarket({ limits: true })
  const withOrigin = { origin: 'https://example.org' }
  const first = await openClient(strict.ws(PATH), withOrigin)
  expect(await refusedWith(strict.ws(PATH), withOrigin)).toBe(429)
  for (let frame = 0; frame < 6; frame += 1) first.send('PING')
  expect(await first.ended()).toBe(1008)
  const rest = []
  for (let connect = 0; connect < 4; connect += 1) rest.push(await openClient(strict.ws(PATH)).catch(() => undefined))
  expect(await refusedWith(strict.ws(PATH))).toBe(429)
  for (const client of rest) client?.socket.terminate()
  await strict.close()
})

test('every handshake and answer says that this is a demo', async () => {
  const { headers } = await market.rest('/upbit/v1/market/all')
  const socket = new WebSocket(market.ws(PATH))
  const upgraded = await new Promise<string | undefined>((resolve) => {
    socket.once('upgrade', (response) => resolve(String(response.headers['x-tapedeck-demo'])))
  })
  socket.terminate()
  expect([headers.get('X-Tapedeck-Demo'), upgraded]).toEqual(['1', '1'])
})
