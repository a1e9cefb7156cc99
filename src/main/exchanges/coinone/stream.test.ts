import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('coinone', 'trade.jsonl')
const [first = '', book = ''] = fixtureLines('coinone', 'book.jsonl')
const [ticker = ''] = fixtureLines('coinone', 'ticker.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

test('is_seller_maker tells who was there: true means that the taker bought', () => {
  expect(decode(trade.replace('"is_seller_maker":false', '"is_seller_maker":true'))[0]).toMatchObject({
    data: { side: 'buy' },
  })
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(ruleOf(trade.replace('false', '"false"'))).toBe('bad-value: "is_seller_maker" is neither true nor false.')
})

test('ids above 2^53 keep every digit', () => {
  expect(decode(trade.replace('1790000000377001', '17900000003770010'))[0]).toMatchObject({
    data: { id: '17900000003770010' },
  })
})

test('asks come worst first and leave best first, whatever order they come in', () => {
  const asks = [
    ['100460000', '0.0232'],
    ['100470000', '0.00171821'],
    ['100650000', '0.01198956'],
  ]
  expect(decode(first)[0]).toMatchObject({ data: { asks } })
  const ascending = first.replace(/"asks":\[(.*?)\],/, (_, list: string) => {
    const levels = list.split(/(?<=\}),/)
    return `"asks":[${levels.toReversed().join(',')}],`
  })
  expect(ascending).not.toBe(first)
  expect(decode(ascending)).toEqual(decode(first))
})

test('the first book after subscribing has an old time, told by its id: it is marked as repeated state', () => {
  expect(decode(first)[0]).toMatchObject({ snapshot: true, at: 1_790_000_000_106 })
  expect(decode(book)[0]).not.toHaveProperty('snapshot')
})

test('A-16 every book is whole, the first message too', () => {
  const ids = ['1790000010435001', '1790000011753001']
  expect([first, book].flatMap((frame) => decode(frame))).toMatchObject(
    ids.map((last) => ({ data: { kind: 'book', snapshot: true, sequence: { last } } })),
  )
})

test('a ticker has no range or volume, for those are of a calendar day; its change is against yesterday’s close', () => {
  expect(decode(ticker)).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_790_000_000_484,
      data: { kind: 'ticker', last: '100380000', bid: '100370000', ask: '100400000', change: '0.00742674' },
    },
  ])
})

test('A-02 an acknowledgement proves nothing, for the error of a bad topic follows it and names none', () => {
  const pair = '"data":{"quote_currency":"KRW","target_currency":"NOPE"}'
  const answers = [
    `{"response_type":"SUBSCRIBED","channel":"TRADE",${pair}}`,
    '{"response_type":"ERROR","error_code":160012,"message":"Invalid Topic"}',
  ]
  expect(answers.flatMap((frame) => decode(frame))).toEqual([
    { control: 'heartbeat' },
    { control: 'refused', reason: '160012: Invalid Topic' },
  ])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"100000000"', '"-5"')),
    ruleOf(trade.replace('"100000000"', '"much"')),
    ruleOf(trade.replace('1790000000377,', '12,')),
    ruleOf(trade.replace('"BTC"', '"B/C"')),
    ruleOf(trade.replace('"TRADE"', '"TRADES"')),
    ruleOf(trade.replace('"DATA"', '"NEWS"')),
    ruleOf(book.replace('"0.0118"', '"0"')),
    ruleOf('{"some":"thing"}'),
    ruleOf(`[${trade}]`),
  ]).toEqual([
    'bad-value: "price" is not above zero but -5.',
    'bad-number: "price" is no number.',
    'bad-time: "timestamp" is no time between 2009 and 2100.',
    'bad-value: "target_currency" is no currency: B/C.',
    'unknown-shape: Coinone has no channel "TRADES" that is read here.',
    'unknown-shape: Coinone sends no responses "NEWS" that are read here.',
    'bad-value: "qty" is not above zero but 0.',
    'unknown-shape: The frame is of no kind that Coinone is known to send.',
    'unknown-shape: The frame is of no kind that Coinone is known to send.',
  ])
})

test('A-01 recorded frames keep their exact values', () => {
  if (!hasSamples()) return
  expect(decode(sampleLines('coinone', 'trade.json')[0] ?? '')).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_790_134_177_835,
      data: { kind: 'trade', id: '1790134177835001', price: '116460000', size: '0.00483595', side: 'buy' },
    },
  ])
  expect(decode(sampleLines('coinone', 'ticker.json')[0] ?? '')).toEqual([
    {
      market: 'KRW/BTC',
      at: 1_790_133_796_484,
      data: { kind: 'ticker', last: '116380000', bid: '116370000', ask: '116400000', change: '0.00639917' },
    },
  ])
  const books = sampleLines('coinone', 'orderbook.jsonl').flatMap((frame) => decode(frame))
  expect(books[1]).toEqual({
    market: 'KRW/BTC',
    at: 1_790_134_177_753,
    data: {
      kind: 'book',
      snapshot: true,
      bids: [
        ['116450000', '0.0118'],
        ['116440000', '0.04695328'],
        ['116250000', '0.01325806'],
      ],
      asks: [
        ['116460000', '0.0232'],
        ['116470000', '0.00171821'],
        ['116640000', '0.000657'],
        ['116650000', '0.01198956'],
      ],
      sequence: { last: '1790134177753001' },
    },
  })
  // The first book of each market is one of ten seconds ago, or of an earlier change.
  expect(books.map((each) => 'snapshot' in each)).toEqual([true, false, true])
})
