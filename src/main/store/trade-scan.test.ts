import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MarketEvent, Trade } from '../../shared/market.ts'
import { ORIGINS } from '../../shared/market.ts'
import { decodeBatch, encodeBatch } from '../../shared/wire.ts'
import { BTC, START, clock, gap, trade } from '../journal/fixtures.ts'
import { scanBatch } from './trade-scan.ts'

/** What the scan hands on, as events again, and how many of them it had to parse. */
function scanned(bytes: Uint8Array, skip = 0) {
  const events: MarketEvent[] = []
  let parsed = 0
  scanBatch(bytes, skip, {
    trade(instrument, at, atText, receivedAt, origin, id, price, size, side) {
      const data: Trade = {
        kind: 'trade',
        id,
        price,
        size,
        ...(side === null ? {} : { side: side === 1 ? 'buy' : 'sell' }),
      }
      events.push({
        instrument,
        at,
        ...(atText === null ? {} : { atText }),
        receivedAt,
        origin,
        data,
      } as MarketEvent)
    },
    other(event) {
      parsed += 1
      events.push(event)
    },
  })
  return { events, parsed }
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('17382910', 'a"b', 'a\\b', 'a\nb', '}', '","price":"1'),
)
const anyTrade = fc.record(
  {
    instrument: text.map((pair) => `upbit:${pair}` as const),
    at: fc.nat(2 ** 43),
    atText: text,
    receivedAt: fc.nat(2 ** 43),
    origin: fc.constantFrom(...ORIGINS),
    data: fc.record(
      {
        kind: fc.constant('trade' as const),
        id: text,
        price: text,
        size: text,
        side: fc.constantFrom('buy' as const, 'sell' as const),
      },
      { requiredKeys: ['kind', 'id', 'price', 'size'] },
    ),
  },
  { requiredKeys: ['instrument', 'at', 'receivedAt', 'origin', 'data'] },
)

test('Scanning a batch gives what parsing it gives, whatever is in the texts.', () => {
  fc.assert(
    fc.property(fc.array(anyTrade, { maxLength: 8 }), fc.nat(4), (trades, skip) => {
      // Prices that are no decimals are written as they are: only what the encoder can write is a batch.
      const clean = trades.map((event) => ({ ...event, data: { ...event.data, price: '1.5', size: '2' } }))
      const bytes = encodeBatch(clean)
      expect(scanned(bytes, skip).events).toEqual(decodeBatch(bytes).slice(skip))
    }),
    { numRuns: 2_000 },
  )
})

test('Trades of usual shape are not parsed; everything else is.', () => {
  const events = [
    trade('1', START),
    gap(START),
    trade('2', START + 1, { atText: '2026-01-05T00:00:00.000123Z' }),
    clock(START + 1_000),
  ]
  expect(scanned(encodeBatch(events))).toEqual({ events, parsed: 2 })
})

test('A trade with a key more, or in another order, is read exactly.', () => {
  const lines = [
    `{"instrument":"${BTC}","at":1,"receivedAt":2,"origin":"stream","data":{"kind":"trade","id":"1","price":"1","size":"1","side":"buy","extra":"x"}}`,
    `{"at":1,"instrument":"${BTC}","receivedAt":2,"origin":"stream","data":{"kind":"trade","id":"1","price":"1","size":"1"}}`,
    `{"instrument":"${BTC}","at":1,"receivedAt":2,"origin":"stream","data":{"kind":"trade","id":"1","price":"1","size":"1"},"more":1}`,
  ]
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`)
  expect(scanned(bytes)).toEqual({ events: lines.map((line) => JSON.parse(line) as MarketEvent), parsed: 3 })
})
