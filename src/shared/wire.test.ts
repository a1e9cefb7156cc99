import { expect, test } from 'vitest'
import { RECORD_EXAMPLES } from '../../scripts/record-examples.ts'
import type { MarketEvent, Trade } from './market.ts'
import { WireError, decodeBatch, decodeEvent, encodeBatch, encodeEvent } from './wire.ts'

const trade: MarketEvent<Trade> = {
  instrument: 'upbit:BTC/KRW',
  at: 1_736_842_476_553,
  atText: '2025-01-14T08:14:36.553542Z',
  receivedAt: 1_736_842_476_590,
  origin: 'stream',
  data: { kind: 'trade', id: '17368424765530000', price: '0.00001234', size: '123456789.123456789', side: 'buy' },
}

const examples = Object.values(RECORD_EXAMPLES).flat()

test('A-11 a record holds prices and sizes as the text that they are', () => {
  expect(encodeEvent(trade)).toBe(
    '{"instrument":"upbit:BTC/KRW","at":1736842476553,"atText":"2025-01-14T08:14:36.553542Z","receivedAt":1736842476590,' +
      '"origin":"stream","data":{"kind":"trade","id":"17368424765530000","price":"0.00001234","size":"123456789.123456789","side":"buy"}}',
  )
})

test('A-12 both times of an event come back, and every kind of record is read as it was written', () => {
  const events = [trade, ...examples]
  expect(events.map((event) => decodeEvent(encodeEvent(event)))).toEqual(events)
  expect(decodeBatch(encodeBatch(events))).toEqual(events)
})

test('ids with quotes, backslashes, line ends or Korean survive', () => {
  const events = ['"', '\\', '\n', '비트', '\u2028', '\ud83d\ude00'].map((id) => ({
    ...trade,
    data: { ...trade.data, id },
  }))
  expect(decodeBatch(encodeBatch(events))).toEqual(events)
  expect(events.map((event) => decodeEvent(encodeEvent(event)))).toEqual(events)
})

test('an empty batch is no events', () => {
  expect(decodeBatch(encodeBatch([]))).toEqual([])
})

test('A-10 what a venue does not give is absent in the record', () => {
  const { side: _side, ...data } = trade.data
  expect(encodeEvent({ ...trade, data })).not.toContain('side')
})

test('a bad record is refused with the name of its field', () => {
  const withData = (data: object) => JSON.stringify({ ...trade, data })
  const cases: [string, string][] = [
    ['{', 'not JSON'],
    ['[]', 'record is not an object'],
    [JSON.stringify({ ...trade, instrument: 'BTC' }), '"instrument"'],
    [JSON.stringify({ ...trade, at: -1 }), '"at"'],
    [JSON.stringify({ ...trade, at: 1.5 }), '"at"'],
    [JSON.stringify({ ...trade, receivedAt: '1' }), '"receivedAt"'],
    [JSON.stringify({ ...trade, origin: 'guess' }), '"origin"'],
    [JSON.stringify({ ...trade, atText: 1 }), '"atText"'],
    [withData({ kind: 'rumour' }), '"data.kind"'],
    [withData({ ...trade.data, price: 5 }), '"data.price"'],
    [withData({ ...trade.data, price: '1e5' }), '"data.price"'],
    [withData({ ...trade.data, size: '1.50' }), '"data.size"'],
    [withData({ ...trade.data, side: 'both' }), '"side"'],
    [withData({ kind: 'book', snapshot: true, bids: [['1']], asks: [] }), '"data.bids"'],
    [withData({ kind: 'gap', since: 1, reason: 'bored' }), '"reason"'],
    [withData({ kind: 'clock', watermarks: { upbit: 'now' } }), '"data.watermarks.upbit"'],
    [withData({ kind: 'clock', watermarks: {}, watched: { 'upbit:BTC/KRW': 'yes' } }), '"data.watched.upbit:BTC/KRW"'],
  ]
  for (const [text, name] of cases) {
    expect(() => decodeEvent(text)).toThrow(WireError)
    expect(() => decodeEvent(text)).toThrow(name)
  }
})
