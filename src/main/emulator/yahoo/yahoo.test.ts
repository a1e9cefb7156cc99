import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../../shared/market.ts'
import { yahoo as adapter } from '../../exchanges/yahoo/index.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'
import { encodePricing } from './pricing.ts'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['yahoo'] })
})
afterAll(() => market.close())

test('A-16 each symbol says its price at once; there is no acknowledgement, and an unknown one is silent', async () => {
  const client = await market.client('/yahoo/?version=2')
  client.send({ subscribe: ['NOPE', 'AAPL', '005930.KS'] })
  const frames = [await client.next(), await client.next()]
  expect(frames.flatMap((frame) => adapter.decode(frame))).toMatchObject([
    { market: 'AAPL', data: { kind: 'ticker', delay: 0 } },
    { market: '005930.KS', data: { kind: 'ticker', delay: 1_200_000 } },
  ])
  const [sample] = readSample('yahoo/streamer-v2.jsonl') ?? [JSON.parse(frames[0] ?? '')]
  expect(shapeOf(JSON.parse(frames[0] ?? ''))).toEqual(shapeOf(sample))
})

test('the first version sends the Base64 text alone', async () => {
  const client = await market.client('/yahoo/')
  client.send({ subscribe: ['KRW=X'] })
  expect(adapter.decode(await client.next())).toMatchObject([{ market: 'KRW=X' }])
})

test('of more than a hundred symbols the surplus is dropped without a word, invalid ones counted', async () => {
  const client = await market.client('/yahoo/?version=2')
  client.send({ subscribe: [...Array.from({ length: 100 }, (_, nth) => `NOPE${nth}`), 'AAPL'] })
  client.send({ unsubscribe: ['NOPE1'] })
  client.send({ subscribe: ['TSLA'] })
  expect(adapter.decode(await client.next())).toMatchObject([{ market: 'TSLA' }])
})

test('what is no JSON closes the socket', async () => {
  const client = await market.client('/yahoo/?version=2')
  client.send('PING')
  expect(await client.ended()).toBe(1000)
})

test('its message is read back with the values that were written', () => {
  const values = {
    id: 'X',
    price: 24.535,
    time: 1_788_377_229_000,
    exchange: 'NMS',
    quoteType: 8,
    marketHours: 1,
    changePercent: 4.5,
    dayVolume: 6_719_763,
    change: 1,
    priceHint: 2,
  }
  expect(adapter.decode(encodePricing(values))).toEqual([
    {
      market: 'X',
      at: 1_788_377_229_000,
      data: { kind: 'ticker', last: '24.535', volume24h: '6719763', change: '0.045', delay: 0, phase: 'regular' },
    },
  ])
})

test('the chart endpoint answers browsers only', async () => {
  const ask = async (path: string, agent: string) => {
    const response = await fetch(`http://127.0.0.1:${market.server.port}/yahoo${path}`, {
      headers: { 'user-agent': agent },
    })
    return [response.status, await response.text()] as const
  }
  const [quote] = adapter.rest.tickers(['AAPL'])
  expect((await ask(quote?.path ?? '', 'node'))[0]).toBe(429)
  const [status, body] = await ask(quote?.path ?? '', 'Mozilla/5.0')
  expect([status, quote?.decode(body)]).toMatchObject([200, [{ market: 'AAPL', data: { kind: 'ticker' } }]])
  const now = Date.now()
  for (const interval of [MINUTE, DAY]) {
    const candles = adapter.rest.candles('AAPL', interval, now, 3)
    expect(candles.decode((await ask(candles.path, 'Mozilla/5.0'))[1])).toHaveLength(3)
  }
  const [unknown] = adapter.rest.tickers(['NOPE'])
  expect(() => unknown?.decode('{}')).toThrow()
  expect((await ask(unknown?.path ?? '', 'Mozilla/5.0'))[0]).toBe(404)
})
