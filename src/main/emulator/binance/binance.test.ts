import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { eventually, openClient } from '../testing/client.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

interface Diff {
  readonly U: number
  readonly u: number
  readonly b: readonly (readonly [string, string])[]
  readonly a: readonly (readonly [string, string])[]
}

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket()
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const isControl = (frame: string) => frame.includes('"id"')
const subscribe = (params: readonly string[], id: unknown = 1) => ({ method: 'SUBSCRIBE', params, id })

test('A-02 subscribing is acknowledged, listed, and taken back', async () => {
  const client = await market.client('/binance/stream')
  client.send(subscribe(['vetusdt@trade', 'nope@trade']))
  const acks = [await client.next(isControl)]
  for (const message of [
    { method: 'LIST_SUBSCRIPTIONS', id: 'list' },
    { method: 'UNSUBSCRIBE', params: ['nope@trade'], id: null },
    { method: 'LIST_SUBSCRIPTIONS', id: 4 },
  ]) {
    client.send(message)
    acks.push(await client.next(isControl))
  }
  expect(acks).toEqual([
    '{"result":null,"id":1}',
    '{"result":["vetusdt@trade","nope@trade"],"id":"list"}',
    '{"result":null,"id":null}',
    '{"result":["vetusdt@trade"],"id":4}',
  ])
  expect(client.kinds.some((isBinary) => isBinary)).toBe(false)
})

