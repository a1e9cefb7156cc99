import { describe, expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { decodeEvent, encodeEvent } from '../../shared/wire.ts'
import type { Decoded, Message } from './exchange.ts'
import { isControl } from './exchange.ts'
import { exchangeOf, exchanges } from './registry.ts'
import { fixtureLines, hasSamples, sampleLines } from './testing/frames.ts'

const RECEIVED_AT = 1_790_000_100_000

function decodeAll(venue: string, frames: readonly string[]): readonly (readonly Message[])[] {
  return frames.map((frame) => exchangeOf(venue)?.decode(frame) ?? [])
}

/** The event that the feed would make of a decoded value. */
function toEvents(venue: string, messages: readonly Message[]): readonly MarketEvent[] {
  return messages
    .filter((message): message is Decoded => !isControl(message))
    .map(({ market, at = RECEIVED_AT, atText, data }) => ({
      instrument: `${venue}:${market}` as const,
      at,
      ...(atText === undefined ? {} : { atText }),
      receivedAt: RECEIVED_AT,
      origin: 'stream',
      data,
    }))
}

function checkSchema(venue: string, messages: readonly Message[]): void {
  for (const event of toEvents(venue, messages)) expect(decodeEvent(encodeEvent(event))).toEqual(event)
}

describe.each(exchanges.map(({ id }) => id))('%s', (venue) => {
  test.each(['trade', 'ticker', 'book', 'control'])(
    'A-01 its %s frames turn into exactly the expected records',
    (name) => {
      const decoded = decodeAll(venue, fixtureLines(venue, `${name}.jsonl`))
      const expected = fixtureLines(venue, `${name}.expected.jsonl`).map((line) => JSON.parse(line) as Message[])
      expect(decoded).toEqual(expected)
      expect(decoded.flat().length).toBeGreaterThan(0)
    },
  )

  test('A-01 a frame that the known layouts do not take gives the same records', () => {
    for (const name of ['trade', 'ticker', 'book', 'control']) {
      const frames = fixtureLines(venue, `${name}.jsonl`)
      expect(
        decodeAll(
          venue,
          frames.map((frame) => ` ${frame}`),
        ),
      ).toEqual(decodeAll(venue, frames))
    }
  })

  test('A-10 every record passes the one schema', () => {
    for (const name of ['trade', 'ticker', 'book'])
      checkSchema(venue, decodeAll(venue, fixtureLines(venue, `${name}.jsonl`)).flat())
  })
})

/** Recordings: what each line must turn into, as 'kind market' or the control word. */
const RECORDINGS: readonly { venue: string; file: string; kinds: string; lines?: number }[] = [
  { venue: 'upbit', file: 'trade.json', kinds: 'trade KRW-BTC' },
  { venue: 'upbit', file: 'trade-simple-2021.jsonl', kinds: 'trade KRW-LAMB', lines: 6 },
  { venue: 'upbit', file: 'ticker.json', kinds: 'ticker KRW-ETH' },
  { venue: 'upbit', file: 'orderbook.jsonl', kinds: 'book KRW-BTC', lines: 2 },
  { venue: 'upbit', file: 'orderbook-simple.json', kinds: 'book KRW-BTC' },
  { venue: 'upbit', file: 'orderbook-simple-2021.jsonl', kinds: 'book KRW-LAMB', lines: 3 },
  { venue: 'upbit', file: 'candle-1m.jsonl', kinds: '', lines: 2 },
  { venue: 'upbit', file: 'keepalive.json', kinds: 'pong' },
  { venue: 'upbit', file: 'error.jsonl', kinds: 'refused', lines: 3 },
  { venue: 'binance', file: 'ticker.json', kinds: 'ticker BTCUSDT' },
  { venue: 'binance', file: 'miniTicker.json', kinds: 'ticker BTCUSDT' },
  { venue: 'binance', file: 'bookTicker.jsonl', kinds: '', lines: 2 },
  { venue: 'binance', file: 'depth-diff.json', kinds: 'book BTCUSDT' },
  { venue: 'binance', file: 'depth-resync-ws.jsonl', kinds: 'book NKNUSDT', lines: 60 },
  { venue: 'binance', file: 'aggTrade.json', kinds: '' },
  { venue: 'binance', file: 'kline.jsonl', kinds: '', lines: 2 },
  { venue: 'binance', file: 'ack.json', kinds: 'ack' },
  { venue: 'binance', file: 'error.jsonl', kinds: 'refused', lines: 3 },
  { venue: 'binance', file: 'constructed-serverShutdown.json', kinds: 'restart' },
]

function kindOf(message: Message): string {
  return isControl(message) ? message.control : `${message.data.kind} ${message.market}`
}

test('A-01 recorded frames turn into records of their market and pass the schema', () => {
  if (!hasSamples()) return
  for (const { venue, file, kinds, lines = 1 } of RECORDINGS) {
    const decoded = decodeAll(venue, sampleLines(venue, file))
    const found = decoded.map((messages) => messages.map(kindOf).join(', '))
    expect({ file, found }).toEqual({ file, found: Array.from({ length: lines }, () => kinds) })
    checkSchema(venue, decoded.flat())
  }
})

test('A-01 recorded trades keep their exact values', () => {
  if (!hasSamples()) return
  expect(decodeAll('upbit', sampleLines('upbit', 'trade.json')).flat()).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_788_335_180_377,
      data: { kind: 'trade', id: '17883351803770004', price: '106691000', size: '0.00009372', side: 'sell' },
      snapshot: true,
    },
  ])
  expect(decodeAll('upbit', sampleLines('upbit', 'trade-simple-2021.jsonl'))[0]).toEqual([
    {
      market: 'KRW-LAMB',
      at: 1_618_678_262_000,
      data: { kind: 'trade', id: '1618678262000003', price: '127', size: '46.48838371', side: 'buy' },
    },
  ])
  expect(decodeAll('binance', sampleLines('binance', 'trade.jsonl')).flat()).toEqual([
    {
      market: 'BTCUSDT',
      at: 1_779_940_191_742,
      data: { kind: 'trade', id: '6328956968', price: '73409.99', size: '0.00007', side: 'sell' },
    },
    {
      market: 'ETHUSDT',
      at: 1_767_387_169_112,
      data: { kind: 'trade', id: '3408559518', price: '3117.25', size: '0.0017', side: 'sell' },
    },
  ])
})

