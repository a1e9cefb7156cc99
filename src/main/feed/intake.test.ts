import { describe, expect, it } from 'vitest'
import type { Message } from '../exchanges/exchange.ts'
import { FrameError } from '../exchanges/exchange.ts'
import { createThrottle } from './throttle.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const LIMITS = {
  perSecond: { frames: 100, decode: 50, malformed: 10 },
  slice: 2,
  backlog: { high: 20, low: 5 },
  pause: { first: 1_000, longest: 8_000 },
}

/** A venue whose frames take `cost` ms each to decode, of which the processor is ours for the `share`. */
function setup(cost = 0, share = 1) {
  const clock = createVirtualClock()
  let spent = 0
  const monotonic = clock.monotonic.bind(clock)
  const working = { ...clock, monotonic: () => monotonic() + spent, busy: () => spent * share }
  const log: string[] = []
  const decode = (frame: string): readonly Message[] => {
    spent += cost
    if (frame === 'noise') throw new FrameError('not-json', 'noise')
    if (frame === 'bug') throw new RangeError('bug')
    return [{ control: 'notice', text: frame }]
  }
  const throttle = createThrottle<string>(decode, working, LIMITS, () => 1, {
    onMessage: (source, message) => void log.push(`${source} ${'text' in message ? message.text : ''}`),
    onMalformed: (rule) => void log.push(rule),
    onTurn: () => void log.push('turn'),
    onReading: (reading) => void log.push(reading ? 'read' : 'stop'),
    onPaused: (fault) => void log.push(fault.code),
    onResumed: () => void log.push('resumed'),
  })
  return { clock, throttle, log }
}

describe('frames', () => {
  it('keep their order, with what happens between them, and come in turns', async () => {
    const { clock, throttle, log } = setup()
    throttle.push('a', '1', 0)
    throttle.push('b', '2', 0)
    throttle.mark(() => log.push('closed'))
    throttle.push('c', '3', 0)
    await clock.advance(1)
    expect(log).toEqual(['a 1', 'b 2', 'closed', 'c 3', 'turn'])
  })

  it('A-72 that have arrived are read when it closes, in order; what comes after that is not', async () => {
    const { clock, throttle, log } = setup(1)
    for (let each = 0; each < 4; each++) throttle.push('a', String(each), 0)
    throttle.mark(() => log.push('marked'))
    throttle.close()
    throttle.push('a', 'late', 0)
    await clock.advance(10)
    expect(log).toEqual(['a 0', 'a 1', 'a 2', 'a 3', 'marked', 'turn'])
  })

  it('A-09 are decoded in slices, so that the other venues have their turns', async () => {
    const { clock, throttle, log } = setup(1)
    for (let each = 0; each < 6; each++) throttle.push('a', String(each), 0)
    await clock.advance(1)
    expect(log).toEqual(['a 0', 'a 1', 'turn', 'a 2', 'a 3', 'turn', 'a 4', 'a 5', 'turn'])
  })

  it('that wait in great number stop the reading until most are done, and none is lost', async () => {
    const { clock, throttle, log } = setup(1)
    for (let each = 0; each < 30; each++) throttle.push('a', 'x', 0)
    await clock.advance(1)
    expect(log.filter((line) => line === 'a x')).toHaveLength(30)
    expect([log.indexOf('stop'), log.lastIndexOf('read') > log.lastIndexOf('a x') - 10]).toEqual([0, true])
  })
})

describe('A-09 a venue over its budget', () => {
  it('A-09 of frames is paused, longer each time, and loses nothing', async () => {
    const { clock, throttle, log } = setup()
    const flood = (count: number) => {
      for (let each = 0; each < count; each++) throttle.push('a', 'x', 0)
    }
    flood(150)
    await clock.advance(10)
    const first = [throttle.paused, log.filter((line) => line === 'a x').length]
    await clock.advance(1_000)
    const second = throttle.paused
    flood(150)
    await clock.advance(1_500)
    const third = throttle.paused
    await clock.advance(600)
    expect([first, second, third, throttle.paused]).toEqual([[true, 150], false, true, false])
    expect(log.filter((line) => line === 'over-budget' || line === 'resumed')).toEqual([
      'over-budget',
      'resumed',
      'over-budget',
      'resumed',
    ])
  })

  it('A-09 of thread time is paused', async () => {
    const { clock, throttle, log } = setup(10)
    for (let each = 0; each < 10; each++) throttle.push('a', 'x', 0)
    await clock.advance(1)
    expect([throttle.paused, log.includes('over-budget')]).toEqual([true, true])
  })

  it('A-09 of no more than wall time is not paused: other programs had the processor', async () => {
    const { clock, throttle, log } = setup(10, 0.4)
    for (let each = 0; each < 10; each++) throttle.push('a', 'x', 0)
    await clock.advance(1)
    expect(log.filter((line) => line === 'over-budget')).toEqual([])
  })

  it('A-09 of unreadable frames is paused, whether they or our decoder are at fault', async () => {
    for (const [frame, rule] of [
      ['noise', 'not-json'],
      ['bug', 'decoder'],
    ] as const) {
      const { clock, throttle, log } = setup()
      for (let each = 0; each < 15; each++) throttle.push('a', frame, 0)
      await clock.advance(1)
      expect([throttle.paused, log.filter((line) => line === rule).length]).toEqual([true, 15])
    }
  })
})
