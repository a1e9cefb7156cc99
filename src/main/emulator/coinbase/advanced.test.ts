import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/market.ts'
import { coinbaseAdvanced as exchange } from '../../exchanges/coinbase/advanced/index.ts'
import type { RestCall } from '../../exchanges/exchange.ts'
import { eventually } from '../testing/client.ts'
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
const subscribe = (channel: string, products?: readonly string[]) => ({
  type: 'subscribe',
  product_ids: products,
  channel,
})
const isOf = (channel: string) => (frame: string) => frame.startsWith(`{"channel":"${channel}"`)
const isUpdate = (frame: string) => frame.includes('"type":"update"')
const run = async <T>(call: RestCall<T>): Promise<T> => call.decode((await market.rest(`/coinbase${call.path}`)).body)

test('frames are counted per connection over all channels, and the acknowledgement comes after the first data', async () => {
  const clients = [await market.client('/coinbase'), await market.client('/coinbase')]
  for (const client of clients) {
    client.send(subscribe('market_trades', ['BTC-USD']))
    client.send(subscribe('heartbeats'))
    client.send(subscribe('level2', ['ETH-USD']))
  }
  for (const { frames } of clients) {
    await eventually('frames', () => (frames.length > 40 && frames.some(isOf('heartbeats')) ? true : undefined))
    expect(frames.slice(0, 2).map((frame) => json(frame)['channel'])).toEqual(['market_trades', 'subscriptions'])
    expect(frames.map((frame) => json(frame)['sequence_num'])).toEqual(frames.map((_, nth) => nth))
  }
})

test('a lost frame of a book shows as a jump of the count', async () => {
  const client = await market.client('/coinbase')
  client.send(subscribe('level2', ['ETH-USD']))
  await client.next((frame) => isOf('l2_data')(frame) && isUpdate(frame))
  market.server.inject({ kind: 'gap', venue: 'coinbase', market: 'ETH-USD', channel: 'book', count: 2 })
  const jumps = () =>
    client.frames
      .map((frame) => Number(json(frame)['sequence_num']))
      .filter((count, nth, all) => nth > 0 && count !== (all[nth - 1] ?? 0) + 1)
  await eventually('a jump', () => (jumps().length > 0 ? true : undefined))
  expect(client.frames[0]).toContain('"sequence_num":0,')
})

test.each([
  ['market_trades', 'market_trades', 'coinbase-advanced/market_trades.jsonl', 2],
  ['ticker', 'ticker', 'coinbase-advanced/ticker.jsonl', 2],
  ['level2', 'l2_data', 'coinbase-advanced/l2_data-update.json', 0],
])('%s has the keys of the recorded one, in its order', async (channel, said, name, line) => {
  const client = await market.client('/coinbase')
  client.send(subscribe(channel, ['BTC-USD']))
  const frame = json(await client.next((text) => isOf(said)(text) && isUpdate(text)))
  const sample = readSample(name)?.[line] ?? frame
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('the history comes newest first', async () => {
  const client = await market.client('/coinbase')
  client.send(subscribe('market_trades', ['BTC-USD']))
  const [event] = json(await client.next())['events'] as [{ type: string; trades: { trade_id: string }[] }]
  const ids = event.trades.map((trade) => Number(trade.trade_id))
  expect([event.type, ids]).toEqual(['snapshot', ids.toSorted((a, b) => b - a)])
})

test('what is asked of an alias comes under the other’s name', async () => {
  const client = await market.client('/coinbase')
  client.send(subscribe('market_trades', ['SOL-USDC', 'USDT-USDC']))
  const products = [await client.next(isOf('market_trades')), await client.next(isOf('market_trades'))].map(
    (frame) => /"product_id":"([^"]+)"/.exec(frame)?.[1],
  )
  expect(products).toEqual(['SOL-USD', 'USDT-USDC'])
})

test('thirty books are served on a connection, and no more', async () => {
  const { symbols } = { symbols: (await exchange.rest.markets(run)).map(({ native }) => native) }
  const client = await market.client('/coinbase')
  client.send(subscribe('level2', symbols.slice(0, 30)))
  await client.next(isOf('subscriptions'))
  client.send(subscribe('ticker', symbols))
  await client.next(isOf('subscriptions'))
  client.send(subscribe('level2', symbols.slice(30, 31)))
  expect(json(await client.next((frame) => frame.startsWith('{"type":"error"')))).toEqual({
    type: 'error',
    message: 'too many L2 streams requested in a single session',
  })
  expect(await client.ended()).toBe(1008)
})

test.each([
  ['no json', 'Malformed JSON'],
  [{ type: 'nope' }, 'nope is not a valid type'],
  [subscribe('market_trades', ['NOPE-USD']), 'failure to subscribe: NOPE-USD is not a valid product'],
  [subscribe('nope', ['BTC-USD']), 'channel nope is not supported'],
  [subscribe('level2', []), 'no product_ids'],
])('A-02 %j is an error', async (request, message) => {
  const client = await market.client('/coinbase')
  client.send(request)
  expect(json(await client.next())).toEqual({ type: 'error', message })
})

test('A-01 what REST says, the adapter reads, and an alias is there without being a market', async () => {
  const { rest } = exchange
  const { products } = json((await market.rest('/coinbase/api/v3/brokerage/market/products')).body) as {
    products: Record<string, unknown>[]
  }
  const [sample] = (readSample('coinbase-advanced/rest-product.json') ?? [products[0]]) as [object]
  expect(Object.keys(products[0] ?? {}).filter((key) => !(key in sample))).toEqual([])
  expect(products.find(({ product_id }) => product_id === 'BTC-USDC')?.['alias']).toBe('BTC-USD')
  const markets = await rest.markets(run)
  expect(markets[0]).toEqual({
    key: 'coinbase:BTC/USD',
    venue: 'coinbase',
    native: 'BTC-USD',
    base: 'BTC',
    quote: 'USD',
    names: { en: 'Bitcoin' },
    tickSize: '0.01',
    sizeStep: '0.00000001',
    status: 'trading',
  })
  expect(markets.filter(({ quote }) => quote === 'USDC').map(({ native }) => native)).toEqual(['USDT-USDC'])
  const trades = await run(rest.trades('BTC-USD', 20))
  expect(trades.map(({ data }) => Number(data.id))).toEqual(trades.map((_, nth) => Number(trades[0]?.data.id) + nth))
  const openAt = Math.floor(START / MINUTE) * MINUTE
  const candles = await run(rest.candles('BTC-USD', MINUTE, openAt, 3))
  expect(candles.map((candle) => candle.openAt)).toEqual([3, 2, 1].map((back) => openAt - back * MINUTE))
})

test.each([
  ['products/NOPE-USD/ticker', 404, 'NOT_FOUND'],
  ['products/BTC-USD/candles?granularity=x&start=1&end=2', 400, 'INVALID_ARGUMENT'],
])('an error has a code and details: %s', async (path, status, error) => {
  const answer = await market.rest(`/coinbase/api/v3/brokerage/market/${path}`)
  expect([answer.status, json(answer.body)]).toEqual([status, expect.objectContaining({ error })])
})
