import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PartitionFacts } from './lag.ts'
import { addLag, slopeOf, toLagRow } from './lag.ts'

const facts = (more: Partial<PartitionFacts>): PartitionFacts => ({
  topic: 't',
  partition: 0,
  committed: 40n,
  start: 10n,
  end: 100n,
  exists: true,
  hasLeader: true,
  ...more,
})

test('A-35 lag is the end minus the greater of what is committed and what is still held', () => {
  const row = (more: Partial<PartitionFacts>) => {
    const { lag, note } = toLagRow(facts(more))
    return { lag, note }
  }
  expect({
    usual: row({}),
    done: row({ committed: 100n }),
    neverCommitted: row({ committed: undefined }),
    retentionPassed: row({ committed: 4n }),
    leaderless: row({ hasLeader: false, start: undefined, end: undefined }),
    deleted: row({ exists: false, hasLeader: false, start: undefined, end: undefined }),
    madeAnew: row({ committed: 200n }),
    silent: row({ end: undefined }),
    huge: row({ committed: 2n ** 60n, end: 2n ** 62n }),
  }).toEqual({
    usual: { lag: '60', note: undefined },
    done: { lag: '0', note: undefined },
    neverCommitted: { lag: '90', note: 'never-committed' },
    retentionPassed: { lag: '90', note: 'retention-passed' },
    leaderless: { lag: undefined, note: 'leaderless' },
    deleted: { lag: undefined, note: 'deleted' },
    madeAnew: { lag: undefined, note: 'unknown' },
    silent: { lag: undefined, note: 'unknown' },
    huge: { lag: String(3n * 2n ** 60n), note: undefined },
  })
})

test('A-35 one partition without a number shows none while the rest add up', () => {
  const rows = [
    { ...toLagRow(facts({})), seconds: 2 },
    toLagRow(facts({ partition: 1, hasLeader: false, start: undefined, end: undefined })),
    { ...toLagRow(facts({ partition: 2, committed: 95n })), seconds: 7 },
  ]
  expect({ some: addLag(rows), none: addLag(rows.slice(1, 2)) }).toEqual({
    some: { lag: '65', unknown: 1, seconds: 7 },
    none: { unknown: 1 },
  })
})

test('A-35 lag is never negative and never more than what is held', () => {
  const offset = fc.bigInt(0n, 1_000n)
  fc.assert(
    fc.property(fc.option(offset, { nil: undefined }), offset, offset, (committed, start, held) => {
      const { lag } = toLagRow(facts({ committed, start, end: start + held }))
      if (committed !== undefined && committed > start + held) expect(lag).toBeUndefined()
      else {
        expect(BigInt(lag!)).toBeGreaterThanOrEqual(0n)
        expect(BigInt(lag!)).toBeLessThanOrEqual(held)
      }
    }),
  )
})

test('A-36 at constant rates the time to clear is right within 20 %', () => {
  // 500 a second come, 800 go; offsets are committed every 5 s, so that lag falls in steps.
  const points = Array.from({ length: 60 }, (_, index) => {
    const second = index * 2
    return { at: second * 1_000, lag: 90_000 + 500 * second - 800 * Math.floor(second / 5) * 5 }
  })
  const { slope, clearSeconds } = slopeOf(points)
  const truth = points.at(-1)!.lag / 300
  expect(Math.abs(clearSeconds! - truth) / truth).toBeLessThan(0.2)
  expect(Math.abs(slope! - 300) / 300).toBeLessThan(0.2)
})

test('a group that falls behind has a negative slope and no time to clear', () => {
  const points = [0, 2, 4, 6, 8].map((second) => ({ at: second * 1_000, lag: second * 50 }))
  expect({ behind: slopeOf(points), early: slopeOf(points.slice(0, 2)) }).toEqual({ behind: { slope: -50 }, early: {} })
})
