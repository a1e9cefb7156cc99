import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('bithumb', 'trade.jsonl').slice(1)
const [book = ''] = fixtureLines('bithumb', 'book.jsonl')

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

test('the words of date and time are Korean time, and no time is made of them', () => {
  expect(decode(trade)[0]).toMatchObject({ at: Date.UTC(2026, 8, 21, 14, 13, 21, 2) })
  expect(decode(trade.replace('"trade_time":"23:13:21"', '"trade_time":"00:00:00"'))).toEqual(decode(trade))
})

test('a trade is known by its values, for ids above 2^53 have one form here and another over REST', () => {
  const ofRest = trade.replace('1079953210371761702', '17900000010020000')
  expect(decode(ofRest)).toEqual([{ ...decode(trade)[0], serial: '17900000010020000' }])
  expect(decode(trade)[0]).toMatchObject({ serial: '1079953210371761702' })
  expect(decode(trade)[0]).toMatchObject({ data: { id: '1790000001002/100001000/1/buy' } })
  const others = [
    trade.replace('100001000', '100002000'),
    trade.replace('1.0000', '1.0001'),
    trade.replace('"BID"', '"ASK"'),
    trade.replace('1790000001002', '1790000001003'),
  ]
  const ids = [trade, ...others].map((frame) => JSON.stringify(decode(frame)[0]).match(/"id":"([^"]+)"/)?.[1])
  expect(new Set(ids).size).toBe(5)
})

test('a SNAPSHOT trade is marked outside its data, a REALTIME one is not', () => {
  expect(decode(trade.replace('REALTIME', 'SNAPSHOT'))[0]).toEqual({ ...decode(trade)[0], snapshot: true })
})

test('A-12 the time of a book is in microseconds: floored, and kept as written', () => {
  expect(decode(book)[0]).toMatchObject({ at: 1_790_000_000_106, atText: '1790000000106514' })
  const [inMillis] = decode(book.replace('1790000000106514', '1790000000106'))
  expect(inMillis).toMatchObject({ at: 1_790_000_000_106 })
  expect(inMillis).not.toHaveProperty('atText')
})

test('levels whose size rounds to 0 are dropped, at the best price too, and so is padding of price 0', () => {
  const [, rounded = '', padded = ''] = fixtureLines('bithumb', 'book.jsonl')
  expect(decode(rounded)[0]).toMatchObject({ data: { bids: [['3713000', '5.5']], asks: [['3716000', '3']] } })
  expect(decode(padded)[0]).toMatchObject({ data: { bids: [['0.0008', '1']], asks: { length: 2 } } })
  expect(ruleOf(book.replace('"ask_price":116539000', '"ask_price":0'))).toBe(
    'bad-value: "ask_price" is 0 beside a size that is not.',
  )
})

test('A-16 the first book is whole, be it a SNAPSHOT or, as was seen, a REALTIME one before it', () => {
  for (const frame of [book, book.replace('SNAPSHOT', 'REALTIME')])
    expect(decode(frame)[0]).toMatchObject({ data: { kind: 'book', snapshot: true, bids: { length: 2 } } })
})

test('a ticker has no bid, ask or range, for opening, high and low run from 00:00 in Korea', () => {
  const [frame = ''] = fixtureLines('bithumb', 'ticker.jsonl')
  const [ticker] = decode(frame)
  const data = ticker !== undefined && 'data' in ticker ? ticker.data : {}
  expect(Object.keys(data)).toEqual(['kind', 'last', 'volume24h', 'quoteVolume24h', 'change'])
})

test('frames of the retired API are refused by rule, its status is no pong', () => {
  expect([
    ruleOf('{"status":"0000","resmsg":"Connected Successfully"}'),
    ruleOf('{"type":"transaction","content":{"list":[]}}'),
    ruleOf(`[${trade}]`),
  ]).toEqual([
    'unknown-shape: The frame is of no kind that Bithumb is known to send.',
    'unknown-shape: Bithumb sends no frames of type "transaction" that are read here.',
    'unknown-shape: The frame is of no kind that Bithumb is known to send.',
  ])
})

test('A-01 recorded frames keep their exact values', () => {
  if (!hasSamples()) return
  expect(decode(sampleLines('bithumb', 'trade.json')[0] ?? '')).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_785_397_735_004,
      data: {
        kind: 'trade',
        id: '1785397735004/91196000/0.00021931/sell',
        price: '91196000',
        size: '0.00021931',
        side: 'sell',
      },
      serial: '921046844841158138',
      snapshot: true,
    },
  ])
  expect(decode(sampleLines('bithumb', 'ticker.json')[0] ?? '')).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_785_397_735_276,
      data: {
        kind: 'ticker',
        last: '91196000',
        volume24h: '294.09163804',
        quoteVolume24h: '27002534842.65972',
        change: '-0.01028824',
      },
      snapshot: true,
    },
  ])
  // Three bids and one ask of its fifteen are of size 0.0000.
  expect(decode(sampleLines('bithumb', 'orderbook-15-levels.json')[0] ?? '')[0]).toMatchObject({
    at: 1_785_397_747_576,
    atText: '1785397747576054',
    data: { bids: { length: 12, 0: ['91171000', '0.0289'] }, asks: { length: 14, 0: ['91196000', '0.1995'] } },
  })
  for (const frame of sampleLines('bithumb', 'legacy-pubwss-2021.jsonl'))
    expect(ruleOf(frame)).toMatch(/^unknown-shape/)
})
