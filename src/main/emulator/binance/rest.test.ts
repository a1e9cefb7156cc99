import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const START = Date.UTC(2026, 10, 23, 7, 30, 30)
const MINUTE = 60_000

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ start: START, rate: 60 })
})
afterAll(() => market.close())

type Row = Record<string, unknown>
const get = async (path: string): Promise<unknown> => JSON.parse((await market.rest(`/binance/api/v3/${path}`)).body)
const keysOf = (value: unknown) => Object.keys((Array.isArray(value) ? value[0] : value) as Row)

test.each([
  ['trades?symbol=BTCUSDT&limit=5', 'binance/rest-trades.json'],
  ['klines?symbol=BTCUSDT&interval=1m&limit=3', 'binance/rest-klines.json'],
  ['depth?symbol=BTCUSDT', 'binance/depth-resync-rest.json'],
])('%s has the shape of the recorded %s', async (path, name) => {
  const answer = await get(path)
  const [sample] = readSample(name) ?? [answer]
  expect(shapeOf(answer)).toEqual(shapeOf(sample))
})

test('the market list has the documented keys, steps, and a halted market', async () => {
  const info = (await get('exchangeInfo')) as { symbols: Row[] }
  const [sample] = (readSample('binance/constructed-rest-exchangeInfo.json') ?? [info]) as (typeof info)[]
  expect([keysOf(info), keysOf(info.symbols)]).toEqual([keysOf(sample), keysOf(sample?.symbols)])
  expect(info.symbols.length).toBeGreaterThan(30)
  expect(info.symbols[0]).toMatchObject({
    symbol: 'BTCUSDT',
    status: 'TRADING',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    filters: [{ tickSize: '0.01000000' }, { stepSize: '0.00001000' }],
  })
  expect(info.symbols.find((row) => row['symbol'] === 'NEOUSDT')).toMatchObject({ status: 'BREAK' })
})

test('the day’s ticker has the documented keys and those of the rolling one in their order', async () => {
  const row = (await get('ticker/24hr?symbol=BTCUSDT')) as Row
  const [sample] = readSample('binance/rest-ticker24hr-full.json') ?? [row]
  expect(new Set([...keysOf(row), ...keysOf(sample)])).toEqual(new Set(keysOf(row)))
  expect(keysOf(await get('ticker/24hr?symbol=BTCUSDT&type=MINI'))).toEqual(
    'symbol openPrice highPrice lowPrice lastPrice volume quoteVolume openTime closeTime firstId lastId count'.split(
      ' ',
    ),
  )
  expect(Number(row['highPrice'])).toBeGreaterThanOrEqual(Number(row['lastPrice']))
  expect(Number(row['bidPrice'])).toBeLessThan(Number(row['askPrice']))
})

test('one symbol is an object, several or none a list', async () => {
  expect(keysOf(await get('ticker/price?symbol=BTCUSDT'))).toEqual(['symbol', 'price'])
  expect(((await get('ticker/price?symbols=["BTCUSDT","ETHUSDT"]')) as Row[]).map((row) => row['symbol'])).toEqual([
    'BTCUSDT',
    'ETHUSDT',
  ])
  expect(((await get('ticker/bookTicker')) as Row[]).length).toBeGreaterThan(30)
  expect([await get('ping'), keysOf(await get('time'))]).toEqual([{}, ['serverTime']])
})

test('the candle of a minute is the fold of that minute’s trades', async () => {
  const openAt = START - 30_000 - MINUTE
  const trades = (
    (await get(`aggTrades?symbol=BTCUSDT&startTime=${openAt}&endTime=${openAt + MINUTE - 1}&limit=1000`)) as Row[]
  ).map((row) => ({
    price: String(row['p']),
    size: BigInt(String(row['q']).replace('.', '')),
    buys: row['m'] === false,
  }))
  const [row] = (await get(`klines?symbol=BTCUSDT&interval=1m&startTime=${openAt}&limit=1`)) as unknown[][]
  const prices = trades.map(({ price }) => Number(price))
  const sum = (chosen: typeof trades) => chosen.reduce((total, { size }) => total + size, 0n)
  const [at, open, high, low, close, volume, closeAt, , count, bought] = row ?? []
  expect([at, open, Number(high), Number(low), close, closeAt, count]).toEqual([
    openAt,
    trades[0]?.price,
    Math.max(...prices),
    Math.min(...prices),
    trades.at(-1)?.price,
    openAt + MINUTE - 1,
    trades.length,
  ])
  expect([volume, bought].map((text) => BigInt(String(text).replace('.', '')))).toEqual([
    sum(trades),
    sum(trades.filter(({ buys }) => buys)),
  ])
})

test('candles come oldest first, from a start or up to an end, flat where nobody traded', async () => {
  const times = async (query: string) =>
    ((await get(`klines?symbol=XTZUSDT&interval=1s&${query}`)) as unknown[][]).map(([at]) => at)
  const from = START - 100_000
  expect(await times(`startTime=${from}&limit=3`)).toEqual([from, from + 1_000, from + 2_000])
  expect(await times(`endTime=${from}&limit=3`)).toEqual([from - 2_000, from - 1_000, from])
  const rows = (await get(`klines?symbol=XTZUSDT&interval=1s&startTime=${from}&limit=60`)) as unknown[][]
  expect(rows.some((row) => row[8] === 0 && row[1] === row[4] && row[5] === '0.00000000')).toBe(true)
})

test.each([
  ['trades?symbol=NOPE', { code: -1121, msg: 'Invalid symbol.' }],
  ['trades', { code: -1102 }],
  ['klines?symbol=BTCUSDT&interval=7m', { code: -1120 }],
])('%s is the venue’s error', async (path, error) => {
  const { status, body } = await market.rest(`/binance/api/v3/${path}`)
  expect([status, JSON.parse(body)]).toEqual([400, expect.objectContaining(error)])
})

test('weight is counted and told, and 6,000 a minute are the limit', async () => {
  const strict = await openTestMarket({ limits: true })
  const answers = []
  for (let call = 0; call < 25; call += 1)
    answers.push(await strict.rest('/binance/api/v3/depth?symbol=BTCUSDT&limit=5000'))
  await strict.close()
  expect(answers.map(({ headers }) => headers.get('X-MBX-USED-WEIGHT-1M')).slice(0, 2)).toEqual(['250', '500'])
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 24 }, () => 200), 429])
  expect(answers.at(-1)?.headers.get('Retry-After')).not.toBeNull()
})

test.each([429, 418, 451])('%d on command', async (status) => {
  market.server.inject({ kind: 'refuse', venue: 'binance', channel: 'rest', for: 60_000, status })
  const answer = await market.rest('/binance/api/v3/time')
  market.server.inject({ kind: 'reset' })
  const [sample] = readSample('binance/rest-451.json') ?? []
  expect(answer.status).toBe(status)
  if (status === 451 && sample !== undefined) expect(JSON.parse(answer.body)).toEqual(sample)
  expect((await market.rest('/binance/api/v3/time')).status).toBe(200)
})
