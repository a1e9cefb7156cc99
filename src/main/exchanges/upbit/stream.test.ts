import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('upbit', 'trade.jsonl').slice(1)
const [book = ''] = fixtureLines('upbit', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

test('ASK means that the taker sold, BID that the taker bought', () => {
  expect(decode(trade.replace('"BID"', '"ASK"'))[0]).toMatchObject({ data: { side: 'sell' } })
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'buy' } })
  expect(ruleOf(trade.replace('"BID"', '"MID"'))).toBe('bad-value: "ask_bid" is neither ASK nor BID but MID.')
})

test('ids above 2^53 keep every digit, so that neighbours stay apart', () => {
  const ids = ['17883351803770000', '17883351803770001', '9007199254740993']
  const found = ids.map((id) => decode(trade.replace('17900000010020000', id))[0])
  expect(
    found.map((message) => message && 'data' in message && message.data.kind === 'trade' && message.data.id),
  ).toEqual(ids)
})

test('a SNAPSHOT trade is marked outside its data, a REALTIME one is not', () => {
  const snapshot = decode(trade.replace('REALTIME', 'SNAPSHOT'))[0]
  const live = decode(trade)[0]
  expect(snapshot).toEqual({ ...live, snapshot: true })
})

test('the time of a trade is when it happened, not when the frame was made', () => {
  expect(decode(trade)[0]).toMatchObject({ at: 1_790_000_001_002 })
})

test('padding levels of price 0 are dropped, half-empty ones refused', () => {
  const padded = book
    .replace('"ask_price":1.16542E8', '"ask_price":0.0')
    .replace('"ask_size":0.00077720', '"ask_size":0')
  expect(decode(padded)[0]).toMatchObject({ data: { asks: [['116539000', '0.02054761']], bids: { length: 2 } } })
  expect(ruleOf(book.replace('"ask_price":1.16542E8', '"ask_price":0.0'))).toBe(
    'bad-value: "ask_price" is 0 beside a size that is not.',
  )
  expect(ruleOf(book.replace('"ask_size":0.00077720', '"ask_size":0'))).toBe(
    'bad-value: "ask_size" is 0 beside a price that is not.',
  )
})

test('prices spelled 1.16539E8 are plain decimals', () => {
  expect(decode(book)[0]).toMatchObject({
    data: {
      asks: [
        ['116539000', '0.02054761'],
        ['116542000', '0.0007772'],
      ],
    },
  })
  expect(decode(trade.replace('100001000.00000000', '1.00001E8'))).toEqual(decode(trade))
})

test('a ticker has no bid, ask, or 24-hour range, for Upbit gives none', () => {
  const [frame = ''] = fixtureLines('upbit', 'ticker.jsonl')
  const [ticker] = decode(frame)
  const data = ticker !== undefined && 'data' in ticker ? ticker.data : {}
  expect(Object.keys(data)).toEqual(['kind', 'last', 'volume24h', 'quoteVolume24h', 'change'])
})

test('A-12 a time in microseconds is floored, and kept as written', () => {
  expect(decode(book.replace('1790000000106', '1790000000106999'))[0]).toMatchObject({
    at: 1_790_000_000_106,
    atText: '1790000000106999',
  })
})

test('A-16 the first book after connecting is a whole book', () => {
  expect(decode(book)[0]).toMatchObject({ data: { kind: 'book', snapshot: true } })
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"trade_price":100001000.00000000,', '')),
    ruleOf(trade.replace('100001000.00000000', 'null')),
    ruleOf(trade.replace('100001000.00000000', '-5')),
    ruleOf(trade.replace('100001000.00000000', '"much"')),
    ruleOf(trade.replace('"trade_timestamp":1790000001002', '"trade_timestamp":1790000001')),
    ruleOf(trade.replace('"trade_timestamp":1790000001002', '"trade_timestamp":12')),
    ruleOf(trade.replace('"code":"KRW-BTC"', '"code":""')),
    ruleOf(trade.replace('"code":"KRW-BTC"', '"code":7')),
    ruleOf(trade.replace('"type":"trade"', '"type":"myOrder"')),
    ruleOf('{"some":"thing"}'),
    ruleOf(`[[${trade}]]`),
  ]).toEqual([
    'missing-field: "trade_price" is missing.',
    'missing-field: "trade_price" is missing.',
    'bad-value: "trade_price" is not above zero but -5.',
    'bad-number: "trade_price" is no number.',
    expect.stringMatching(/^decoded .*"at":1790000001000/),
    'bad-time: "trade_timestamp" is no time between 2009 and 2100.',
    'missing-field: "code" is empty.',
    'bad-value: "code" is not text.',
    'unknown-shape: Upbit sends no frames of type "myOrder" that are read here.',
    'unknown-shape: The frame is of no kind that Upbit is known to send.',
    'unknown-shape: The frame is of no kind that Upbit is known to send.',
  ])
})
