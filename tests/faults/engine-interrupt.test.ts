/** A demo that is ended as a terminal does it (the whole group at once) and as a service manager does (every process). */

import { readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../tapedeck.ts'
import { connect, start, tempFolder, until } from '../tapedeck.ts'

const WITHIN = 5_000

let folder: string
let demo: Command
beforeEach(() => {
  folder = tempFolder()
  demo = start(['serve', '--demo', '--data', folder, '--rate', '200'], { group: true })
})
afterEach(async () => {
  await demo.end('SIGKILL')
  for (const each of [folder, `${folder}-demo`]) rmSync(each, { recursive: true, force: true })
})

/** Of these a demo has one: its market. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return [] // It has ended.
  }
}

async function expectCleanEnd(market: number, askedAt: number): Promise<void> {
  const { code, said } = await demo.ended
  expect([code, Date.now() - askedAt < WITHIN], said).toEqual([0, true])
  expect(said).not.toMatch(/unasked|did not start|error:|warn:/)
  expect(() => process.kill(market, 0)).toThrow('ESRCH')
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'A-72 %s to every process of a demo ends it in time, and its market is not missed',
  async (signal) => {
    const bridge = await connect(demo)
    const newest = async () =>
      (await bridge.call('history.trades', { instrument: 'upbit:BTC/KRW', count: 1 }))[0]?.at ?? 0
    await until(newest, (at) => at > 0, 30_000)
    const [market = 0] = childrenOf(demo.pid)
    // The market hears it first, and goes on for as long as the engine does.
    process.kill(market, signal)
    const toldAt = Date.now()
    await until(newest, (at) => at > toldAt, 30_000)
    bridge.close()
    const askedAt = Date.now()
    process.kill(-demo.pid, signal)
    await expectCleanEnd(market, askedAt)
    expect(demo.said()).toContain(`Ending (${signal}).`)
  },
  60_000,
)

test('A-72 Ctrl-C while the market is still starting ends a demo as cleanly', async () => {
  const [market = 0] = await until(
    () => childrenOf(demo.pid),
    (pids) => pids.length > 0,
    30_000,
  )
  const askedAt = Date.now()
  process.kill(-demo.pid, 'SIGINT')
  await expectCleanEnd(market, askedAt)
}, 60_000)
