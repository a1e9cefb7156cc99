import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { installQuit, QUIT_WITHIN } from './quit.ts'
import { as, createEvent } from './testing/fake-electron.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open(run: (name: string) => void | Promise<void>) {
  const events: string[] = []
  const app = Object.assign(new EventEmitter(), { exit: (code: number) => events.push(`exit ${code}`) })
  installQuit({
    app: as<App>(app),
    steps: ['windows', 'engine', 'tray'].map((name) => ({
      name,
      async run() {
        events.push(name)
        await run(name)
        events.push(`${name} done`)
      },
    })),
    onLate: (step) => events.push(`late in ${step}`),
    log: (text) => events.push(text),
  })
  const quit = () => {
    const event = createEvent()
    app.emit('before-quit', event)
    return event.prevented
  }
  return { events, quit }
}

it('A-72 quitting goes through its steps in order, each after the one before, and then ends', async () => {
  const { events, quit } = open(() => new Promise((resolve) => setTimeout(resolve, 100)))
  expect(quit()).toBe(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(events).toEqual(['windows', 'windows done', 'engine', 'engine done', 'tray', 'tray done', 'exit 0'])
})

it('A-72 whoever asks again meanwhile waits for the same end', async () => {
  const { events, quit } = open((name) => new Promise((resolve) => setTimeout(resolve, name === 'engine' ? 500 : 0)))
  expect([quit(), quit()]).toEqual([true, true])
  await vi.advanceTimersByTimeAsync(100)
  quit()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(events.filter((each) => each === 'engine' || each.startsWith('exit'))).toEqual(['engine', 'exit 0'])
})

it('A-72 one deadline holds for all of it: what hangs is ended', async () => {
  const { events, quit } = open((name) => (name === 'engine' ? new Promise(() => undefined) : undefined))
  quit()
  await vi.advanceTimersByTimeAsync(QUIT_WITHIN - 1)
  expect(events).toEqual(['windows', 'windows done', 'engine'])
  await vi.advanceTimersByTimeAsync(1)
  expect([QUIT_WITHIN, events.slice(3)]).toEqual([5_000, ['late in engine', 'exit 0']])
})

it('A-72 a step that fails does not keep the others from their turn', async () => {
  const { events, quit } = open((name) => {
    if (name === 'windows') throw new Error('disk full')
  })
  quit()
  await vi.advanceTimersByTimeAsync(0)
  expect(events).toEqual([
    'windows',
    'Quitting, windows: disk full',
    'engine',
    'engine done',
    'tray',
    'tray done',
    'exit 0',
  ])
})
