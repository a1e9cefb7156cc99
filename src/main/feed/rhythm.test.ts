import { describe, expect, it } from 'vitest'
import { createRhythm } from './rhythm.ts'

describe('a rhythm', () => {
  it('is unknown at first', () => {
    const rhythm = createRhythm()
    for (let each = 0; each < 7; each++) rhythm.add(1_000)
    expect(rhythm.normal()).toBeUndefined()
  })

  it('of a steady voice is its interval', () => {
    const rhythm = createRhythm()
    for (let each = 0; each < 50; each++) rhythm.add(1_000)
    expect(rhythm.normal()).toBe(1_000)
  })

  it('of one that speaks in bursts is the time between the bursts', () => {
    const rhythm = createRhythm()
    for (let burst = 0; burst < 20; burst++) {
      for (let each = 0; each < 100; each++) rhythm.add(10)
      rhythm.add(30_000)
    }
    expect(rhythm.normal()).toBe(30_000)
  })

  it('follows when the voice slows down', () => {
    const rhythm = createRhythm()
    for (let each = 0; each < 1_000; each++) rhythm.add(100)
    for (let each = 0; each < 50; each++) rhythm.add(5_000)
    expect(rhythm.normal()).toBe(5_000)
  })

  it('makes a silence of three such lengths rare where trades come by chance', () => {
    const rhythm = createRhythm()
    let seed = 1
    const chance = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return -Math.log(seed / 2_147_483_647) * 1_000
    }
    let silences = 0
    for (let each = 0; each < 100_000; each++) {
      const interval = chance()
      if (interval > 2.5 * (rhythm.normal() ?? Infinity)) silences += 1
      rhythm.add(interval)
    }
    // By the mean alone, one in twenty would be.
    expect(silences).toBeLessThan(20)
  })
})