test.each([
  ['trade', 'binance/trade.jsonl', 'stream'],
  ['aggTrade', 'binance/aggTrade.json', 'ws'],
  ['bookTicker', 'binance/bookTicker.jsonl', 'ws'],
  ['miniTicker', 'binance/miniTicker.json', 'ws'],
  ['ticker', 'binance/ticker.json', 'ws'],
  ['depth@100ms', 'binance/depth-diff.json', 'ws'],
  ['kline_1m', 'binance/kline.jsonl', 'stream'],
])('@%s has the keys of the recorded %s, in its order', async (stream, name, endpoint) => {
  const address = endpoint === 'ws' ? `/binance/ws/btcusdt@${stream}` : `/binance/stream?streams=btcusdt@${stream}`
  const client = await market.client(address)
  const frame = json(await client.next((text) => !text.includes('"b":[],') && !text.includes('"a":[]')))
  const [sample] = readSample(name) ?? [frame]
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('A-02 the combined endpoint wraps, the raw one does not', async () => {
  const combined = await market.client('/binance/stream?streams=btcusdt@trade/ethusdt@trade')
  const raw = await market.client('/binance/ws/btcusdt@trade')
  expect(await combined.next()).toMatch(/^\{"stream":"(?:btc|eth)usdt@trade","data":\{"e":"trade"/)
  expect(await raw.next()).toMatch(
    /^\{"e":"trade","E":\d{13},"s":"BTCUSDT","t":\d+,"p":"\d+\.\d\d000000","q":"\d+\.\d{5}000","T":\d{13},"m":(?:true|false),"M":true\}$/,
  )
})

test('trade ids of a market have no gap', async () => {
  const client = await market.client('/binance/ws/btcusdt@trade')
  await eventually('thirty trades', () => (client.frames.length >= 30 ? true : undefined))
  const ids = client.frames.map((frame) => Number(json(frame)['t']))
  expect(ids).toEqual(ids.map((_, nth) => (ids[0] ?? 0) + nth))
})

test('A-16 a top of twenty is whole in its first frame', async () => {
  const client = await market.client('/binance/ws/btcusdt@depth20@100ms')
  const { lastUpdateId, bids, asks } = json(await client.next()) as Record<string, unknown[]>
  expect([typeof lastUpdateId, bids?.length, asks?.length]).toEqual(['number', 20, 20])
})

test('changes chain without a gap and lead from REST’s book to REST’s later book', async () => {
  const client = await market.client('/binance/ws/ethusdt@depth@100ms')
  const first = json(await client.next()) as unknown as Diff
  const rest = async () =>
    JSON.parse((await market.rest('/binance/api/v3/depth?symbol=ETHUSDT&limit=5000')).body) as Book
  interface Book {
    readonly lastUpdateId: number
    readonly bids: Diff['b']
    readonly asks: Diff['a']
  }
  const before = await rest()
  expect(before.lastUpdateId).toBeGreaterThanOrEqual(first.U)
  await eventually('more changes', () => (client.frames.length >= 12 ? true : undefined))
  const after = await rest()
  await eventually('its change', () => {
    const last = json(client.frames.at(-1) ?? '{}') as unknown as Diff
    return last.u >= after.lastUpdateId ? true : undefined
  })
  const diffs = client.frames.map((frame) => json(frame) as unknown as Diff)
  expect(diffs.slice(1).map(({ U }) => U)).toEqual(diffs.slice(0, -1).map(({ u }) => u + 1))

  const bids = new Map(before.bids)
  const asks = new Map(before.asks)
  for (const { u, b, a } of diffs) {
    if (u <= before.lastUpdateId || u > after.lastUpdateId) continue
    for (const [levels, changes] of [
      [bids, b],
      [asks, a],
    ] as const) {
      for (const [price, size] of changes) {
        if (Number(size) === 0) levels.delete(price)
        else levels.set(price, size)
      }
    }
  }
  expect([bids, asks]).toEqual([new Map(after.bids), new Map(after.asks)])
})

test('A-02 unknown and upper-case streams are acknowledged and silent, and do not stop the others', async () => {
  const client = await market.client('/binance/stream')
  client.send(subscribe(['BTCUSDT@trade', 'nopeusdt@trade', 'btcusdt@nope', 'ethusdt@trade']))
  await client.next((frame) => frame === '{"result":null,"id":1}')
  await eventually('five trades', () => (client.frames.length >= 6 ? true : undefined))
  const streams = client.frames.map((frame) => json(frame)['stream']).filter((name) => name !== undefined)
  expect(new Set(streams)).toEqual(new Set(['ethusdt@trade']))
})

test.each([
  ['no json', { code: 3 }],
  [
    { method: 'NOPE', id: 1 },
    { code: 2, id: 1 },
  ],
  [
    { method: 'LIST_SUBSCRIPTIONS', params: [], id: 2 },
    { code: 2, msg: 'Invalid request: too many parameters', id: 2 },
  ],
  [
    { method: 'SUBSCRIBE', params: 'btcusdt@trade', id: 3 },
    { code: 2, id: 3 },
  ],
  [
    { method: 'SET_PROPERTY', params: ['nope', 1], id: 4 },
    { code: 0, id: 4 },
  ],
  [
    { method: 'SET_PROPERTY', params: ['combined', 1], id: 5 },
    { code: 1, id: 5 },
  ],
  [subscribe(Array.from({ length: 100 }, (_, nth) => `s${nth}@trade`).concat(), 6), { result: null, id: 6 }],
])('A-02 %j is answered', async (message, answer) => {
  const client = await market.client('/binance/ws')
  client.send(message)
  expect(json(await client.next())).toMatchObject(answer)
})

test('the second shape of errors: too many subscriptions', async () => {
  const names = Array.from({ length: 1_025 }, (_, nth) => `s${nth}@trade`)
  const client = await market.client(`/binance/stream?streams=${names.slice(0, 1_000).join('/')}`)
  client.send(subscribe(names.slice(1_000), 19))
  expect(json(await client.next())).toEqual({ error: { code: 4, msg: 'Too many subscriptions' }, id: 19 })
})

test('a frame above 4,096 bytes is not answered at all', async () => {
  const client = await market.client('/binance/ws')
  client.send(
    subscribe(
      Array.from({ length: 400 }, (_, nth) => `symbol${nth}@trade`),
      1,
    ),
  )
  client.send({ method: 'LIST_SUBSCRIPTIONS', id: 2 })
  expect(await client.next()).toBe('{"result":[],"id":2}')
})

test('the list of all mini tickers holds only markets that have traded', async () => {
  const client = await market.client('/binance/ws/!miniTicker@arr')
  await client.next()
  const rows = JSON.parse(await client.next()) as Record<string, unknown>[]
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some((row) => row['s'] === 'NEOUSDT')).toBe(false)
  expect(rows.every((row) => row['e'] === '24hrMiniTicker')).toBe(true)
})

test('A-02 the venue pings with a payload, and closes where no pong comes', async () => {
  const hasty = await openTestMarket({ timings: { pingEvery: 50, pongWithin: 400 } })
  const good = await openClient(hasty.ws('/binance/ws'))
  const bad = await openClient(hasty.ws('/binance/ws'), { autoPong: false })
  expect(await bad.ended()).toBe(1001)
  expect([bad.pings[0] !== '', good.pings.length > 2, good.closed.code]).toEqual([true, true, undefined])
  good.socket.terminate()
  await hasty.close()
})

test('a connection ends at its age, announced a moment before', async () => {
  const hasty = await openTestMarket({ timings: { lifetime: 100 } })
  const raw = await openClient(hasty.ws('/binance/ws'))
  const combined = await openClient(hasty.ws('/binance/stream'))
  expect(await raw.next()).toMatch(/^\{"e":"serverShutdown","E":\d{13}\}$/)
  expect(await combined.next()).toMatch(/^\{"stream":"!serverShutdown","data":\{"e":"serverShutdown","E":\d{13}\}\}$/)
  expect(await raw.ended()).toBe(1001)
  await hasty.close()
})

test('five messages a second, pings among them', async () => {
  const strict = await openTestMarket({ limits: true })
  const client = await openClient(strict.ws('/binance/ws'))
  for (let nth = 0; nth < 3; nth += 1) client.send({ method: 'LIST_SUBSCRIPTIONS', id: nth })
  for (let nth = 0; nth < 3; nth += 1) client.socket.ping()
  expect(await client.ended()).toBe(1008)
  await strict.close()
})
