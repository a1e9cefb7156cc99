import { expect, test } from 'vitest'
import { FrameError, isControl } from '../../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../../testing/frames.ts'
import { decode } from './stream.ts'

const [trade = '', trades = '', snapshot = ''] = fixtureLines('coinbase/advanced', 'trade.jsonl')
const [update = '', book = ''] = fixtureLines('coinbase/advanced', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

const idsOf = (frame: string) =>
  decode(frame).flatMap((message) => (!isControl(message) && message.data.kind === 'trade' ? [message.data.id] : []))

test('every frame tells its number on the connection first, whatever its channel', () => {
  const frames = ['trade', 'ticker', 'book', 'control'].flatMap((name) =>
    fixtureLines('coinbase/advanced', `${name}.jsonl`),
  )
  for (const frame of frames.filter((each) => each.includes('"sequence_num"')))
    expect(decode(frame)[0]).toEqual({ control: 'count', count: Number(/"sequence_num":(\d+)/.exec(frame)?.[1]) })
  expect(ruleOf(trade.replace('"sequence_num":3,', ''))).toBe('missing-field: "sequence_num" is missing.')
})

test('trades come newest first and leave in order of their ids, with the taker’s side', () => {
  expect(idsOf(trades)).toEqual(['1000000003', '1000000004', '9007199254740993'])
  expect(idsOf(snapshot)).toEqual(['999999999', '1000000001'])
  expect(decode(trade)[1]).toMatchObject({ data: { side: 'sell' } })
})

test('the first frame is of before, and marked', () => {
  expect(decode(snapshot).slice(1)).toMatchObject([{ snapshot: true }, { snapshot: true }])
  expect(decode(trade)[1]).not.toHaveProperty('snapshot')
})

test('books are asked for as level2 and come as l2_data, with absolute sizes, bid and offer', () => {
  expect(decode(update)[1]).toMatchObject({
    market: 'BTC-USD',
    data: { snapshot: false, bids: [['70000.1', '0']], asks: [['70000.2', '0.0139668']] },
  })
  expect(ruleOf(update.replace('"offer"', '"ask"'))).toBe('bad-value: "side" is neither bid nor offer but ask.')
})

test('levels of a snapshot may be of 1970: the frame says when', () => {
  expect(decode(book)[1]).toMatchObject({ at: 1_789_999_999_777, atText: '2026-09-21T14:13:19.777523902Z' })
})

test('a whole book of megabytes is read, and no otherwise than by the exact reader', () => {
  const levels = Array.from({ length: 45_000 }, (_, nth) => {
    const [side, price] = nth % 2 === 0 ? ['bid', 70_000 - nth / 4] : ['offer', 70_001 + nth / 4]
    return `{"side":"${side}","event_time":"1970-01-01T00:00:00Z","price_level":"${price}","new_quantity":"${nth + 1}.50"}`
  })
  const [head = '', tail = ''] = book.split(/(?<="updates":\[).*(?=\]\}\]\}$)/)
  const frame = head + levels.join(',') + tail
  expect(frame.length).toBeGreaterThan(4 * 1024 * 1024)
  const messages = decode(frame)
  expect(messages).toEqual(decode(` ${frame}`))
  expect(messages[1]).toMatchObject({ market: 'SOL-USD', data: { snapshot: true } })
})

test('data are known by the product in the frame: what is asked of BTC-USDC comes as BTC-USD', () => {
  expect(decode(trade)[1]).toMatchObject({ market: 'BTC-USD' })
})

test('errors come in two kinds: of the session, and naming a product in words', () => {
  expect(
    fixtureLines('coinbase/advanced', 'control.jsonl')
      .slice(3, 5)
      .flatMap((frame) => decode(frame)),
  ).toEqual([
    { control: 'refused', reason: 'too many L2 streams requested in a single session' },
    { control: 'refused', market: 'NOPE-USD', reason: 'subscription failed: NOPE-USD is no product' },
  ])
})

test('a heartbeat’s counter may be a number or text, and its time is Go’s', () => {
  expect(
    fixtureLines('coinbase/advanced', 'control.jsonl')
      .slice(1, 3)
      .map((frame) => decode(frame)[1]),
  ).toEqual([{ control: 'heartbeat' }, { control: 'heartbeat' }])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"70000.10"', '"0"')),
    ruleOf(trade.replace('"type":"update"', '"type":"delta"')),
    ruleOf(book.replace('"110.06502693"', '"0"')),
    ruleOf('{"channel":"user","timestamp":"2026-09-21T14:13:20Z","sequence_num":1,"events":[]}'),
    ruleOf('{"type":"note","message":"x"}'),
    ruleOf('{"events":[]}'),
  ]).toEqual([
    'bad-value: "price" is not above zero but 0.',
    'bad-value: "type" is neither snapshot nor update but delta.',
    'bad-value: "new_quantity" is not above zero but 0.',
    'unknown-shape: Coinbase sends no frames on a channel "user" that are read here.',
    'unknown-shape: The frame has no channel and is no error.',
    'unknown-shape: The frame is of no kind that Coinbase is known to send.',
  ])
})

test('A-01 recorded trades keep their exact values', () => {
  if (!hasSamples()) return
  const [, , frame = ''] = sampleLines('coinbase-advanced', 'market_trades.jsonl')
  expect(decode(frame)).toEqual([
    { control: 'count', count: 2 },
    {
      market: 'BTC-USD',
      at: 1_786_562_868_266,
      atText: '2026-08-12T19:27:48.266642Z',
      data: { kind: 'trade', id: '1069726292', price: '63310.25', size: '0.00000012', side: 'sell' },
    },
    {
      market: 'BTC-USD',
      at: 1_786_562_868_298,
      atText: '2026-08-12T19:27:48.298771Z',
      data: { kind: 'trade', id: '1069726293', price: '63310.25', size: '0.00000012', side: 'sell' },
    },
  ])
})
