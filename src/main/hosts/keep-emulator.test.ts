import { afterEach, expect, test } from 'vitest'
import type { EmulatorOptions } from '../emulator/spawn.ts'
import type { KeptEmulator } from './keep-emulator.ts'
import { keepEmulator } from './keep-emulator.ts'

const RETURNS_WITHIN = { timeout: 15_000, interval: 10 }

let kept: KeptEmulator | undefined
afterEach(() => kept?.close())

/** Emulators that end when told, each at its turn in `opened`; those whose turn is in `refused` do not start. */
function createOpener(refused: readonly number[] = []) {
  const opened: { readonly options: EmulatorOptions; end(): void }[] = []
  const said: string[] = []
  const open = async (options: EmulatorOptions) => {
    let end = () => {}
    const ended = new Promise<number | undefined>((resolve) => (end = () => resolve(undefined)))
    opened.push({ options, end })
    if (refused.includes(opened.length)) throw new Error('The port is taken.')
    return { endpoints: {}, port: 4_321, ended, close: async () => end() }
  }
  return {
    opened,
    said,
    open,
    log: { warn: (text: string) => said.push(text), error: (text: string) => said.push(text) },
  }
}

test('an emulator that ends unasked is followed by another, at the same port and with the same market', async () => {
  const { opened, said, open, log } = createOpener()
  kept = await keepEmulator(open, { rate: 5, seed: 3 }, log)
  opened[0]!.end()
  await expect.poll(() => opened.length, RETURNS_WITHIN).toBe(2)
  opened[1]!.end()
  await expect.poll(() => opened.length, RETURNS_WITHIN).toBe(3)
  const again = { rate: 5, seed: 3, port: 4_321 }
  expect(opened.map(({ options }) => options)).toEqual([{ rate: 5, seed: 3 }, again, again])
  expect(new Set(said)).toEqual(new Set(['The simulated market has ended unasked. It is started again.']))
})

test('one that does not start is tried again, and said why', async () => {
  const { opened, said, open, log } = createOpener([2])
  kept = await keepEmulator(open, {}, log)
  opened[0]!.end()
  await expect.poll(() => opened.length, RETURNS_WITHIN).toBe(3)
  expect(said).toEqual(['The simulated market has ended unasked. It is started again.', 'The port is taken.'])
})

test('one that ends once it is released, as when all are told to end at once, is no trouble and is not followed', async () => {
  const { opened, said, open, log } = createOpener()
  kept = await keepEmulator(open, {}, log)
  kept.release()
  opened[0]!.end()
  await kept.close()
  expect([opened.length, said]).toEqual([1, []])
})

test('closing waits for the one that is just being opened, and closes it', async () => {
  const { opened, open, log } = createOpener()
  let settle = () => {}
  let closed = 0
  const slowly = async (options: EmulatorOptions) => {
    const emulator = await open(options)
    if (opened.length > 1) await new Promise<void>((resolve) => (settle = resolve))
    return { ...emulator, close: async () => void (closed += opened.length) }
  }
  const market = await keepEmulator(slowly, {}, log)
  opened[0]!.end()
  await expect.poll(() => opened.length, RETURNS_WITHIN).toBe(2)
  const closing = market.close()
  settle()
  await closing
  expect(closed).toBe(4)
})

test('an emulator that does not say that it has ended keeps nobody from closing', async () => {
  const { opened, open, log } = createOpener()
  const market = await keepEmulator(async (options) => ({ ...(await open(options)), close: async () => {} }), {}, log)
  await market.close()
  expect(opened.length).toBe(1)
})
