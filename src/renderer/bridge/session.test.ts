import { afterEach, expect, it, vi } from 'vitest'
import type { Handlers, Port } from '../../shared/bridge.ts'
import { createPortPair, serve } from '../../shared/bridge.ts'
import type { AppContract } from '../../shared/contract.ts'
import type { LogLine } from '../../shared/engine-view.ts'
import { contract } from '../../shared/contract.ts'
import { createFakeEngine } from '../../../tests/fake-engine.ts'
import { RefusedError } from './host-port.ts'
import type { Session } from './session.ts'
import { createSession } from './session.ts'

const line = (text: string): LogLine => ({ at: 1, level: 'info', text })
const greet: Handlers<AppContract>['log'] = (_, sink) => {
  sink.send([line('hello')])
  return () => undefined
}
const sessions: Session[] = []
afterEach(() => {
  for (const session of sessions.splice(0)) session.close()
})

/** A session over an engine that can be cut off and replaced. */
function setUp(change: Partial<Handlers<AppContract>> = {}) {
  const { handlers } = createFakeEngine(() => 1_000_000)
  const engines: Port[] = []
  let refusal: Error | undefined
  const onReplaced = vi.fn()
  let collector = 'first'
  const session = createSession({
    backOff: () => 5,
    onReplaced,
    openPort: () => {
      if (refusal) return Promise.reject(refusal)
      const [page, engine] = createPortPair()
      engines.push(engine)
      const info = handlers['app.info']
      serve(
        contract,
        { ...handlers, 'app.info': async (params) => ({ ...(await info(params)), collector }), ...change },
        engine,
      )
      return Promise.resolve(page)
    },
  })
  sessions.push(session)
  const phase = (wanted: string) => vi.waitFor(() => expect(session.state().phase).toBe(wanted))
  return {
    session,
    onReplaced,
    phase,
    cut: () => engines.at(-1)?.close(),
    refuse: (error: Error | undefined) => (refusal = error),
    become: (id: string) => (collector = id),
  }
}

it('a call made while connecting waits for the engine', async () => {
  const { session } = setUp()
  const answer = session.call('app.info', {})
  session.start()
  expect((await answer).version).toBe('0.1.0')
  expect(session.state()).toMatchObject({ phase: 'ready', attempt: 0, info: { collector: 'first' } })
})

it('a stream goes on by itself after the connection was lost', async () => {
  const { session, cut, phase } = setUp({ log: greet })
  const heard: string[] = []
  session.open('log', {}, (lines) => void heard.push(...lines.map(({ text }) => text)))
  session.start()
  await vi.waitFor(() => expect(heard).toEqual(['hello']))
  cut()
  await vi.waitFor(() => expect(heard).toEqual(['hello', 'hello']))
  await phase('ready')
})

it('a stream that was left is not opened again', async () => {
  const opened = vi.fn(() => () => undefined)
  const { session, cut, phase } = setUp({ log: opened })
  const leave = session.open('log', {}, () => undefined)
  session.start()
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1))
  leave()
  cut()
  await phase('ready')
  expect(opened).toHaveBeenCalledTimes(1)
})

it('while the engine is away calls fail at once and the last answer is kept', async () => {
  const { session, cut, refuse, phase } = setUp()
  session.start()
  await phase('ready')
  refuse(new Error('away'))
  cut()
  await phase('lost')
  expect(session.state().info?.collector).toBe('first')
  await expect(session.call('app.info', {})).rejects.toMatchObject({ fault: { code: 'connection-lost' } })
  refuse(undefined)
  await phase('ready')
})

it('A-63 a refused token is told apart from an engine that is away', async () => {
  const { session, refuse, phase } = setUp()
  refuse(new RefusedError())
  session.start()
  await phase('refused')
  refuse(undefined)
  session.retry()
  await phase('ready')
})

it('another data folder in the place of the first makes the page begin anew', async () => {
  const { session, cut, become, onReplaced, phase } = setUp()
  session.start()
  await phase('ready')
  become('second')
  cut()
  await vi.waitFor(() => expect(onReplaced).toHaveBeenCalledTimes(1))
})
