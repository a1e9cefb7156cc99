import { describe, expect, it } from 'vitest'
import type { Trade } from '../../shared/market.ts'
import { createIdentities, createTally } from './identity.ts'

const trade = (id: string): Trade => ({ kind: 'trade', id, price: '1', size: '1' })

describe('a trade’s identity', () => {
  it('is its id where the venue’s ids are sound', () => {
    const told = createIdentities('id')
    const admit = (id: string) => told.admit(trade(id), 5, createTally())?.id
    expect([admit('1'), admit('2'), admit('1'), admit('3')]).toEqual(['1', '2', undefined, '3'])
  })

  it('is its fingerprint and its ordinal elsewhere: equal ones from one source are two, from two sources one', () => {
    const told = createIdentities('fingerprint')
    const [socket, answer, other] = [createTally(), createTally(), createTally()]
    const admit = (at: number, source: typeof socket) => told.admit(trade('1/1/buy'), at, source)?.id
    expect([admit(5, socket), admit(5, socket), admit(6, socket)]).toEqual(['1/1/buy', '1/1/buy-1', '1/1/buy'])
    expect([admit(5, answer), admit(5, answer), admit(5, answer)]).toEqual([undefined, undefined, '1/1/buy-2'])
    expect([admit(5, other), admit(6, other)]).toEqual([undefined, undefined])
  })

  it('is forgotten in time, not sooner than a thousand trades later', () => {
    const told = createIdentities('id')
    const tally = createTally()
    for (let id = 0; id < 5_000; id++) told.admit(trade(String(id)), id, tally)
    expect([told.admit(trade('4000'), 1, tally)?.id, told.admit(trade('1'), 1, tally)?.id]).toEqual([undefined, '1'])
  })
})
