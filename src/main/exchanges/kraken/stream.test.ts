import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = '', batch = '', exponent = '', snapshot = ''] = fixtureLines('kraken', 'trade.jsonl')
const [ticker = '', , untraded = ''] = fixtureLines('kraken', 'ticker.jsonl')
const [change = ''] = fixtureLines('kraken', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

test('the side of a trade is the taker’s, and nothing else is a side', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(ruleOf(trade.replace('"sell"', '"ask"'))).toBe('bad-value: "side" is neither buy nor sell but ask.')
})

test('a frame may hold trades of several markets, with ids above 2^53', () => {
  expect(decode(batch).map((message) => 'data' in message && [message.market, message.data])).toEqual([
    ['ETH/USD', { kind: 'trade', id: '9007199254740993', price: '2286.3', size: '1.5', side: 'buy' }],
    ['BTC/USD', { kind: 'trade', id: '7000000002', price: '70000.2', size: '2', side: 'buy' }],
  ])
})

test('numbers keep their text, whether printed plainly, with zeros, or re-printed with an exponent', () => {
  expect(decode(exponent)[0]).toMatchObject({ data: { price: '70000', size: '0.000051' } })
  expect(decode(exponent.replace('5.1e-05', '123456789.123456789'))[0]).toMatchObject({
    data: { size: '123456789.123456789' },
  })
})

test('trades of a snapshot are of before, and marked', () => {
  expect(decode(snapshot)[0]).toMatchObject({ snapshot: true })
  expect(decode(trade)[0]).not.toHaveProperty('snapshot')
  expect(ruleOf(trade.replace('"update"', '"delta"'))).toBe(
    'bad-value: "type" is neither snapshot nor update but delta.',
  )
})

test('A-12 times are RFC 3339 in UTC, floored, and the finer text is kept', () => {
  expect(decode(trade)[0]).toMatchObject({ at: 1_790_000_000_742, atText: '2026-09-21T14:13:20.742999Z' })
  expect(ruleOf(trade.replace('2026-09-21T', '2026-02-31T'))).toBe(
    'bad-time: "timestamp" is no time between 2009 and 2100.',
  )
})

test('a pair without trades has zeros and the year 1970: no ticker, and no time', () => {
  expect(decode(untraded)).toEqual([])
  const [message] = decode(untraded.replace('"last":0.0', '"last":0.5'))
  expect(message).toMatchObject({ data: { last: '0.5' } })
  expect(message).not.toHaveProperty('at')
})

test('change is a percentage, and the day’s change in money is not taken for it', () => {
  expect(decode(ticker)[0]).toMatchObject({ data: { change: '-0.0203' } })
})

test('A-02 refusals come one by one, with the market’s name', () => {
  expect(
    decode('{"error":"Currency pair not supported XDG/USD","method":"subscribe","success":false,"symbol":"XDG/USD"}'),
  ).toEqual([{ control: 'refused', market: 'XDG/USD', reason: 'Currency pair not supported XDG/USD' }])
})

test('a connection id above 2^53 does no harm', () => {
  expect(
    decode('{"channel":"status","type":"update","data":[{"system":"online","connection_id":18125794168470749634}]}'),
  ).toEqual([{ control: 'notice', text: 'Kraken’s system: online.' }])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"price":70000.1,', '')),
    ruleOf(trade.replace('70000.1', '-70000.1')),
    ruleOf(trade.replace('70000.1', '"1,000"')),
    ruleOf(change.replace('"checksum":3329440863,', '')),
    ruleOf(change.replace('2286.20', '0')),
    ruleOf('{"channel":"level3","type":"update","data":[]}'),
    ruleOf('{"method":"add_order","success":true}'),
    ruleOf('{"method":"subscribe","success":false}'),
    ruleOf('[1]'),
  ]).toEqual([
    'missing-field: "price" is missing.',
    'bad-value: "price" is not above zero but -70000.1.',
    'bad-number: "price" is no number.',
    'missing-field: "checksum" is missing.',
    'bad-value: "price" is not above zero but 0.',
    'unknown-shape: Kraken sends no frames on a channel "level3" that are read here.',
    'unknown-shape: Kraken sends no answers to "add_order" that are read here.',
    'missing-field: "error" is missing from a refusal.',
    'unknown-shape: The frame is of no kind that Kraken is known to send.',
  ])
})

test('A-01 recorded frames keep their exact values', () => {
  if (!hasSamples()) return
  expect(decode(sampleLines('kraken', 'trade.jsonl')[0] ?? '')).toEqual([
    {
      market: 'BTC/USD',
      at: 1_790_358_506_844,
      atText: '2026-09-25T17:48:26.844359Z',
      data: { kind: 'trade', id: '109116693', price: '83744.3', size: '0.0004478', side: 'buy' },
    },
  ])
  expect(decode(sampleLines('kraken', 'ticker.jsonl')[0] ?? '')).toEqual([
    {
      market: 'BTC/USD',
      at: 1_790_358_506_844,
      atText: '2026-09-25T17:48:26.844359Z',
      data: {
        kind: 'ticker',
        last: '83744.3',
        bid: '83744.2',
        ask: '83744.3',
        high24h: '85247.4',
        low24h: '83163.6',
        volume24h: '3156.8478211',
        change: '-0.0051',
      },
    },
  ])
})
