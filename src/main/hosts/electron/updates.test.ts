import { afterEach, expect, it, vi } from 'vitest'
import { HOUR } from '../../../shared/market.ts'
import type { Updater } from './updates.ts'
import { createUpdates } from './updates.ts'

afterEach(() => vi.useRealTimers())

const updater = (change: Partial<Updater> = {}) => {
  const calls: string[] = []
  return {
    calls,
    updater: {
      check: () => Promise.resolve(void calls.push('check') as undefined | string),
      download(onShare: (share: number) => void) {
        calls.push('download')
        onShare(1)
        return Promise.resolve()
      },
      install: () => Promise.resolve(void calls.push('install')),
      ...change,
    },
  }
}

it('A-71 an update is fetched, told, and installed only when asked', async () => {
  const { calls, updater: port } = updater({ check: () => Promise.resolve('2.0.0') })
  const told: string[] = []
  const updates = createUpdates({ updater: port, onReady: (version) => told.push(version), log: () => undefined })
  const states: string[] = []
  updates.onChange(({ state }) => states.push(state))
  updates.install()
  await updates.check()
  expect([states, told, calls]).toEqual([['checking', 'downloading', 'downloading', 'ready'], ['2.0.0'], ['download']])
  updates.install()
  expect(calls).toEqual(['download', 'install'])
})

it('A-71 an update that fails its check is refused, said, and cannot be installed', async () => {
  const { calls, updater: port } = updater({
    check: () => Promise.resolve('2.0.0'),
    download: () => Promise.reject(new Error('sha512 checksum mismatch')),
  })
  const updates = createUpdates({ updater: port, onReady: () => calls.push('told'), log: () => undefined })
  await updates.check()
  updates.install()
  expect([updates.now, calls]).toEqual([{ state: 'failed', message: 'sha512 checksum mismatch' }, []])
})

it('A-71 a build that does not update itself says so', async () => {
  const updates = createUpdates({ updater: undefined, onReady: () => undefined, log: () => undefined })
  updates.apply(true)
  await updates.check()
  expect(updates.now).toEqual({ state: 'off' })
})

it('A-71 never unasked: in a day with an update ready it is fetched once, told once, and not installed', async () => {
  vi.useFakeTimers()
  const { calls, updater: port } = updater({ check: () => Promise.resolve('2.0.0') })
  const updates = createUpdates({ updater: port, onReady: (version) => calls.push(version), log: () => undefined })
  updates.apply(true)
  await vi.advanceTimersByTimeAsync(24 * HOUR)
  updates.close()
  expect([updates.now, calls]).toEqual([{ state: 'ready', version: '2.0.0' }, ['download', '2.0.0']])
})

it('A-71 who does not want updates is not asked for any', async () => {
  vi.useFakeTimers()
  const { calls, updater: port } = updater()
  const updates = createUpdates({ updater: port, onReady: () => undefined, log: () => undefined })
  updates.apply(true)
  updates.apply(false)
  await vi.advanceTimersByTimeAsync(24 * HOUR)
  expect([updates.now, calls]).toEqual([{ state: 'off' }, []])
})

it('A-71 an update that cannot be installed says why, and can be fetched again', async () => {
  const { calls, updater: port } = updater({
    check: () => Promise.resolve('2.0.0'),
    install: () => Promise.reject(new Error('it was changed after it had been fetched')),
  })
  const updates = createUpdates({ updater: port, onReady: () => undefined, log: () => undefined })
  await updates.check()
  updates.install()
  await vi.waitFor(() =>
    expect(updates.now).toEqual({ state: 'failed', message: 'it was changed after it had been fetched' }),
  )
  await updates.check()
  expect([updates.now.state, calls]).toEqual(['ready', ['download', 'download']])
})