test('A-01 recorded books and tickers keep their exact values', () => {
  if (!hasSamples()) return
  expect(decodeAll('upbit', sampleLines('upbit', 'orderbook.jsonl'))[1]).toEqual([
    {
      market: 'KRW-BTC',
      at: 1_790_134_743_006,
      data: {
        kind: 'book',
        snapshot: true,
        bids: [
          ['116538000', '0.06612366'],
          ['116537000', '0.01129382'],
        ],
        asks: [
          ['116539000', '0.02054761'],
          ['116542000', '0.0007772'],
        ],
      },
    },
  ])
  expect(decodeAll('upbit', sampleLines('upbit', 'orderbook-simple.json')).flat()[0]).toMatchObject({
    data: {
      bids: [
        ['116534000', '0.00079276'],
        ['116521000', '0.01624318'],
      ],
      asks: [
        ['116606000', '0.06288509'],
        ['116609000', '0.0005'],
      ],
    },
  })
  expect(decodeAll('binance', sampleLines('binance', 'depth-resync-ws.jsonl'))[6]).toEqual([
    {
      market: 'NKNUSDT',
      at: 1_633_998_513_369,
      data: {
        kind: 'book',
        snapshot: false,
        bids: [
          ['0.3512', '6567'],
          ['0.3508', '8246'],
        ],
        asks: [['0.3534', '0']],
        sequence: { first: '499869765', last: '499869767' },
      },
    },
  ])
  expect(decodeAll('upbit', sampleLines('upbit', 'ticker.json')).flat()).toEqual([
    {
      market: 'KRW-ETH',
      at: 1_688_291_188_337,
      data: {
        kind: 'ticker',
        last: '2544000',
        volume24h: '8278.60582208',
        quoteVolume24h: '21149832920.57972',
        change: '-0.0074131877',
      },
    },
  ])
})

test('A-11 exact decimals leave the decoder as the venue wrote them', () => {
  const [frame = ''] = fixtureLines('binance', 'trade.jsonl')
  const exact = frame.replace('70000.10000000', '123456789.123456789').replace('0.00007000', '0.00001234')
  expect(decodeAll('binance', [exact]).flat()[0]).toMatchObject({
    data: { price: '123456789.123456789', size: '0.00001234' },
  })
})
