import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [match = '', , lastMatch = '', timeless = ''] = fixtureLines('coinbase', 'trade.jsonl')
const [ticker = ''] = fixtureLines('coinbase', 'ticker.jsonl')
const [update = '', snapshot = ''] = fixtureLines('coinbase', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

test('the side of a match is the maker’s: the taker did the other', () => {
  expect(decode(match)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(decode(match.replace('"side":"buy"', '"side":"sell"'))[0]).toMatchObject({ data: { side: 'buy' } })
  expect(ruleOf(match.replace('"side":"buy"', '"side":"bid"'))).toBe(
    'bad-value: "side" is neither buy nor sell but bid.',
  )
})

test('the side of a ticker is the taker’s, so it is not taken for a match’s, and the recordings show both', () => {
  expect(decode(ticker)[0]).not.toHaveProperty('data.side')
  if (!hasSamples()) return
  const trade = sampleLines('coinbase', 'match.jsonl')[1] ?? ''
  const summary = sampleLines('coinbase', 'ticker.json')[0] ?? ''
  const [id, side] = [/"trade_id":(\d+)/, /"side":"(\w+)"/].map((pattern) => pattern.exec(summary)?.[1])
  expect(decode(trade)).toEqual([
    {
      market: 'BTC-USD',
      at: 1_788_335_050_104,
      atText: '2026-09-02T07:44:10.104422Z',
      data: { kind: 'trade', id, price: '77572.87', size: '0.00000009', side },
    },
  ])
})

test('last_match is of before, and marked', () => {
  expect(decode(lastMatch)[0]).toMatchObject({ snapshot: true, data: { id: '1000000001' } })
  expect(decode(match)[0]).not.toHaveProperty('snapshot')
})

test('the year 1 is no time, and no error', () => {
  expect(decode(timeless)[0]).toEqual({
    market: 'DOGE-USD',
    data: { kind: 'trade', id: '12', price: '0.1183', size: '40', side: 'buy' },
  })
  expect(ruleOf(match.replace('2026-09-21T', '2026-19-21T'))).toBe('bad-time: "time" is no time between 2009 and 2100.')
})

test('sizes in changes are absolute, zero in any spelling removes, and so does the odd one below zero', () => {
  const sizes = ['0.00000000', '0.0', '0', '0.-10000', '0.5'].map((size) => {
    const [message] = decode(update.replace('"0.04350000"', `"${size}"`))
    return message !== undefined && 'data' in message && message.data.kind === 'book' ? message.data.asks : undefined
  })
  expect(sizes).toEqual([
    [['70000.2', '0']],
    [['70000.2', '0']],
    [['70000.2', '0']],
    [['70000.2', '0']],
    [['70000.2', '0.5']],
  ])
  expect(ruleOf(update.replace('"0.04350000"', '"-1"'))).toBe('bad-value: "2" is below zero: -1.')
  expect(ruleOf(update.replace('"0.04350000"', '"0.x"'))).toBe('bad-number: "2" is no number.')
})

test('a whole book of megabytes is read, and no otherwise than by the exact reader', () => {
  const side = (from: number, step: number) =>
    Array.from(
      { length: 30_000 },
      (_, nth) => `["${(from + nth * step).toFixed(2)}","${((nth + 1) / 1e4).toFixed(8)}"]`,
    ).join(',')
  const frame = `{"type":"snapshot","product_id":"BTC-USD","asks":[${side(70_000, 0.25)}],"bids":[${side(69_999, -0.25)}]}`
  expect(frame.length).toBeGreaterThan(1_000_000)
  const [message] = decode(frame)
  expect(message).toMatchObject({ market: 'BTC-USD', data: { snapshot: true } })
  expect(decode(` ${frame}`)).toEqual([message])
  expect(
    message !== undefined && 'data' in message && message.data.kind === 'book' && message.data.bids.at(-1),
  ).toEqual(['62499.25', '3'])
})

test('a whole book with a wrong level is refused', () => {
  expect([
    ruleOf(snapshot.replace('"0.5"', '"0"')),
    ruleOf(snapshot.replace('"70000.20"', '"-1"')),
    ruleOf(snapshot.replace('["70001","2865.90"]', '["70001"]')),
    ruleOf(snapshot.replace('],"bids"', ',]"bids"')),
  ]).toEqual([
    'bad-value: "1" is not above zero but 0.',
    'bad-value: "0" is not above zero but -1.',
    'missing-field: "1" is missing.',
    expect.stringMatching(/^not-json: /),
  ])
})

test('A-02 a subscription is acknowledged under names of the venue’s own choice', () => {
  expect(
    decode('{"type":"subscriptions","channels":[{"name":"level2_50","product_ids":["BTC-USD"],"account_ids":null}]}'),
  ).toEqual([{ control: 'ack' }])
})

test('A-02 a refusal names its product in words', () => {
  expect(decode('{"type":"error","message":"Failed to subscribe","reason":"ETH-XXX is not a valid product"}')).toEqual([
    { control: 'refused', market: 'ETH-XXX', reason: 'Failed to subscribe: ETH-XXX is not a valid product' },
  ])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(match.replace('"price":"70000.10",', '')),
    ruleOf(match.replace('"70000.10"', '"0.00"')),
    ruleOf(match.replace('"trade_id":1000000002', '"trade_id":1.5')),
    ruleOf(update.replace('"sell"', '"offer"')),
    ruleOf('{"type":"received","product_id":"BTC-USD"}'),
    ruleOf('{"product_id":"BTC-USD"}'),
  ]).toEqual([
    'missing-field: "price" is missing.',
    'bad-value: "price" is not above zero but 0.',
    'bad-number: "trade_id" is not a whole number.',
    'bad-value: "0" is neither buy nor sell but offer.',
    'unknown-shape: Coinbase sends no frames of type "received" that are read here.',
    'unknown-shape: The frame is of no kind that Coinbase is known to send.',
  ])
})

test('A-01 a recorded book and its changes are read', () => {
  if (!hasSamples()) return
  const [whole, change] = sampleLines('coinbase', 'level2-skl-gbp.jsonl').flatMap((line) => decode(line))
  expect(whole).toMatchObject({ market: 'SKL-GBP', data: { snapshot: true } })
  expect(change).toEqual({
    market: 'SKL-GBP',
    at: 1_618_677_817_078,
    atText: '2021-04-17T16:43:37.078325Z',
    data: { kind: 'book', snapshot: false, bids: [], asks: [['0.5762', '335']] },
  })
})
