import { expect, test } from 'vitest'
import type { Book } from '../../../shared/market.ts'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { BOOK_RULE } from './book.ts'
import { LAYOUTS } from './layouts.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('gateio', 'trade.jsonl')
const [ticker = ''] = fixtureLines('gateio', 'ticker.jsonl')
const [whole = '', bidsOnly = '', asksOnly = ''] = fixtureLines('gateio', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

function booksOf(frames: readonly string[]): readonly Book[] {
  return frames
    .flatMap((frame) => decode(frame))
    .flatMap((message) => ('data' in message && message.data.kind === 'book' ? [message.data] : []))
}

test('side is the taker’s', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(decode(trade.replace('"sell"', '"buy"'))[0]).toMatchObject({ data: { side: 'buy' } })
  expect(ruleOf(trade.replace('"sell"', '"SELL"'))).toBe('bad-value: "side" is neither buy nor sell but SELL.')
})

test('A-12 milliseconds with decimals are floored, and kept as they were written', () => {
  expect(decode(trade)[0]).toMatchObject({ at: 1_790_000_000_119, atText: '1790000000119.653000' })
  const plain = decode(trade.replace('"1790000000119.653000"', '"1790000000119"'))[0]
  expect(plain).toMatchObject({ at: 1_790_000_000_119 })
  expect(plain).not.toHaveProperty('atText')
})

test('the time of a ticker is that of its frame in milliseconds, not the seconds beside it', () => {
  expect(decode(ticker)[0]).toMatchObject({ at: 1_790_000_000_549 })
  expect(ruleOf(ticker.replace('"time_ms":1790000000549,', ''))).toBe('missing-field: "time_ms" is missing.')
})

test('ids above 2^53 keep every digit', () => {
  expect(decode(trade.replace('"id":220000714,', '"id":9007199254740993,'))[0]).toMatchObject({
    data: { id: '9007199254740993' },
  })
})

test('a percentage becomes an exact fraction', () => {
  const changeOf = (percent: string) => decode(ticker.replace('"-0.4034"', `"${percent}"`))[0]
  expect(['-0.4034', '0', '100', '-8.91'].map(changeOf)).toMatchObject([
    { data: { change: '-0.004034' } },
    { data: { change: '0' } },
    { data: { change: '1' } },
    { data: { change: '-0.0891' } },
  ])
})

test('a side that is not there has not changed, and only in a whole book is it empty', () => {
  expect(booksOf([bidsOnly, asksOnly])).toMatchObject([
    {
      snapshot: false,
      bids: [
        ['69999.8', '0.022796'],
        ['70000', '0'],
      ],
      asks: [],
    },
    { snapshot: false, bids: [], asks: [['70000.3', '0.1']] },
  ])
  expect(booksOf([whole.replace(/,"b":\[\[.*?\]\]/, '')])).toMatchObject([{ snapshot: true, bids: [] }])
})

test('the market is in the name of the book’s stream, underscores and all', () => {
  expect(decode(whole.replace('ob.BTC_USDT.50', 'ob.GIGA_OLD_USDT.400'))[0]).toMatchObject({ market: 'GIGA_OLD_USDT' })
  expect(ruleOf(whole.replace('ob.BTC_USDT.50', 'BTC_USDT'))).toBe('bad-value: "s" names no book: BTC_USDT.')
})

test('A-14 a change joins by the one after the last, and anything else is a break', () => {
  const join = BOOK_RULE.joins
  expect([
    join?.('39000000812', { first: '39000000813', last: '39000000816' }),
    join?.('9007199254740993', { first: '9007199254740994', last: '9007199254740999' }),
    join?.('39000000812', { first: '39000000814', last: '39000000816' }),
    join?.('39000000812', { first: '39000000812', last: '39000000816' }),
    join?.(undefined, { first: '1', last: '2' }),
    join?.('39000000812', { last: '39000000813' }),
    join?.('39000000812', { first: 'x', last: 'y' }),
  ]).toEqual(['apply', 'apply', 'broken', 'broken', 'broken', 'broken', 'broken'])
  expect(ruleOf(bidsOnly.replace('"U":39000000813,', ''))).toBe('missing-field: "U" is missing.')
})

test('size 0 removes a level in a change, and is wrong in a whole book', () => {
  expect(ruleOf(whole.replace('"0.011845"', '"0"'))).toBe('bad-value: "1" is not above zero but 0.')
})

