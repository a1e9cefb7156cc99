import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = ''] = fixtureLines('binance', 'trade.jsonl')
const [partialBook = ''] = fixtureLines('binance', 'book.jsonl')
const [ticker = ''] = fixtureLines('binance', 'ticker.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

/** The event inside a combined frame. */
function bare(frame: string): string {
  return frame.slice(frame.indexOf('"data":') + 7, -1)
}

/** The change in a ticker of that percentage. */
function changeOf(percent: string): string | undefined {
  const [message] = decode(ticker.replace('"-2.071"', `"${percent}"`))
  return message !== undefined && 'data' in message && message.data.kind === 'ticker' ? message.data.change : undefined
}

test('m true means that the buyer made the order, so the taker sold', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(decode(trade.replace('"m":true', '"m":false'))[0]).toMatchObject({ data: { side: 'buy' } })
  expect(ruleOf(trade.replace('"m":true', '"m":1'))).toBe('bad-value: "m" is neither true nor false.')
})

test('combined and bare frames give the same', () => {
  for (const frame of [trade, ticker]) expect(decode(bare(frame))).toEqual(decode(frame))
})

test('ids above 2^53 keep every digit', () => {
  expect(decode(trade.replace('7000000001', '9007199254740993'))[0]).toMatchObject({ data: { id: '9007199254740993' } })
})

test('a trade is one record of the trade channel: aggregates and candles give nothing', () => {
  const frames = fixtureLines('binance', 'control.jsonl').filter(
    (frame) => frame.includes('aggTrade') || frame.includes('kline'),
  )
  expect(frames.map((frame) => decode(frame))).toEqual([[], []])
})

test('a partial book has its market from the stream name alone, and no time', () => {
  const [message] = decode(partialBook)
  expect(message).toMatchObject({ market: 'BTCUSDT', data: { snapshot: true, sequence: { last: '90000000001' } } })
  expect(message).not.toHaveProperty('at')
  expect(ruleOf(bare(partialBook))).toBe('missing-field: "stream" is missing, and nothing else names the market.')
  expect(ruleOf(partialBook.replace('btcusdt@depth20@100ms', 'btcusdt@other'))).toBe(
    'unknown-shape: A book came under the stream "btcusdt@other".',
  )
})

test('size 0 removes a level in a change, and is wrong in a whole book', () => {
  const [, , change = ''] = fixtureLines('binance', 'book.jsonl')
  expect(decode(change)[0]).toMatchObject({
    data: {
      snapshot: false,
      bids: [
        ['0.3517', '4265'],
        ['0.3518', '0'],
      ],
    },
  })
  expect(ruleOf(partialBook.replace('"0.01000000"', '"0.00000000"'))).toBe('bad-value: "1" is not above zero but 0.')
  expect(ruleOf(change.replace('"0.35170000"', '"0.00000000"'))).toBe('bad-value: "0" is not above zero but 0.')
})

test('sides of a book come best first, whatever their order', () => {
  const mixed = '["70000.02000000","1.00000000"],["70000.01000000","0.02000000"],["70000.10000000","3.00000000"]'
  const frame = partialBook.replace('["70000.01000000","0.02000000"]', mixed)
  expect(decode(frame)[0]).toMatchObject({
    data: {
      asks: [
        ['70000.01', '0.02'],
        ['70000.02', '1'],
        ['70000.1', '3'],
      ],
    },
  })
})

test('the percentage of the day becomes an exact fraction', () => {
  expect(['-2.071', '0.000', '100', '12345.6789', '0.1'].map(changeOf)).toEqual([
    '-0.02071',
    '0',
    '1',
    '123.456789',
    '0.001',
  ])
})

test('what the venue does not give is absent: no bid of 0, no touch in a mini ticker', () => {
  const without = decode(ticker.replace('"b":"68004.11000000"', '"b":"0.00000000"'))[0]
  expect(without !== undefined && 'data' in without && Object.hasOwn(without.data, 'bid')).toBe(false)
  const mini = fixtureLines('binance', 'ticker.jsonl').find((frame) => frame.startsWith('{"e":"24hrMiniTicker"')) ?? ''
  const [message] = decode(mini)
  const data = message !== undefined && 'data' in message ? message.data : {}
  expect(Object.keys(data)).toEqual(['kind', 'last', 'open24h', 'high24h', 'low24h', 'volume24h', 'quoteVolume24h'])
})

test('both shapes of an error are refusals, and the shutdown notice asks for a new socket', () => {
  expect(decode('{"code":3,"msg":"Invalid JSON"}')).toEqual([{ control: 'refused', reason: '3: Invalid JSON' }])
  expect(decode('{"error":{"code":4,"msg":"Too many subscriptions"},"id":"a7"}')).toEqual([
    { control: 'refused', id: 'a7', reason: '4: Too many subscriptions' },
  ])
  expect(decode('{"e":"serverShutdown","E":1790000000789}')[0]).toMatchObject({ control: 'restart' })
})

test('A-12 the time of a trade is when it happened', () => {
  expect(decode(trade)[0]).toMatchObject({ at: 1_790_000_000_742 })
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"p":"70000.10000000",', '')),
    ruleOf(trade.replace('"70000.10000000"', '"0.00000000"')),
    ruleOf(trade.replace('"70000.10000000"', '"1,000"')),
    ruleOf(trade.replace('"T":1790000000742', '"T":"soon"')),
    ruleOf(trade.replace('"t":7000000001', '"t":7.5')),
    ruleOf(trade.replace('"e":"trade"', '"e":"constructor"')),
    ruleOf('{"stream":"x","data":7}'),
    ruleOf('{"id":7}'),
  ]).toEqual([
    'missing-field: "p" is missing.',
    'bad-value: "p" is not above zero but 0.',
    'bad-number: "p" is no number.',
    'bad-time: "T" is no time between 2009 and 2100.',
    'bad-number: "t" is not a whole number.',
    'unknown-shape: Binance sends no events "constructor" that are read here.',
    'bad-value: "data" is neither an object nor a list.',
    'unknown-shape: The frame is of no kind that Binance is known to send.',
  ])
})
