import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createNotices, watchSleep } from './sleep.ts'

const START = 1_700_000_000_000
const MINUTE = 60_000

let woke: [since: number, until: number][]
let tell: ((state: 'suspended' | 'resumed') => void) | undefined
let end: () => void
beforeEach(() => {
  vi.useFakeTimers({ now: START })
  woke = []
  tell = undefined
  end = watchSleep({
    onPower(listener) {
      tell = listener
      return () => (tell = undefined)
    },
    onWake: (since, until) => woke.push([since - START, until - START]),
  })
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

/** Timers stand still while a machine sleeps; its clock goes on. */
const sleep = (length: number) => vi.setSystemTime(Date.now() + length)

it('A-55 a sleep of ten minutes that the host tells of is one wake, over its whole length', () => {
  vi.advanceTimersByTime(5_000)
  tell?.('suspended')
  sleep(10 * MINUTE)
  tell?.('resumed')
  vi.advanceTimersByTime(MINUTE)
  expect(woke).toEqual([[5_000, 605_000]])
})

it('A-55 without a host that tells, the jump of the clock does', () => {
  vi.advanceTimersByTime(5_000)
  sleep(10 * MINUTE)
  vi.advanceTimersByTime(5_000)
  expect(woke).toEqual([[5_000, 606_000]])
})

it('A-55 told twice, and seen by the clock before, it is still one wake', () => {
  tell?.('suspended')
  sleep(10 * MINUTE)
  vi.advanceTimersByTime(1_000)
  tell?.('resumed')
  tell?.('resumed')
  expect(woke).toEqual([[0, 601_000]])
})

it('A-55 each sleep is a wake of its own', () => {
  for (let night = 0; night < 2; night += 1) {
    tell?.('suspended')
    sleep(MINUTE)
    tell?.('resumed')
    vi.advanceTimersByTime(MINUTE)
  }
  expect(woke).toEqual([
    [0, MINUTE],
    [2 * MINUTE, 3 * MINUTE],
  ])
})

it('a thread that stalls for some seconds has not slept, nor has a clock that is set back', () => {
  sleep(20_000)
  vi.advanceTimersByTime(5_000)
  sleep(-MINUTE)
  vi.advanceTimersByTime(5_000)
  expect(woke).toEqual([])
})

it('when it ends, it lets go of its host and its timer', () => {
  end()
  sleep(10 * MINUTE)
  vi.advanceTimersByTime(5_000)
  expect([tell, woke, vi.getTimerCount()]).toEqual([undefined, [], 0])
})

it('a notice goes to those who follow at that moment', () => {
  const notices = createNotices()
  const heard: string[] = []
  const notice = { kind: 'woke', at: 2, since: 1 } as const
  notices.tell(notice)
  const leave = notices.onNotice(({ kind }) => heard.push(kind))
  notices.tell(notice)
  leave()
  notices.tell(notice)
  expect(heard).toEqual(['woke'])
})
