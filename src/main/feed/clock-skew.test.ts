import { array, assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClockSkew } from './clock-skew.ts'
import { createDelayMeter } from './delay.ts'
import { createSetup } from './testing/setup.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'
import { createWatermark } from './watermark.ts'

describe('clock skew', () => {
  it('A-12 is estimated within 50 ms of an injected one, whatever the latency and its jitter', async () => {
    await assert(
      asyncProperty(
        integer({ min: -60_000, max: 60_000 }),
        integer({ min: 1, max: 250 }),
        array(integer({ min: 0, max: 400 }), { minLength: 40, maxLength: 80 }),
        async (injected, latency, jitters) => {
          const clock = createVirtualClock()
          const skew = createClockSkew(clock)
          for (const [index, jitter] of jitters.entries()) {
            // The way is seldom free, but now and then it is.
            const extra = index % 10 === 0 ? jitter % 20 : jitter
            const at = clock.now() + injected
            await clock.advance(latency + extra)
            skew.heard(at, clock.now())
            if (index % 10 === 0) skew.roundTrip(2 * latency + (jitter % 15))
          }
          expect(Math.abs((skew.estimate() ?? NaN) - injected)).toBeLessThanOrEqual(50)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('A-12 follows a venue’s clock that is set', async () => {
    const clock = createVirtualClock()
    const skew = createClockSkew(clock)
    for (const injected of [300, -700])
      for (let each = 0; each < 90; each++) {
        skew.heard(clock.now() + injected - 10, clock.now())
        await clock.advance(1_000)
      }
    expect(Math.abs((skew.estimate() ?? NaN) + 700)).toBeLessThanOrEqual(50)
  })

  it('is taken from Date headers while nothing is pushed', async () => {
    const clock = createVirtualClock()
    const skew = createClockSkew(clock)
    for (let each = 0; each < 40; each++) {
      const sentAt = clock.now()
      await clock.advance(30)
      const date = Math.floor((clock.now() + 4_321) / 1_000) * 1_000
      await clock.advance(30)
      skew.answered(sentAt, clock.now(), date)
      await clock.advance(9_777)
    }
    expect(Math.abs((skew.estimate() ?? NaN) - 4_321)).toBeLessThanOrEqual(50)
  })

  it('A-12 shows in a venue’s health, and both times are kept', async () => {
    const setup = createSetup({
      watch: ['kraken:BTC/USD'],
      latency: 80,
      skew: -2_500,
      keepAlive: { kind: 'ping', every: 1_000, timeout: 900 },
    })
    await setup.clock.advance(2_000)
    for (let each = 0; each < 50; each++) {
      setup.venue.trade('BTC')
      await setup.clock.advance(200)
    }
    expect(Math.abs((setup.feed.health().skew ?? NaN) + 2_500)).toBeLessThanOrEqual(50)
    expect(
      new Set(setup.events.flatMap(({ data, at, receivedAt }) => (data.kind === 'trade' ? [receivedAt - at] : []))),
    ).toEqual(new Set([2_580]))
    setup.feed.close()
  })
})

describe('delay', () => {
  it('is told as percentiles of the last minute, right to 5 %', async () => {
    const clock = createVirtualClock()
    const meter = createDelayMeter(clock)
    meter.add(100_000)
    await clock.advance(61_000)
    for (let each = 1; each <= 1_000; each++) meter.add(each)
    const { p50, p99 } = meter.percentiles()!
    expect([Math.abs(p50 / 500 - 1) < 0.05, Math.abs(p99 / 990 - 1) < 0.05]).toEqual([true, true])
    await clock.advance(61_000)
    expect(meter.percentiles()).toBeUndefined()
  })

  it('may be negative where the venue’s clock is ahead', () => {
    const meter = createDelayMeter(createVirtualClock())
    for (const delay of [-1_000, -990, -980]) meter.add(delay)
    expect(meter.percentiles()!.p50).toBeLessThan(-900)
  })
})

describe('the watermark', () => {
  it('rises with events and with mere life, never falls, and passes a dead venue’s time later', async () => {
    const clock = createVirtualClock(1_000_000)
    const watermark = createWatermark(clock, { leastDelay: () => 100 })
    watermark.heard(999_900, 1_000_000)
    const first = watermark.value()
    await clock.advance(1_000)
    watermark.alive(clock.now())
    const second = watermark.value()
    watermark.heard(900_000, clock.now())
    const third = watermark.value()
    // A year in the future is a wrong date, not the future.
    watermark.heard(clock.now() + 31_536_000_000, clock.now())
    const fourth = watermark.value()
    await clock.advance(60_000)
    expect([first, second, third, fourth, watermark.value()]).toEqual([
      999_900, 1_000_900, 1_000_900, 1_002_900, 1_055_900,
    ])
  })
})
