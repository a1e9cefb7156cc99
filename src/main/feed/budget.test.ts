import { assert, asyncProperty, array, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBackoff } from './backoff.ts'
import { createBudget, shareOf } from './budget.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const never = new AbortController().signal

describe('a budget', () => {
  it('never lets more through than the limit, in any window, in the order of asking', async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 40 }),
        integer({ min: 100, max: 60_000 }),
        array(integer({ min: 1, max: 12 }), { maxLength: 60 }),
        async (count, per, weights) => {
          const clock = createVirtualClock()
          const budget = createBudget({ count, per }, clock)
          const spent: { index: number; at: number; weight: number }[] = []
          for (const [index, asked] of weights.entries()) {
            const weight = Math.min(asked, count)
            void budget.take(weight, never).then(() => spent.push({ index, at: clock.monotonic(), weight }))
            await clock.advance(asked * 3)
          }
          await clock.advance(per * 2 * (weights.length + 1))
          expect(spent.map(({ index }) => index)).toEqual(weights.map((_, index) => index))
          for (const { at } of spent) {
            const within = spent.filter((other) => other.at >= at && other.at < at + per)
            expect(within.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(count)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('lets nothing through while held, and says so', async () => {
    const clock = createVirtualClock()
    const budget = createBudget({ count: 10, per: 1_000 }, clock)
    budget.hold(60_000)
    let taken = false
    void budget.take(1, never).then(() => (taken = true))
    await clock.advance(59_000)
    const before = [taken, shareOf(budget.use()), budget.wait()]
    await clock.advance(1_000)
    expect([before, taken, shareOf(budget.use())]).toEqual([[false, 1, 1_000], true, 0.1])
  })

  it('lets the next one through when one in the queue is cancelled', async () => {
    const clock = createVirtualClock()
    const budget = createBudget({ count: 2, per: 1_000 }, clock)
    const abort = new AbortController()
    budget.spend(1)
    const order: string[] = []
    budget.take(2, abort.signal).then(
      () => order.push('large'),
      () => order.push('cancelled'),
    )
    void budget.take(1, never).then(() => order.push('small'))
    abort.abort()
    await clock.advance(1)
    expect(order.toSorted()).toEqual(['cancelled', 'small'])
    expect(clock.waiting).toBe(0)
  })
})

function waits(random: number): number[] {
  const backoff = createBackoff({ first: 1_000, longest: 60_000 }, () => random)
  return Array.from({ length: 2_000 }, () => backoff.next())
}

describe('a back-off', () => {
  it('A-75 begins under a second, doubles, stays under its ceiling and spreads', () => {
    const [early, late] = [waits(0), waits(0.999_999)]
    expect(early.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect([early.at(-1), Math.round(late.at(-1)!), Math.max(...late) <= 60_000, late[0]! <= 1_000]).toEqual([
      30_000,
      60_000,
      true,
      true,
    ])
  })
})
