import { expect, test } from 'vitest'
import { compareDecimals } from '../../../shared/decimal.ts'
import type { Book, Instrument, Level } from '../../../shared/market.ts'
import type { Decoded } from '../exchange.ts'
import { hasSamples, sampleLines } from '../testing/frames.ts'
import { BOOK_RULE } from './book.ts'
import { decode } from './stream.ts'

function instrumentOf(tickSize: string | undefined, sizeStep: string | undefined): Instrument {
  return {
    key: 'kraken:ETH/USD',
    venue: 'kraken',
    native: 'ETH/USD',
    names: {},
    status: 'trading',
    ...(tickSize !== undefined && { tickSize }),
    ...(sizeStep !== undefined && { sizeStep }),
  }
}

const ETH = instrumentOf('0.01', '0.00000001')
const checksum = (book: Pick<Book, 'bids' | 'asks'>, instrument = ETH) => BOOK_RULE.checksum?.(book, instrument)

/** A side after changes, best first, ten levels deep. */
function changed(side: readonly Level[], changes: readonly Level[], direction: 1 | -1): readonly Level[] {
  const levels = new Map(side)
  for (const [price, size] of changes) {
    if (size === '0') levels.delete(price)
    else levels.set(price, size)
  }
  return [...levels].toSorted(([left], [right]) => compareDecimals(left, right) * direction).slice(0, 10)
}

test.each([
  ['book-eth-raw.jsonl', '0.01', ['2606672715', '3329440863']],
  ['book-btc.jsonl', '0.1', ['1490766955', '1153589921']],
  ['book-docs.jsonl', '0.0001', ['2439117997', '2114181697']],
])('A-15 the checksums in the recorded %s are those of its book', (file, tickSize, expected) => {
  if (!hasSamples()) return
  const [whole, change] = sampleLines('kraken', file).flatMap((line) => decode(line)) as [Decoded<Book>, Decoded<Book>]
  const after = {
    bids: changed(whole.data.bids, change.data.bids, -1),
    asks: changed(whole.data.asks, change.data.asks, 1),
  }
  const instrument = instrumentOf(tickSize, '0.00000001')
  expect([checksum(whole.data, instrument), checksum(after, instrument)]).toEqual(expected)
  expect([whole.checksum, change.checksum]).toEqual(expected)
})

test('A-15 a thin or empty book has a checksum of what there is', () => {
  // CRC32 of '1183001' '4000000000', and of nothing.
  expect([
    checksum({ bids: [], asks: [['0.1183001', '40']] }, instrumentOf('0.0000001', '0.00000001')),
    checksum({ bids: [], asks: [] }),
  ]).toEqual(['3974477375', '0'])
})

test('the checksum covers ten levels a side, asks first', () => {
  const side = (from: number, step: number): Level[] =>
    Array.from({ length: 25 }, (_, nth) => [String(from + nth * step), '1'])
  const deep = { bids: side(2_000, -1), asks: side(2_001, 1) }
  const cut = { bids: deep.bids.slice(0, 10), asks: deep.asks.slice(0, 10) }
  expect(checksum(deep)).toBe(checksum(cut))
  expect(checksum({ bids: cut.asks, asks: cut.bids })).not.toBe(checksum(cut))
})

test('without the market’s precision there is no checksum', () => {
  const book: Pick<Book, 'bids' | 'asks'> = { bids: [['1797.24', '0.5']], asks: [] }
  expect([
    checksum(book, instrumentOf(undefined, '0.00000001')),
    checksum(book, instrumentOf('0.01', undefined)),
    checksum(book, instrumentOf('0.1', '0.00000001')),
  ]).toEqual([undefined, undefined, undefined])
})

test('the same price several times in one update stays in its order', () => {
  const update =
    '{"channel":"book","type":"update","data":[{"symbol":"ETH/USD","bids":[],"asks":[{"price":2286.40,"qty":1.0},' +
    '{"price":2286.40,"qty":0.0},{"price":2286.40,"qty":2.0}],"checksum":7,"timestamp":"2026-09-21T14:13:20.308Z"}]}'
  expect(decode(update)[0]).toMatchObject({
    data: {
      asks: [
        ['2286.4', '1'],
        ['2286.4', '0'],
        ['2286.4', '2'],
      ],
    },
  })
})
