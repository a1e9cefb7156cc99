import { expect, test } from 'vitest'
import { FrameError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { BOOK_RULE } from './book.ts'
import { decode } from './stream.ts'

const [trade = '', twoTrades = ''] = fixtureLines('bybit', 'trade.jsonl')
const [ticker = ''] = fixtureLines('bybit', 'ticker.jsonl')
const [snapshot = '', delta = '', restart = ''] = fixtureLines('bybit', 'book.jsonl')

function ruleOf(frame: string): string {
  try {
    return `decoded ${JSON.stringify(decode(frame))}`
  } catch (error) {
    return error instanceof FrameError ? `${error.rule}: ${error.message}` : String(error)
  }
}

test('S is the taker’s side', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { side: 'sell' } })
  expect(decode(trade.replace('"Sell"', '"Buy"'))[0]).toMatchObject({ data: { side: 'buy' } })
  expect(ruleOf(trade.replace('"Sell"', '"sell"'))).toBe('bad-value: "S" is neither Buy nor Sell but sell.')
})

test('ids of 19 digits keep every digit', () => {
  expect(decode(trade)[0]).toMatchObject({ data: { id: '2290000001190010749' } })
})

test('a frame of trades calls itself a snapshot, and its trades are prints', () => {
  expect(trade).toContain('"type":"snapshot"')
  expect(decode(trade)[0]).not.toHaveProperty('snapshot')
  expect(decode(twoTrades)).toHaveLength(2)
})

test('A-12 the time of a trade is when it happened, not when it was sent', () => {
  expect(decode(trade)[0]).toMatchObject({ at: 1_790_000_000_967 })
  expect(decode(delta)[0]).toMatchObject({ at: 1_790_000_000_362 })
})

test('price24hPcnt is a fraction already, and a ticker has neither bid nor ask', () => {
  const [message] = decode(ticker)
  expect(message).toMatchObject({ data: { change: '-0.0042' } })
  const data = message !== undefined && 'data' in message ? message.data : {}
  expect(Object.keys(data)).toEqual([
    'kind',
    'last',
    'open24h',
    'high24h',
    'low24h',
    'volume24h',
    'quoteVolume24h',
    'change',
  ])
})

test('an empty text is not given', () => {
  expect(decode(ticker.replace('"usdIndexPrice":"69989.741059"', '"usdIndexPrice":""'))).toEqual(decode(ticker))
  expect(decode(ticker.replace('"prevPrice24h":"70353.2"', '"prevPrice24h":""'))[0]).not.toHaveProperty('data.open24h')
})

test('the first book after a restart of the service is whole, whatever it calls itself', () => {
  expect(restart).toContain('"type":"delta"')
  expect(decode(restart)[0]).toMatchObject({ data: { snapshot: true, sequence: { last: '1' } } })
})

test('size 0 removes a level in a delta, and is wrong in a whole book', () => {
  expect(decode(delta)[0]).toMatchObject({
    data: {
      snapshot: false,
      bids: [
        ['70000.63', '0.1'],
        ['69999.13', '0'],
      ],
      asks: [],
    },
  })
  expect(ruleOf(snapshot.replace('"0.014895"', '"0"'))).toBe('bad-value: "1" is not above zero but 0.')
})

test('A-14 updates follow each other by one; a repeat is dropped, anything else is a break', () => {
  const join = BOOK_RULE.joins
  expect([
    join?.('2876700', { last: '2876701' }),
    join?.('9007199254740993', { last: '9007199254740994' }),
    join?.('2876700', { last: '2876700' }),
    join?.('2876700', { last: '2876702' }),
    join?.('2876700', { last: '2876699' }),
    join?.(undefined, { last: '2876701' }),
    join?.('2876700', { last: 'x' }),
  ]).toEqual(['apply', 'apply', 'drop', 'broken', 'broken', 'broken', 'broken'])
})

test('A-02 a refusal says in its text alone which topic it means', () => {
  const refusal = (topic: string) =>
    decode(
      `{"success":false,"ret_msg":"error:handler not found,topic:${topic}","conn_id":"c","req_id":"","op":"subscribe"}`,
    )[0]
  expect(['publicTrade.NO', 'tickers.NO', 'orderbook.50.NO'].map(refusal)).toMatchObject([
    { control: 'refused', market: 'NO', channel: 'trade' },
    { control: 'refused', market: 'NO', channel: 'ticker' },
    { control: 'refused', market: 'NO', channel: 'book' },
  ])
  expect(refusal('kline.5.NO')).not.toHaveProperty('market')
})

test('A-02 what is asked for twice is there', () => {
  const [message] = decode(
    '{"success":false,"ret_msg":"error:already subscribed,topic:publicTrade.BTCUSDT","conn_id":"c","req_id":"2","op":"subscribe"}',
  )
  expect(message).toEqual({ control: 'ack', id: '2' })
})

test('a pong repeats its op as ping, or says pong', () => {
  for (const op of ['ping', 'pong'])
    expect(decode(`{"success":true,"ret_msg":"pong","conn_id":"c","op":"${op}"}`)).toEqual([{ control: 'pong' }])
})

test('a wrong frame says which field, by its rule', () => {
  expect([
    ruleOf(trade.replace('"p":"70000.1",', '')),
    ruleOf(trade.replace('"v":"0.001683"', '"v":"0"')),
    ruleOf(trade.replace('"T":1790000000967', '"T":"soon"')),
    ruleOf(trade.replace('publicTrade.BTCUSDT', 'constructor.BTCUSDT')),
    ruleOf(delta.replace('"delta"', '"change"')),
    ruleOf('{"op":"auth","success":true}'),
    ruleOf('{"retCode":0}'),
  ]).toEqual([
    'missing-field: "p" is missing.',
    'bad-value: "v" is not above zero but 0.',
    'bad-time: "T" is no time between 2009 and 2100.',
    'unknown-shape: Bybit sends nothing on a topic "constructor.BTCUSDT" that is read here.',
    'bad-value: "type" is neither snapshot nor delta but change.',
    'unknown-shape: Bybit sends no answers to "auth" that are read here.',
    'unknown-shape: The frame is of no kind that Bybit is known to send.',
  ])
})

test('A-01 recordings keep their exact values, and their updates join', () => {
  if (!hasSamples()) return
  expect(sampleLines('bybit', 'publicTrade.json').flatMap((frame) => decode(frame))).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_786_538_700_967,
      data: { kind: 'trade', id: '2290000001190010749', price: '64103.9', size: '0.001683', side: 'sell' },
    },
  ])
  expect(sampleLines('bybit', 'tickers.json').flatMap((frame) => decode(frame))).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_786_538_729_776,
      data: {
        kind: 'ticker',
        last: '64057.7',
        open24h: '64326.9',
        high24h: '64500',
        low24h: '63232.1',
        volume24h: '7217.990977',
        quoteVolume24h: '460629823.77866687',
        change: '-0.0042',
      },
    },
  ])
  for (const file of ['orderbook.50.jsonl', 'orderbook.50-2026-trimmed.jsonl', 'orderbook.1.jsonl']) {
    const [first, second] = sampleLines('bybit', file)
      .flatMap((frame) => decode(frame))
      .flatMap((message) => ('data' in message && message.data.kind === 'book' ? [message.data] : []))
    expect(first?.snapshot).toBe(true)
    expect(BOOK_RULE.joins?.(first?.sequence?.last, second?.sequence ?? { last: '' })).toBe('apply')
  }
})
