import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEmulatorProcess } from './emulator-process.ts'
import { answerEngine } from './engine-answers.ts'
import type { EngineAsk } from './engine-messages.ts'
import { fromEngineSchema } from './engine-messages.ts'
import { createRemoteEmulator } from './remote-emulator.ts'
import type { SafeSecrets } from './secrets.ts'
import { as, asProcess, FakeProcess } from './testing/fake-electron.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Main’s side with processes that speak when told, and the engine’s side, which asks it. */
function open() {
  const forked: { readonly child: FakeProcess; readonly args: readonly string[] }[] = []
  const emulator = createEmulatorProcess((args) => {
    const child = new FakeProcess()
    forked.push({ child, args })
    return asProcess(child)
  })
  const answer = answerEngine(as<SafeSecrets>({}), emulator)
  const ask = (what: EngineAsk) => {
    fromEngineSchema.parse({ kind: 'ask', id: 1, what })
    return answer(what)
  }
  const openRemote = createRemoteEmulator(ask)
  return {
    forked,
    emulator,
    async remote(port?: number) {
      const opening = openRemote({ rate: 5, ...(port === undefined ? {} : { port }) })
      await vi.advanceTimersByTimeAsync(0)
      forked.at(-1)!.child.says({ ready: { port: port ?? 4_321, venues: ['upbit'], token: 'secret' } })
      return opening
    },
  }
}

test('the engine is told where the market is, and when its process ends, however long that takes', async () => {
  const { forked, remote } = open()
  const market = await remote()
  expect([market.port, market.endpoints.upbit?.rest]).toEqual([4_321, 'http://127.0.0.1:4321/upbit'])
  const ended = vi.fn<(code: number | undefined) => void>()
  void market.ended.then(ended)
  await vi.advanceTimersByTimeAsync(24 * 3_600_000)
  expect(ended).not.toHaveBeenCalled()
  forked[0]!.child.ends(9)
  expect(await market.ended).toBe(9)
})

test('another is started at the port that is asked for, and its end is its own', async () => {
  const { forked, remote } = open()
  const first = await remote()
  forked[0]!.child.ends(9)
  await first.ended
  const second = await remote(first.port)
  expect(forked.map(({ args }) => args)).toEqual([['--rate=5'], ['--rate=5', '--port=4321']])
  await second.close()
  expect([forked[1]!.child.killed, await second.ended]).toEqual([true, 143])
})

test('the end of one that was gone before it was asked for is told at once', async () => {
  const { forked, emulator, remote } = open()
  await remote()
  forked[0]!.child.ends(9)
  await vi.advanceTimersByTimeAsync(0)
  expect(await emulator.ended()).toBeUndefined()
})

test('one that ends before it is ready is said to have, and one that says nothing is ended', async () => {
  const { forked, emulator } = open()
  const ends = emulator.start([])
  await vi.advanceTimersByTimeAsync(0)
  forked[0]!.child.ends(1)
  await expect(ends).rejects.toThrow('The emulator did not start: it ended with code 1.')
  const silent = expect(emulator.start([])).rejects.toThrow('it said nothing within 15 s.')
  await vi.advanceTimersByTimeAsync(15_000)
  await silent
  expect(forked[1]!.child.killed).toBe(true)
})
