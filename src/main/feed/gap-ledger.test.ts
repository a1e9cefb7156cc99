import { describe, expect, it } from 'vitest'
import type { Gap } from '../../shared/market.ts'
import { createGapLedger } from './gap-ledger.ts'

function setup() {
  const told: Gap[] = []
  return {
    told,
    ledger: createGapLedger(
      ({ data }) => told.push(data),
      () => 0,
    ),
  }
}

describe('the gap ledger', () => {
  it('tells a gap when it opens and again, by the same since, when it ends', () => {
    const { told, ledger } = setup()
    ledger.open('x:A/B', 'connecting', 10)
    ledger.open('x:A/B', 'connecting', 12)
    ledger.close('x:A/B', 20)
    ledger.close('x:A/B', 30)
    expect(told).toEqual([
      { kind: 'gap', since: 10, reason: 'connecting' },
      { kind: 'gap', since: 10, until: 20, reason: 'connecting' },
    ])
  })

  it('ends a gap where one of another reason begins, and never overlaps two', () => {
    const { told, ledger } = setup()
    ledger.open('x:A/B', 'disconnected', 10)
    ledger.open('x:A/B', 'refused', 5)
    ledger.close('x:A/B', 40)
    ledger.open('x:A/B', 'silent', 30)
    expect(told.map(({ since, until, reason }) => [since, until, reason])).toEqual([
      [10, undefined, 'disconnected'],
      [10, 10, 'disconnected'],
      [11, undefined, 'refused'],
      [11, 40, 'refused'],
      [40, undefined, 'silent'],
    ])
    expect(ledger.count).toBe(3)
  })

  it('A-53 tells that a gap is filled only when the fetch reached behind its beginning, and when it is over', () => {
    const { told, ledger } = setup()
    ledger.filled('x:A/B', 0)
    ledger.open('x:A/B', 'disconnected', 10)
    ledger.filled('x:A/B', 0)
    ledger.close('x:A/B', 40)
    ledger.filled('x:A/B', 11)
    expect(told.length).toBe(2)
    ledger.filled('x:A/B', 10)
    expect(told.at(-1)).toEqual({ kind: 'gap', since: 10, until: 40, reason: 'disconnected', filledBy: 'backfill' })
  })

  it('A-54 what a fetch did not reach stays a gap of its own, whole seconds long', () => {
    const { told, ledger } = setup()
    ledger.open('x:A/B', 'disconnected', 1_500)
    ledger.close('x:A/B', 9_000)
    ledger.filled('x:A/B', 4_200)
    expect(told.slice(2)).toEqual([
      { kind: 'gap', since: 1_500, until: 5_000, reason: 'disconnected' },
      { kind: 'gap', since: 5_000, until: 9_000, reason: 'disconnected', filledBy: 'backfill' },
    ])
    ledger.filled('x:A/B', 8_500)
    expect(told.length).toBe(4)
  })

  it('A-53 of a break that went through several reasons all gaps are filled that begin behind what was fetched', () => {
    const { told, ledger } = setup()
    ledger.open('x:A/B', 'silent', 10)
    ledger.open('x:A/B', 'disconnected', 20)
    ledger.open('x:A/B', 'paused', 30)
    ledger.close('x:A/B', 40)
    expect(ledger.since('x:A/B')).toBe(10)
    const before = told.length
    ledger.filled('x:A/B', 15)
    expect(told.slice(before)).toEqual([
      { kind: 'gap', since: 20, until: 30, reason: 'disconnected', filledBy: 'backfill' },
      { kind: 'gap', since: 30, until: 40, reason: 'paused', filledBy: 'backfill' },
    ])
    ledger.open('x:A/B', 'disconnected', 50)
    expect(ledger.since('x:A/B')).toBe(50)
  })
})
