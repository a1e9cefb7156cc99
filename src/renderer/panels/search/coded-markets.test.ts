import { expect, test } from 'vitest'
import type { Instrument, InstrumentKey, VenueId } from '../../../shared/market.ts'
import { codedMarkets } from './coded-markets.ts'

const listed = new Map(
  (['kis:005930', 'yahoo:005930.KS'] as const).map((key): [InstrumentKey, Instrument] => [
    key,
    { key, venue: key.split(':')[0] as VenueId, native: key, base: '005930', names: {}, status: 'trading' },
  ]),
)
const found = (query: string, byKey: ReadonlyMap<InstrumentKey, Instrument> = listed) =>
  codedMarkets(query, byKey).map(({ key }) => key)

test('a code that no list holds is offered where it may be dealt', () => {
  expect(found('123456')).toEqual(['kis:123456', 'yahoo:123456.KS', 'yahoo:123456.KQ'])
  expect(found('005930.nx')).toEqual(['kis:005930.NX'])
  expect(found('DHKS00700')).toEqual(['kis:DHKS00700'])
  expect([found('^N225'), found('es=f'), found('7203.T'), found('eur/krw')]).toEqual([
    ['yahoo:^N225'],
    ['yahoo:ES=F'],
    ['yahoo:7203.T'],
    ['yahoo:EUR/KRW'],
  ])
})

test('what is listed, what is no code, and venues that are not there are not offered', () => {
  expect(found('005930')).toEqual([])
  expect([found('bitcoin'), found('비트코인'), found('KRW-BTC'), found('')]).toEqual([[], [], [], []])
  expect(found('123456', new Map())).toEqual([])
})
