import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FaultError } from '../../../shared/faults.ts'
import type { EngineAsk } from './engine-messages.ts'
import { createEngineSupervisor, LASTED, RESTART_AFTER } from './engine-supervisor.ts'
import type { FakePort } from './testing/fake-electron.ts'
import { as, asProcess, createChannel, FakeProcess } from './testing/fake-electron.ts'

const BEGIN = { kind: 'begin', secrets: { encrypted: true, names: ['kafka:one'] } } as const

let children: FakeProcess[]
let said: string[]
beforeEach(() => {
  vi.useFakeTimers()
  children = []
  said = []
})
afterEach(() => vi.useRealTimers())

function open(answer: (what: EngineAsk) => Promise<unknown> = () => Promise.resolve()) {
  const supervisor = createEngineSupervisor({
    fork() {
      const child = new FakeProcess()
      children.push(child)
      return asProcess(child)
    },
    channel: createChannel,
    begin: () => BEGIN,
    answer,
    log: (text) => said.push(text),
  })
  const phases: string[] = []
  supervisor.onState(({ phase }) => phases.push(phase))
  return { supervisor, phases }
}
const newest = () => children.at(-1)!

it('an engine is told first how secrets are kept, and runs once it says so', () => {
  const { supervisor, phases } = open()
  supervisor.start()
  newest().says({ kind: 'ready' })
  expect([newest().sent, phases]).toEqual([[{ message: BEGIN, ports: 0 }], ['starting', 'running']])
})

it('an engine that ends unasked is started again, with notice, later each time it does not last', () => {
  const { supervisor, phases } = open()
  supervisor.start()
  const waits: number[] = []
  for (const wait of RESTART_AFTER) {
    newest().ends(9)
    const before = children.length
    vi.advanceTimersByTime(wait - 1)
    expect(children.length).toBe(before)
    vi.advanceTimersByTime(1)
    expect(children.length).toBe(before + 1)
    waits.push(wait)
  }
  expect(supervisor.state).toMatchObject({
    phase: 'failed',
    ends: 5,
    last: { code: 9, text: 'The engine ended with code 9.' },
  })
  newest().says({ kind: 'ready' })
  expect(phases.at(-1)).toBe('running')
  expect(said).toEqual(waits.map(() => 'The engine ended with code 9. It is started again.'))
})

it('an engine that ran well for a while is started again at once', () => {
  const { supervisor } = open()
  supervisor.start()
  for (let life = 0; life < 3; life += 1) {
    vi.advanceTimersByTime(LASTED + 1)
    newest().ends(1)
    vi.advanceTimersByTime(RESTART_AFTER[0]!)
  }
  expect([children.length, supervisor.state.ends, supervisor.state.phase]).toEqual([4, 3, 'starting'])
})

it('the reason that a failing engine gives is the one that is told', () => {
  const { supervisor } = open()
  supervisor.start()
  newest().says({ kind: 'failed', fault: { code: 'folder-locked', message: 'Another Tapedeck uses this folder.' } })
  newest().ends(1)
  const fault = { code: 'folder-locked', message: 'Another Tapedeck uses this folder.' }
  expect(supervisor.state.last).toMatchObject({ text: fault.message, fault })
})

it('a page’s port that comes while there is no engine goes to the next one', () => {
  const { supervisor } = open()
  supervisor.start()
  newest().ends(1)
  supervisor.attach(createChannel().port1)
  vi.advanceTimersByTime(RESTART_AFTER[0]!)
  expect(newest().sent.slice(1)).toEqual([{ message: { kind: 'page' }, ports: 1 }])
})

it('main’s own port closes with the engine', () => {
  const { supervisor } = open()
  supervisor.start()
  let closed = false
  supervisor.openPort().onClose(() => (closed = true))
  newest().ends(1)
  expect(closed).toBe(true)
})

it('A-72 closing asks the engine to end, waits for it, and starts no other', async () => {
  const { supervisor, phases } = open()
  supervisor.start()
  const closing = supervisor.close()
  expect(newest().sent.at(-1)).toEqual({ message: { kind: 'close' }, ports: 0 })
  newest().ends(0)
  await closing
  vi.advanceTimersByTime(60_000)
  expect([children.length, phases.at(-1), said]).toEqual([1, 'closing', []])
  const late = createChannel().port1
  supervisor.attach(late)
  expect(as<FakePort>(late).closed).toBe(true)
})

it('what the engine asks is answered with a value or with its fault', async () => {
  const { supervisor } = open((what) =>
    what.ask === 'secret.get' ? Promise.resolve('s') : Promise.reject(new FaultError('bad-setting', 'No.')),
  )
  supervisor.start()
  newest().says({ kind: 'ask', id: 1, what: { ask: 'secret.get', name: 'kafka:one' } })
  newest().says({ kind: 'ask', id: 2, what: { ask: 'secret.set', name: 'kafka:one' } })
  await vi.advanceTimersByTimeAsync(0)
  expect(
    newest()
      .sent.slice(1)
      .map(({ message }) => message),
  ).toEqual([
    { kind: 'answer', id: 1, value: 's' },
    { kind: 'answer', id: 2, fault: { code: 'bad-setting', message: 'No.' } },
  ])
})

it.each([
  undefined,
  'ready',
  { kind: 'quit' },
  { kind: 'ready', more: true },
  { kind: 'ask', id: 1, what: { ask: 'secret.list' } },
  { kind: 'ask', id: -1, what: { ask: 'emulator.stop' } },
  { kind: 'redeemed', id: 1, file: { path: '/etc/passwd', name: '' } },
])('A-80 what is not in the protocol is passed over: %j', (message) => {
  const asked: EngineAsk[] = []
  const { supervisor } = open((what) => Promise.resolve(asked.push(what)))
  supervisor.start()
  newest().says(message)
  expect([asked, said]).toEqual([[], ['The engine said something that is not in its protocol. It was passed over.']])
})

it('a download asked of an engine that ends is none', async () => {
  const { supervisor } = open()
  supervisor.start()
  const first = supervisor.redeem('ticket')
  newest().says({ kind: 'redeemed', id: 1, file: { path: '/data/exports/1/a.csv', name: 'a.csv' } })
  const second = supervisor.redeem('ticket')
  newest().ends(1)
  expect([await first, await second]).toEqual([{ path: '/data/exports/1/a.csv', name: 'a.csv' }, undefined])
})
