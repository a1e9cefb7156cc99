import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = '', trades = ''] = fixtureLines('korbit', 'trade.jsonl')
const [book = ''] = fixtureLines('korbit', 'book.jsonl')
const [ticker = ''] = fixtureLines('korbit', 'ticker.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

/** The frame as the venue sends it on subscribing. */
function asSnapshot(frame: string): string {
  return frame.replace('"data":', '"snapshot":true,"data":')
}

test('isBuyerTaker is the taker’s side', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'buy' } })
  expect(decode(trade.replace('"isBuyerTaker":true', '"isBuyerTaker":false'))[0]).toMatchObject({
    data: { side: 'sell' },
  })
})

test('a frame may hold several trades, or none', () => {
  expect(decode(trades)).toMatchObject([{ data: { id: '9007199254740993' } }, { data: { id: '9007199254740994' } }])
  expect(decode(trade.replace(/\[.*\]/, '[]'))).toEqual([])
})

test('ids above 2^53 keep every digit', () => {
  expect(decode(trade.replace('25441721', '9007199254740993'))[0]).toMatchObject({ data: { id: '9007199254740993' } })
})

test('the time of a trade and of a book is their own, not that of sending', () => {
  for (const frame of [trade, asSnapshot(trade)]) expect(decode(frame)[0]).toMatchObject({ at: 1_790_000_001_002 })
  for (const frame of [book, asSnapshot(book)]) expect(decode(frame)[0]).toMatchObject({ at: 1_790_000_001_067 })
})

test('the state on subscribing is marked: a trade so marked may be old; the key may be false or null later', () => {
  for (const frame of [trade, book, ticker]) {
    expect(decode(asSnapshot(frame))).toEqual([{ ...decode(frame)[0], snapshot: true }])
    for (const none of ['false', 'null'])
      expect(decode(frame.replace('"data":', `"snapshot":${none},"data":`))).toEqual(decode(frame))
  }
})

test('A-16 a book is whole with the snapshot key and without it', () => {
  for (const frame of [book, asSnapshot(book)])
    expect(decode(frame)[0]).toMatchObject({ data: { kind: 'book', snapshot: true, asks: { length: 2 } } })
})

test('a stopped market has an empty book of days ago', () => {
  const frame = fixtureLines('korbit', 'book.jsonl').find((line) => line.includes('klay')) ?? ''
  expect(decode(frame)).toEqual([
    {
      market: 'klay_krw',
      at: 1_789_456_789_897,
      data: { kind: 'book', snapshot: true, bids: [], asks: [] },
      snapshot: true,
    },
  ])
})

test('the change of a ticker is a fraction of what the venue tells in percent', () => {
  expect(decode(ticker.replace('"-0.3"', '"1.01"'))[0]).toMatchObject({ data: { change: '0.0101' } })
  expect(decode(ticker)[0]).toMatchObject({ data: { change: '-0.003' } })
  expect(ruleOf(ticker.replace('"-0.3"', `"0.${'0'.repeat(97)}1"`))).toBe(
    'bad-number: "priceChangePercent" has too many digits.',
  )
})

test('a refusal of a symbol names its market, any other names none', () => {
  const fail =
    '{"status":"fail","code":"INVALID_SYMBOL","message":"The symbol does not exist (nope_krw)","requestId":2}'
  expect(decode(fail)).toEqual([
    {
      control: 'refused',
      market: 'nope_krw',
      id: '2',
      reason: 'INVALID_SYMBOL: The symbol does not exist (nope_krw)',
    },
  ])
  expect(decode(fail.replace('INVALID_SYMBOL', 'INVALID_REQUEST'))[0]).not.toHaveProperty('market')
  expect(decode('{"status":"fail","message":"invalid_format"}')).toEqual([
    { control: 'refused', reason: 'invalid_format' },
  ])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"100001000"', '"-5"')),
    ruleOf(trade.replace('"100001000"', '"much"')),
    ruleOf(trade.replace('"tradeId":25441721', '"trade":1')),
    ruleOf(trade.replace('"timestamp":1790000001002', '"timestamp":12')),
    ruleOf(trade.replace('"trade","data"', '"candle","data"')),
    ruleOf(book.replace('"qty":"0.0321"', '"qty":"0"')),
    ruleOf('{"status":"maybe"}'),
    ruleOf('{"some":"thing"}'),
    ruleOf(`[${trade}]`),
  ]).toEqual([
    'bad-value: "price" is not above zero but -5.',
    'bad-number: "price" is no number.',
    'missing-field: "tradeId" is missing.',
    'bad-time: "timestamp" is no time between 2009 and 2100.',
    'unknown-shape: Digital X sends no frames of type "candle" that are read here.',
    'bad-value: "qty" is not above zero but 0.',
    'unknown-shape: "status" is neither success nor fail but maybe.',
    'unknown-shape: The frame is of no kind that Digital X is known to send.',
    'unknown-shape: The frame is of no kind that Digital X is known to send.',
  ])
})

test('A-01 recorded frames keep their exact values', () => {
  if (!hasSamples()) return
  const sample = (file: string) => sampleLines('korbit', file).flatMap((frame) => decode(frame))
  expect(sample('trade.json')).toEqual([
    {
      market: 'btc_krw',
      at: 1_790_134_317_520,
      data: { kind: 'trade', id: '25441720', price: '116439000', size: '0.0067', side: 'sell' },
      snapshot: true,
    },
  ])
  expect(sample('ticker.json')).toEqual([
    {
      market: 'btc_krw',
      at: 1_790_134_313_071,
      data: {
        kind: 'ticker',
        last: '116463000',
        bid: '116426000',
        ask: '116477000',
        open24h: '115370000',
        high24h: '116765000',
        low24h: '114412000',
        volume24h: '39.25266763',
        quoteVolume24h: '4549864965.49708',
        change: '0.0101',
      },
      snapshot: true,
    },
  ])
  const [first, second, stopped] = sample('orderbook.jsonl')
  expect(first).toMatchObject({ at: 1_790_134_242_563, snapshot: true })
  expect(second).toEqual({
    market: 'btc_krw',
    at: 1_790_134_243_067,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['116455000', '0.00499'],
        ['116453000', '0.01919775'],
        ['116451000', '0.00059'],
      ],
      asks: [
        ['116506000', '0.27522'],
        ['116507000', '0.0321'],
        ['116538000', '0.00665633'],
      ],
    },
  })
  expect(stopped).toMatchObject({ market: 'klay_krw', data: { bids: [], asks: [] } })
})
