import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MarketEvent } from '../../shared/market.ts'
import { encodeBatch, encodeEvent } from '../../shared/wire.ts'
import { START, trade } from '../journal/fixtures.ts'
import { cutLines } from './lines.ts'

const place = { topic: 'tapedeck.trades.v1', partition: 0 }

function linesOf(events: readonly MarketEvent[], base = 0, from = 0) {
  return cutLines(
    { ...place, base, count: events.length, minAt: 0, maxAt: 0, writtenAt: START + 9, bytes: encodeBatch(events) },
    from,
  ).map(({ value, ...head }) => ({ ...head, value: value.toString() }))
}

test('A line is the record as it stands, with key and times read from its head', () => {
  const events = [trade('1', START), trade('2', START + 1, { atText: '2026-01-05T00:00:00.001234Z' })]
  expect(linesOf(events, 40)).toEqual(
    events.map((event, index) => ({
      offset: 40 + index,
      instrument: event.instrument,
      at: event.at,
      receivedAt: event.receivedAt,
      journaledAt: START + 9,
      value: encodeEvent(event),
    })),
  )
})

test('Records before the wanted offset are left out', () => {
  const events = [trade('1', START), trade('2', START), trade('3', START)]
  expect(linesOf(events, 10, 12).map(({ offset }) => offset)).toEqual([12])
})

test('Whatever is in key and text, a line says what JSON.parse says', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), fc.nat(), fc.option(fc.string()), (pair, id, at, atText) => {
      const event = trade(id, at, { instrument: `upbit:${pair}`, ...(atText !== null && { atText }) })
      const [line] = linesOf([event])
      const parsed = JSON.parse(line!.value) as MarketEvent
      expect([line!.instrument, line!.at, line!.receivedAt]).toEqual([parsed.instrument, parsed.at, parsed.receivedAt])
    }),
    { numRuns: 300 },
  )
})
