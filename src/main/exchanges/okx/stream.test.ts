import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { BOOK_RULE } from './book.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('okx', 'trade.jsonl')
const [ticker = ''] = fixtureLines('okx', 'ticker.jsonl')
const [snapshot = '', update = ''] = fixtureLines('okx', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

/** The `sequence` of each book in these frames. */
function sequencesOf(frames: readonly string[]) {
  return frames
    .flatMap((frame) => decode(frame))
    .flatMap((message) =>
      'data' in message && message.data.kind === 'book' ? [message.data.sequence ?? { last: 'none' }] : [],
    )
}

test('side is the taker’s', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'buy' } })
  expect(decode(trade.replace('"buy"', '"sell"'))[0]).toMatchObject({ data: { side: 'sell' } })
  expect(ruleOf(trade.replace('"buy"', '"BUY"'))).toBe('bad-value: "side" is neither buy nor sell but BUY.')
})

test('ids above 2^53 keep every digit', () => {
  expect(decode(trade.replace('1100000001', '9007199254740993'))[0]).toMatchObject({ data: { id: '9007199254740993' } })
})

test('merged fills are one trade, under the id of the last of them', () => {
  expect(decode(trade.replace('"count":"2"', '"count":"9"'))).toEqual(decode(trade))
})

test('the answer to a text ping is no JSON', () => {
  expect([decode('pong'), ruleOf('ping'), ruleOf('"pong"')]).toEqual([
    [{ control: 'pong' }],
    'not-json: The JSON is broken at 0.',
    'unknown-shape: The message is neither an object nor a list.',
  ])
})

test('volume in the base currency is vol24h, in the quote currency volCcy24h', () => {
  expect(decode(ticker)[0]).toMatchObject({
    data: { volume24h: '5600.19398956', quoteVolume24h: '390000000.177360964' },
  })
})

test('what is an empty text is not given, and a market without a price has no ticker', () => {
  expect(decode(ticker.replace('"askPx":"70000.1"', '"askPx":""'))[0]).not.toHaveProperty('data.ask')
  expect(decode(ticker.replace('"last":"70000.1"', '"last":""'))).toEqual([])
})

test('an update names the one before it; the number of a snapshot needs none', () => {
  expect(sequencesOf([snapshot, update, snapshot.replace(',"prevSeqId":-1', '')])).toEqual([
    { last: '32000000283' },
    { last: '32000000315', previous: '32000000283' },
    { last: '32000000283' },
  ])
  expect(ruleOf(update.replace(',"prevSeqId":32000000283', ''))).toBe('missing-field: "prevSeqId" is missing.')
})

test('A-14 the chain holds by any step, on a quiet book and over a fall after maintenance, and breaks at a jump', () => {
  const join = BOOK_RULE.joins
  expect([
    join?.('100', { last: '113', previous: '100' }),
    join?.('100', { last: '100', previous: '100' }),
    join?.('100', { last: '3', previous: '100' }),
    join?.('3', { last: '10', previous: '3' }),
    join?.('100', { last: '113', previous: '107' }),
    join?.('100', { last: '100', previous: '93' }),
    join?.(undefined, { last: '113', previous: '100' }),
    join?.('100', { last: '113' }),
  ]).toEqual(['apply', 'apply', 'apply', 'apply', 'broken', 'broken', 'broken', 'broken'])
})

test('A-15 the checksum, which is 0 since 2026, is never looked at', () => {
  expect(BOOK_RULE).not.toHaveProperty('checksum')
  for (const frame of [snapshot, update.replace('"checksum":0', '"checksum":-855196043')])
    expect(decode(frame)[0]).not.toHaveProperty('checksum')
})

test('size 0 removes a level in an update, and is wrong in a whole book', () => {
  expect(decode(update)[0]).toMatchObject({
    data: {
      snapshot: false,
      bids: [
        ['94.2', '0'],
        ['94.18', '1.5'],
      ],
    },
  })
  expect(ruleOf(snapshot.replace('"28.448458"', '"0"'))).toBe('bad-value: "1" is not above zero but 0.')
})

test('A-02 a refusal says in its text alone which channel of which market it means', () => {
  const refusal = (channel: string) =>
    decode(
      `{"event":"error","msg":"Subscribe failed, wrong URL or channel:${channel},instId:NO-USDT doesn't exist.","code":"60018"}`,
    )[0]
  expect(['trades', 'tickers', 'books', 'candle1m'].map(refusal)).toMatchObject([
    { control: 'refused', market: 'NO-USDT', channel: 'trade' },
    { control: 'refused', market: 'NO-USDT', channel: 'ticker' },
    { control: 'refused', market: 'NO-USDT', channel: 'book' },
    { control: 'refused' },
  ])
  expect(refusal('candle1m')).not.toHaveProperty('market')
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"px":"70000.1",', '')),
    ruleOf(trade.replace('"70000.1"', '"0"')),
    ruleOf(trade.replace('"1790000000218"', '"soon"')),
    ruleOf(trade.replace('"channel":"trades"', '"channel":"constructor"')),
    ruleOf(update.replace('"update"', '"upsert"')),
    ruleOf('{"event":"login"}'),
    ruleOf('[]'),
  ]).toEqual([
    'missing-field: "px" is missing.',
    'bad-value: "px" is not above zero but 0.',
    'bad-time: "ts" is no time between 2009 and 2100.',
    'unknown-shape: OKX sends nothing on a channel "constructor" that is read here.',
    'bad-value: "action" is neither snapshot nor update but upsert.',
    'unknown-shape: OKX sends no events "login" that are read here.',
    'unknown-shape: The frame is of no kind that OKX is known to send.',
  ])
})

test('A-01 recordings keep their exact values, and their updates join', () => {
  if (!hasSamples()) return
  expect(sampleLines('okx', 'trades.jsonl').flatMap((frame) => decode(frame))).toEqual([
    {
      market: 'BTC-USDT',
      at: 1_786_538_760_218,
      data: { kind: 'trade', id: '1040968613', price: '64040.2', size: '0.00240857', side: 'buy' },
    },
    {
      market: 'BTC-USDT',
      at: 1_790_358_565_298,
      data: { kind: 'trade', id: '1062992715', price: '83772.6', size: '0.0000178', side: 'buy' },
    },
  ])
  expect(sampleLines('okx', 'tickers.jsonl').flatMap((frame) => decode(frame))[0]).toEqual({
    market: 'BTC-USDT',
    at: 1_786_538_789_464,
    data: {
      kind: 'ticker',
      last: '64028.6',
      bid: '64028.6',
      ask: '64028.7',
      open24h: '64324',
      high24h: '64496.9',
      low24h: '63237.6',
      volume24h: '5874.19398956',
      quoteVolume24h: '374703695.177360964',
    },
  })
  const [whole, next] = sequencesOf(sampleLines('okx', 'books.jsonl'))
  expect(BOOK_RULE.joins?.(whole?.last, next ?? { last: '' })).toBe('apply')
  const [old] = sampleLines('okx', 'books-2022-with-checksum.jsonl').flatMap((frame) => decode(frame))
  expect(old).toMatchObject({ market: 'BTC-USDT', data: { snapshot: true } })
  expect(
    old !== undefined && 'data' in old && old.data.kind === 'book' && [old.data.bids.length, old.data.asks.length],
  ).toEqual([400, 400])
})
