import { describe, expect, it } from 'vitest'
import type { Trade } from '../../shared/market.ts'
import { createIdentities, createTally } from './identity.ts'

const trade = (id: string): Trade => ({ kind: 'trade', id, price: '1', size: '1' })

describe('a trade’s identity', () => {
  it('is its id where the venue’s ids are sound', () => {
    const told = createIdentities('id')
    const admit = (id: string) => told.admit({ trade: trade(id), at: 5 }, createTally())?.id
    expect([admit('1'), admit('2'), admit('1'), admit('3')]).toEqual(['1', '2', undefined, '3'])
  })

  it('is its fingerprint and its ordinal elsewhere: equal ones from one source are two, from two sources one', () => {
    const told = createIdentities('fingerprint')
    const [socket, answer, other] = [createTally(), createTally(), createTally()]
    const admit = (at: number, source: typeof socket) => told.admit({ trade: trade('1/1/buy'), at }, source)?.id
    expect([admit(5, socket), admit(5, socket), admit(6, socket)]).toEqual(['1/1/buy', '1/1/buy-1', '1/1/buy'])
    expect([admit(5, answer), admit(5, answer), admit(5, answer)]).toEqual([undefined, undefined, '1/1/buy-2'])
    expect([admit(5, other), admit(6, other)]).toEqual([undefined, undefined])
  })

  it('is one where a source sends it twice under the same number, and two under different ones', () => {
    const told = createIdentities('fingerprint')
    const socket = createTally()
    const admit = (serial: string) => told.admit({ trade: trade('1/1/buy'), at: 5, serial }, socket)?.id
    expect([admit('71'), admit('71'), admit('72'), admit('72')]).toEqual(['1/1/buy', undefined, '1/1/buy-1', undefined])
  })

  it('is forgotten in time, not sooner than two thousand trades later', () => {
    const told = createIdentities('id')
    const tally = createTally()
    for (let id = 0; id < 20_000; id++) told.admit({ trade: trade(String(id)), at: id }, tally)
    const again = (id: string) => told.admit({ trade: trade(id), at: 1 }, tally)?.id
    expect([again('18000'), again('1')]).toEqual([undefined, '1'])
  })

  it('A-53 an answer of any length is compared whole before anything is forgotten for it', () => {
    const told = createIdentities('id')
    const socket = createTally()
    const sighting = (id: number) => ({ trade: trade(String(id)), at: id })
    const streamed = [1, 2, 20_001, 20_002]
    for (const id of streamed) told.admit(sighting(id), socket)
    const answer = Array.from({ length: 20_002 }, (_, nth) => sighting(nth + 1))
    const admitted = told.admitAll([...answer, sighting(500)], createTally())
    expect(admitted.flatMap((each, nth) => (each === undefined ? [nth + 1] : []))).toEqual([...streamed, 20_003])
  })
})
