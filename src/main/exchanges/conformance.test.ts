import { describe, expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { decodeEvent, encodeEvent } from '../../shared/wire.ts'
import type { Decoded, Message } from './exchange.ts'
import { isControl } from './exchange.ts'
import { adapters } from './registry.ts'
import { fixtureLines, fixtureNames, hasSamples, sampleLines } from './testing/frames.ts'

const RECEIVED_AT = 1_790_000_100_000

/** `venue` is an adapter's name: 'upbit', 'coinbase/advanced'. */
function decodeAll(venue: string, frames: readonly string[]): readonly (readonly Message[])[] {
  const exchange = adapters.find(({ name }) => name === venue)?.exchange
  return frames.map((frame) => exchange?.decode(frame) ?? [])
}

/** The event that the feed would make of a decoded value. */
function toEvents(venue: string, messages: readonly Message[]): readonly MarketEvent[] {
  return messages
    .filter((message): message is Decoded => !isControl(message))
    .map(({ market, at = RECEIVED_AT, atText, data }) => ({
      instrument: `${venue.split('/')[0]}:${market}` as const,
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

describe.each(adapters.map(({ name }) => name))('%s', (venue) => {
  test.each(fixtureNames(venue))('A-01 its %s frames turn into exactly the expected records', (name) => {
    const decoded = decodeAll(venue, fixtureLines(venue, `${name}.jsonl`))
    const expected = fixtureLines(venue, `${name}.expected.jsonl`).map((line) => JSON.parse(line) as Message[])
    expect(decoded).toEqual(expected)
    expect(decoded.flat().length).toBeGreaterThan(0)
  })

  test('A-01 a frame that the known layouts do not take gives the same records', () => {
    for (const name of fixtureNames(venue)) {
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
    for (const name of fixtureNames(venue))
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
  { venue: 'bithumb', file: 'trade.json', kinds: 'trade KRW-BTC' },
  { venue: 'bithumb', file: 'trade-rounded-id.json', kinds: 'trade KRW-BTC' },
  { venue: 'bithumb', file: 'ticker.json', kinds: 'ticker KRW-BTC' },
  { venue: 'bithumb', file: 'ticker-trimmed.json', kinds: 'ticker KRW-BTC' },
  { venue: 'bithumb', file: 'orderbook-15-levels.json', kinds: 'book KRW-BTC' },
  { venue: 'bithumb', file: 'orderbook-simple.json', kinds: 'book KRW-BTC' },
  { venue: 'bithumb', file: 'keepalive.json', kinds: 'pong' },
  { venue: 'coinone', file: 'trade.json', kinds: 'trade KRW/BTC' },
  { venue: 'coinone', file: 'docs-trade-short.json', kinds: 'trade KRW/XRP' },
  { venue: 'coinone', file: 'ticker.json', kinds: 'ticker KRW/BTC' },
  { venue: 'coinone', file: 'orderbook-short.json', kinds: 'book KRW/BTC' },
  { venue: 'coinone', file: 'docs-chart.json', kinds: '' },
  { venue: 'coinone', file: 'connected.json', kinds: 'heartbeat' },
  { venue: 'coinone', file: 'acks.jsonl', kinds: 'heartbeat', lines: 2 },
  { venue: 'coinone', file: 'error.jsonl', kinds: 'refused', lines: 3 },
  { venue: 'korbit', file: 'trade.json', kinds: 'trade btc_krw' },
  { venue: 'korbit', file: 'ticker.json', kinds: 'ticker btc_krw' },
  { venue: 'korbit', file: 'docs-ticker-update.json', kinds: 'ticker btc_krw' },
  { venue: 'korbit', file: 'orderbook-grouped.json', kinds: 'book eth_krw' },
  { venue: 'korbit', file: 'ack.json', kinds: 'ack' },
  { venue: 'korbit', file: 'error.jsonl', kinds: 'refused', lines: 3 },
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
  { venue: 'okx', file: 'trades.jsonl', kinds: 'trade BTC-USDT', lines: 2 },
  { venue: 'okx', file: 'tickers.jsonl', kinds: 'ticker BTC-USDT', lines: 2 },
  { venue: 'okx', file: 'books.jsonl', kinds: 'book SOL-USDT', lines: 2 },
  { venue: 'okx', file: 'books-update-btcusd.json', kinds: 'book BTC-USD' },
  { venue: 'okx', file: 'books5.jsonl', kinds: 'book BTC-USDT', lines: 2 },
  { venue: 'okx', file: 'books-2022-with-checksum.jsonl', kinds: 'book BTC-USDT', lines: 6 },
  { venue: 'okx', file: 'candle1m.json', kinds: '' },
  { venue: 'okx', file: 'ack.jsonl', kinds: 'ack', lines: 2 },
  { venue: 'bybit', file: 'publicTrade.json', kinds: 'trade BTCUSDT' },
  { venue: 'bybit', file: 'tickers.json', kinds: 'ticker BTCUSDT' },
  { venue: 'bybit', file: 'orderbook.1.jsonl', kinds: 'book BTCUSDT', lines: 2 },
  { venue: 'bybit', file: 'orderbook.50.jsonl', kinds: 'book BTCUSDT', lines: 2 },
  { venue: 'bybit', file: 'orderbook.50-2026-trimmed.jsonl', kinds: 'book BTCUSDT', lines: 2 },
  { venue: 'bybit', file: 'kline.json', kinds: '' },
  { venue: 'bybit', file: 'ack.json', kinds: 'ack' },
  { venue: 'bybit', file: 'pong.json', kinds: 'pong' },
  { venue: 'bybit', file: 'error.jsonl', kinds: 'refused', lines: 2 },
  { venue: 'bybit', file: 'constructed-error-already-subscribed.json', kinds: 'ack' },
  { venue: 'gateio', file: 'spot.trades.jsonl', kinds: 'trade BTC_USDT', lines: 2 },
  { venue: 'gateio', file: 'spot.tickers.json', kinds: 'ticker BTC_USDT' },
  { venue: 'gateio', file: 'spot.order_book-trimmed.json', kinds: 'book BTC_USDT' },
  { venue: 'gateio', file: 'order_book_update-resync-ws.jsonl', kinds: 'book NEO_BTC', lines: 39 },
  { venue: 'gateio', file: 'spot.book_ticker.json', kinds: '' },
  { venue: 'gateio', file: 'spot.candlesticks.json', kinds: '' },
  { venue: 'gateio', file: 'ack.json', kinds: 'ack' },
  { venue: 'gateio', file: 'error.json', kinds: 'ack' },
  { venue: 'gateio', file: 'pong.json', kinds: 'pong' },
  { venue: 'gateio', file: 'constructed-upgrade-notice.json', kinds: 'restart' },
  { venue: 'kraken', file: 'ticker.jsonl', kinds: 'ticker BTC/USD', lines: 2 },
  { venue: 'kraken', file: 'book-eth-raw.jsonl', kinds: 'book ETH/USD', lines: 2 },
  { venue: 'kraken', file: 'book-btc.jsonl', kinds: 'book BTC/USD', lines: 2 },
  { venue: 'kraken', file: 'book-docs.jsonl', kinds: 'book MATIC/USD', lines: 2 },
  { venue: 'kraken', file: 'ack.jsonl', kinds: 'ack', lines: 2 },
  { venue: 'kraken', file: 'error.jsonl', kinds: 'refused', lines: 2 },
  { venue: 'kraken', file: 'heartbeat.json', kinds: 'heartbeat' },
  { venue: 'kraken', file: 'pong.json', kinds: 'pong' },
  { venue: 'kraken', file: 'status.json', kinds: 'notice' },
  { venue: 'kraken', file: 'ohlc.json', kinds: '' },
  { venue: 'kraken', file: 'instrument-snapshot-docs.json', kinds: '' },
  { venue: 'coinbase', file: 'match.jsonl', kinds: 'trade BTC-USD', lines: 2 },
  { venue: 'coinbase', file: 'ticker.json', kinds: 'ticker BTC-USD' },
  { venue: 'coinbase', file: 'level2-skl-gbp.jsonl', kinds: 'book SKL-GBP', lines: 61 },
  { venue: 'coinbase', file: 'heartbeat.jsonl', kinds: 'heartbeat', lines: 2 },
  { venue: 'coinbase', file: 'subscriptions.jsonl', kinds: 'ack', lines: 2 },
  { venue: 'coinbase', file: 'error.jsonl', kinds: 'refused', lines: 2 },
  { venue: 'coinbase/advanced', file: 'l2_data-update.json', kinds: 'count, book BTC-USD' },
  { venue: 'coinbase/advanced', file: 'l2_data-snapshot-trimmed.jsonl', kinds: 'count, book SOL-USD', lines: 2 },
  { venue: 'coinbase/advanced', file: 'heartbeats-docs.json', kinds: 'count, heartbeat' },
  { venue: 'coinbase/advanced', file: 'candles-docs.json', kinds: 'count' },
  { venue: 'coinbase/advanced', file: 'error.json', kinds: 'refused' },
  { venue: 'kis', file: 'H0STASP0.txt', kinds: 'book 005930', lines: 3 },
  { venue: 'kis', file: 'HDFSCNT0.txt', kinds: 'trade DNASAAPL, ticker DNASAAPL' },
  { venue: 'kis', file: 'pingpong.json', kinds: 'echo' },
  { venue: 'kis', file: 'subscribe-ack.json', kinds: 'ack' },
  { venue: 'yahoo', file: 'streamer-v2.jsonl', kinds: 'ticker DKNG' },
  { venue: 'yahoo', file: 'streamer-v1-base64.txt', kinds: 'ticker BTC-USD' },
]

function kindOf(message: Message): string {
  return isControl(message) ? message.control : `${message.data.kind} ${message.market}`
}

test('A-01 recorded frames turn into records of their market and pass the schema', () => {
  if (!hasSamples()) return
  for (const { venue, file, kinds, lines = 1 } of RECORDINGS) {
    const decoded = decodeAll(venue, sampleLines(venue.replace('/', '-'), file))
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
