import { describe, expect, it } from 'vitest'
import type { KeepAlive } from '../exchanges/exchange.ts'
import { startKeepAlive } from './keep-alive.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

function setup(rule: KeepAlive, isAnswering: () => boolean = () => true) {
  const clock = createVirtualClock()
  const log: string[] = []
  const note = (text: string) => log.push(`${clock.monotonic()} ${text}`)
  const answer = () => void clock.after(150, () => isAnswering() && watchdog.answered())
  const watchdog = startKeepAlive(rule, clock, {
    ping() {
      note('ping')
      answer()
    },
    send(text) {
      note(text)
      answer()
    },
    dead: () => void note('dead'),
    onRoundTrip: (length) => void note(`round trip ${length}`),
  })
  return { clock, log, watchdog }
}

describe('keeping a socket open', () => {
  it('A-02 by protocol pings, and timing them', async () => {
    const { clock, log, watchdog } = setup({ kind: 'ping', every: 1_000, timeout: 500 })
    await clock.advance(2_500)
    watchdog.stop()
    expect([log, clock.waiting]).toEqual([['1000 ping', '1150 round trip 150', '2000 ping', '2150 round trip 150'], 0])
  })

  it('A-02 by text, found dead when nothing comes back', async () => {
    const { clock, log } = setup(
      { kind: 'text', frame: 'PING', every: 1_000, timeout: 500 },
      () => clock.monotonic() < 1_500,
    )
    await clock.advance(10_000)
    expect(log).toEqual(['1000 PING', '1150 round trip 150', '2000 PING', '2500 dead'])
  })

  it('A-02 by the venue’s own pings, found dead when they stop', async () => {
    const { clock, log, watchdog } = setup({ kind: 'server', within: 1_000 })
    for (let each = 0; each < 5; each++) {
      await clock.advance(900)
      watchdog.alive()
    }
    await clock.advance(5_000)
    expect(log).toEqual(['5500 dead'])
  })

  it('data count as an answer', async () => {
    const { clock, log, watchdog } = setup({ kind: 'ping', every: 1_000, timeout: 500 }, () => false)
    for (let each = 0; each < 50; each++) {
      await clock.advance(100)
      watchdog.alive()
    }
    expect(log.every((line) => line.endsWith('ping'))).toBe(true)
  })

  it('proves nothing while we do not read', async () => {
    const { clock, log, watchdog } = setup({ kind: 'server', within: 1_000 })
    watchdog.pause()
    await clock.advance(60_000)
    watchdog.resume()
    await clock.advance(990)
    expect(log).toEqual([])
    await clock.advance(1_100)
    expect(log).toHaveLength(1)
  })
})