test('A-02 a refusal names what was asked for, in old shapes its text alone does', () => {
  const refusal = (fields: string) => decode(`{"time":1,"event":"subscribe",${fields},"result":{"status":"fail"}}`)[0]
  const error = '"error":{"code":2,"message":"unknown currency pair NO_USDT"}'
  expect(
    [
      `"channel":"spot.trades","payload":["NO_USDT"],${error}`,
      `"channel":"spot.tickers",${error}`,
      `"channel":"spot.obu","payload":["ob.NO_USDT.50"],${error}`,
    ].map(refusal),
  ).toMatchObject([
    { control: 'refused', market: 'NO_USDT', channel: 'trade' },
    { control: 'refused', market: 'NO_USDT', channel: 'ticker' },
    { control: 'refused', market: 'NO_USDT', channel: 'book' },
  ])
})

test('A-02 what is asked for twice is there', () => {
  const [, , twice = ''] = fixtureLines('gateio', 'control.jsonl')
  expect(twice).toContain('Alert sub')
  expect(decode(twice)).toEqual([{ control: 'ack', id: '1' }])
})

test('an error of null, as old acknowledgements have it, is none', () => {
  expect(
    decode('{"time":1,"channel":"spot.trades","event":"subscribe","error":null,"result":{"status":"success"}}'),
  ).toEqual([{ control: 'ack' }])
})

test('each shape of a book is read in one pass: whole, both sides, either side', () => {
  const taken = fixtureLines('gateio', 'book.jsonl')
    .slice(0, 4)
    .map((frame) =>
      Object.entries(LAYOUTS)
        .filter(([, layout]) => layout(frame) !== undefined)
        .map(([name]) => name),
    )
  expect(taken).toEqual([['bookWhole'], ['bookBids'], ['bookAsks'], ['bookBoth']])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"price":"70000.1",', '')),
    ruleOf(trade.replace('"0.002984"', '"0"')),
    ruleOf(trade.replace('"1790000000119.653000"', '"soon"')),
    ruleOf(trade.replace('spot.trades', 'spot.constructor')),
    ruleOf('{"channel":"spot.trades","event":"login"}'),
    ruleOf('{"result":null}'),
  ]).toEqual([
    'missing-field: "price" is missing.',
    'bad-value: "amount" is not above zero but 0.',
    'bad-time: "create_time_ms" is no time between 2009 and 2100.',
    'unknown-shape: Gate.io sends nothing on a channel "spot.constructor" that is read here.',
    'unknown-shape: Gate.io sends no events "login" that are read here.',
    'unknown-shape: The frame is of no kind that Gate.io is known to send.',
  ])
})

test('A-01 recordings keep their exact values, and their changes join', () => {
  if (!hasSamples()) return
  expect(sampleLines('gateio', 'spot.trades.jsonl').flatMap((frame) => decode(frame))).toEqual([
    {
      market: 'BTC_USDT',
      at: 1_786_539_952_742,
      atText: '1786539952742.901000',
      data: { kind: 'trade', id: '214976613', price: '64028.2', size: '0.0803', side: 'buy' },
    },
    {
      market: 'BTC_USDT',
      at: 1_790_359_171_119,
      atText: '1790359171119.653000',
      data: { kind: 'trade', id: '220643714', price: '83790.9', size: '0.002984', side: 'sell' },
    },
  ])
  expect(sampleLines('gateio', 'spot.tickers.json').flatMap((frame) => decode(frame))).toEqual([
    {
      market: 'BTC_USDT',
      at: 1_786_539_989_549,
      data: {
        kind: 'ticker',
        last: '64043.9',
        bid: '64043.8',
        ask: '64043.9',
        high24h: '64473.5',
        low24h: '63234.7',
        volume24h: '5291.366688',
        quoteVolume24h: '337744396.9986996',
        change: '-0.004034',
      },
    },
  ])
  const [full, next] = booksOf(sampleLines('gateio', 'spot.obu.jsonl'))
  expect([full?.snapshot, full?.bids.length, full?.asks.length]).toEqual([true, 50, 50])
  expect(next).toEqual({
    kind: 'book',
    snapshot: false,
    bids: [['63915.2', '0.022796']],
    asks: [],
    sequence: { first: '39106162813', last: '39106162816' },
  })
  expect(BOOK_RULE.joins?.(full?.sequence?.last, next?.sequence ?? { last: '' })).toBe('apply')
})
