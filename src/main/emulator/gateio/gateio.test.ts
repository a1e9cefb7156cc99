import { afterAll, beforeAll, expect, test } from 'vitest'
import { gateio as exchange } from '../../exchanges/gateio/index.ts'
import { eventually } from '../testing/client.ts'
import { booksIn, foldBooks } from '../testing/fold.ts'
import { openTestMarket } from '../testing/market.ts'
import type { TestMarket } from '../testing/market.ts'
import { readSample, shapeOf } from '../testing/samples.ts'

const PATH = '/gateio/ws/v4/'

let market: TestMarket
beforeAll(async () => {
  market = await openTestMarket({ venues: ['gateio'] })
})
afterAll(() => market.close())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>
const isAnswer = (frame: string) => frame.includes('"conn_id"')
const now = () => Math.floor(Date.now() / 1_000)
const request = (channel: string, payload: readonly string[], event = 'subscribe') => ({
  time: now(),
  id: 1,
  channel,
  event,
  payload,
})

test('A-02 subscribing is acknowledged with its payload, and taken back', async () => {
  const client = await market.client(PATH)
  client.send(request('spot.tickers', ['BTC_USDT']))
  const answer = json(await client.next(isAnswer))
  const [sample] = readSample('gateio/ack.json') ?? [answer]
  expect(shapeOf(answer)).toEqual(shapeOf(sample))
  await client.next((frame) => frame.includes('"spot.tickers","event":"update"'))
  client.send(request('spot.tickers', ['BTC_USDT'], 'unsubscribe'))
  expect(json(await client.next(isAnswer))).toMatchObject({ event: 'unsubscribe', result: { status: 'success' } })
})

test('A-02 an unknown pair refuses its whole request, under the code for arguments', async () => {
  const client = await market.client(PATH)
  client.send(request('spot.trades', ['BTC_USDT', 'NO_USDT']))
  expect(json(await client.next())).toMatchObject({
    error: { code: 2, message: 'unknown currency pair NO_USDT' },
    result: { status: 'fail' },
  })
})

test('A-02 a second subscription to a book is an error, which the adapter takes for what it says', async () => {
  const client = await market.client(PATH)
  for (let nth = 0; nth < 2; nth += 1) client.send(request('spot.obu', ['ob.BTC_USDT.50']))
  const [first, second] = [await client.next(isAnswer), await client.next(isAnswer)]
  const [sample] = readSample('gateio/error.json') ?? [json(second)]
  expect(shapeOf(json(second))).toEqual(shapeOf(sample))
  expect([first, second].flatMap((frame) => exchange.decode(frame))).toEqual([
    { control: 'ack', id: '1' },
    { control: 'ack', id: '1' },
  ])
})

test('A-02 a request whose time is more than a minute off is refused, one that is stamped is not', async () => {
  const client = await market.client(PATH)
  client.send({ ...request('spot.trades', ['BTC_USDT']), time: now() - 62 })
  expect(exchange.decode(await client.next())).toMatchObject([{ control: 'refused', market: 'BTC_USDT' }])
  const [frame = ''] = exchange.subscribe([{ market: 'BTC_USDT', channels: ['trade'] }])
  client.send(frame)
  expect(exchange.decode(await client.next(isAnswer))).toMatchObject([{ control: 'refused' }])
  client.send(exchange.stamp?.(frame, Date.now()))
  expect(exchange.decode(await client.next(isAnswer))).toEqual([{ control: 'ack' }])
})

test('A-02 the adapter’s frames lose nothing to an unknown market', async () => {
  const client = await market.client(PATH)
  const channels = ['trade', 'ticker', 'book'] as const
  for (const frame of exchange.subscribe([
    { market: 'NO_USDT', channels },
    { market: 'BTC_USDT', channels },
  ]))
    client.send(exchange.stamp?.(frame, Date.now()))
  const answers: string[] = []
  while (answers.length < 6) answers.push(await client.next(isAnswer))
  expect(answers.flatMap((frame) => exchange.decode(frame))).toMatchObject([
    { control: 'refused', market: 'NO_USDT', channel: 'trade' },
    { control: 'refused', market: 'NO_USDT', channel: 'ticker' },
    { control: 'refused', market: 'NO_USDT', channel: 'book' },
    { control: 'ack' },
    { control: 'ack' },
    { control: 'ack' },
  ])
})

test('A-02 a ping is answered, and what is no request is refused', async () => {
  const client = await market.client(PATH)
  client.send({ time: now(), channel: 'spot.ping' })
  const pong = json(await client.next())
  const [sample] = readSample('gateio/pong.json') ?? [pong]
  expect(shapeOf(pong)).toEqual(shapeOf(sample))
  client.send('nonsense')
  client.send(request('spot.nothing', ['BTC_USDT']))
  client.send(request('spot.obu', ['BTC_USDT']))
  expect([json(await client.next()), json(await client.next()), json(await client.next())]).toMatchObject([
    { error: { code: 1 } },
    { error: { code: 1 } },
    { error: { code: 2 } },
  ])
})

test.each([
  ['spot.trades', 'BTC_USDT', 'gateio/spot.trades.jsonl'],
  ['spot.tickers', 'BTC_USDT', 'gateio/spot.tickers.json'],
  ['spot.book_ticker', 'BTC_USDT', 'gateio/spot.book_ticker.json'],
  ['spot.obu', 'ob.BTC_USDT.50', 'gateio/spot.obu.jsonl'],
])('%s of %s has the keys of the recorded %s, in its order', async (channel, payload, name) => {
  const client = await market.client(PATH)
  client.send(request(channel, [payload]))
  const frame = json(await client.next((text) => text.includes('"event":"update"')))
  // The newest recording of trades has a field more than the oldest.
  const sample = (channel === 'spot.trades' ? readSample(name)?.at(-1) : readSample(name)?.[0]) ?? frame
  expect(shapeOf(frame)).toEqual(shapeOf(sample))
})

test('A-16 the whole book comes before the acknowledgement', async () => {
  const client = await market.client(PATH)
  client.send(request('spot.obu', ['ob.BTC_USDT.50']))
  expect(await client.next()).toContain('"full":true')
  expect(isAnswer(await client.next())).toBe(true)
})

test('A-14 changes chain by their numbers, leave out a side that is still, and lead to the book of a later client', async () => {
  const early = await market.client(PATH)
  early.send(request('spot.obu', ['ob.DOGE_USDT.50']))
  const updates = () => early.frames.filter((frame) => !isAnswer(frame))
  await eventually('a change of one side', () =>
    updates().some((frame) => !frame.includes('"a":') || !frame.includes('"b":')) && updates().length > 8
      ? true
      : undefined,
  )
  const late = await market.client(PATH)
  late.send(request('spot.obu', ['ob.DOGE_USDT.50']))
  const whole = foldBooks(exchange, booksIn(exchange, [await late.next()]))[0]
  const same = () => foldBooks(exchange, booksIn(exchange, updates())).find(({ id }) => id === whole?.id)
  expect(await eventually('the same book', same)).toEqual(whole)
})

test('the venue announces that it is about to close', async () => {
  const client = await market.client(PATH)
  market.server.inject({ kind: 'shutdown', venue: 'gateio', after: 50 })
  expect(exchange.decode(await client.next())).toMatchObject([{ control: 'restart' }])
  expect(await client.ended()).toBe(1001)
})
