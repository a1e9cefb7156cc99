import type { MessagePortMain, UtilityProcess } from 'electron'
import type { Port } from '../../../shared/bridge.ts'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'
import type { Millis } from '../../../shared/market.ts'
import type { EngineState } from '../../../shared/shell-contract.ts'
import type { DownloadFile } from './downloads.ts'
import { createRedeemer } from './downloads.ts'
import type { EngineAsk, ToEngine } from './engine-messages.ts'
import { fromEngineSchema } from './engine-messages.ts'
import { messagePort } from './message-port.ts'

/** How long to wait before the engine is started again: longer each time that it does not last. */
export const RESTART_AFTER: readonly Millis[] = [500, 1_000, 2_000, 5_000, 30_000]
/** An engine that has run so long was well: its end is the first one again. */
export const LASTED: Millis = 60_000

export interface SupervisorParts {
  readonly fork: () => UtilityProcess
  readonly channel: () => { readonly port1: MessagePortMain; readonly port2: MessagePortMain }
  /** The first thing that a new engine is told. */
  readonly begin: () => Extract<ToEngine, { kind: 'begin' }>
  /** Rejects with a FaultError. */
  readonly answer: (ask: EngineAsk) => Promise<unknown>
  readonly log: (text: string) => void
  readonly now?: () => Millis
}

/** The engine's process, kept running: started again whenever it ends unasked, which is told. */
export interface EngineSupervisor {
  readonly state: EngineState
  onState(listener: (state: EngineState) => void): () => void
  start(): void
  /** Hands a page's port to the engine; to the next one, where there is none at the moment. */
  attach(port: MessagePortMain): void
  /** A port of main's own. It closes when this engine ends. */
  openPort(): Port
  redeem(ticket: string): Promise<DownloadFile | undefined>
  tell(message: Extract<ToEngine, { kind: 'power' }>): void
  /** Asks the engine to end in the order of its pipeline, and waits until it has. */
  close(): Promise<void>
  /** Ends it now: what it had committed is safe, the rest is lost. */
  kill(): void
}

export function createEngineSupervisor(parts: SupervisorParts): EngineSupervisor {
  const { now = Date.now } = parts
  let state: EngineState = { phase: 'starting', since: now(), ends: 0 }
  let engine: UtilityProcess | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let startedAt = 0
  let complaint: Fault | undefined
  const listeners = new Set<(state: EngineState) => void>()
  const waiting: MessagePortMain[] = []
  const ours = new Set<Port>()
  const ended: (() => void)[] = []
  const post = (message: ToEngine, ports?: MessagePortMain[]) => engine?.postMessage(message, ports)
  const redeemer = createRedeemer(post)

  const enter = (phase: EngineState['phase'], change: Partial<EngineState> = {}) => {
    state = { ...state, ...change, phase, since: now() }
    for (const listener of listeners) listener(state)
  }

  const answer = (id: number, what: EngineAsk) => {
    const asker = engine
    parts.answer(what).then(
      (value) => asker === engine && post({ kind: 'answer', id, ...(value === undefined ? {} : { value }) }),
      (error: unknown) => asker === engine && post({ kind: 'answer', id, fault: toFault(error) }),
    )
  }

  const onMessage = (said: unknown) => {
    const parsed = fromEngineSchema.safeParse(said)
    if (!parsed.success) return parts.log('The engine said something that is not in its protocol. It was passed over.')
    const message = parsed.data
    switch (message.kind) {
      case 'ready':
        if (state.phase !== 'closing') enter('running')
        break
      case 'failed':
        complaint = message.fault
        break
      case 'redeemed':
        redeemer.onRedeemed(message.id, message.file)
        break
      case 'ask':
        answer(message.id, message.what)
        break
    }
  }

  const onExit = (code: number) => {
    engine = undefined
    for (const port of ours) port.close()
    ours.clear()
    redeemer.giveUp()
    for (const resolve of ended.splice(0)) resolve()
    if (state.phase === 'closing') return
    failures = now() - startedAt > LASTED ? 1 : failures + 1
    const text = complaint?.message ?? `The engine ended with code ${code}.`
    parts.log(`${text} It is started again.`)
    const last = { at: now(), code, text, ...(complaint ? { fault: complaint } : {}) }
    enter(failures >= RESTART_AFTER.length ? 'failed' : 'restarting', { ends: state.ends + 1, last })
    timer = setTimeout(start, RESTART_AFTER[Math.min(failures, RESTART_AFTER.length) - 1])
  }

  const start = () => {
    clearTimeout(timer)
    if (engine || state.phase === 'closing') return
    startedAt = now()
    complaint = undefined
    const child = parts.fork()
    engine = child
    child.on('message', (message: unknown) => child === engine && onMessage(message))
    child.once('exit', (code) => child === engine && onExit(code))
    post(parts.begin())
    if (state.phase !== 'failed') enter('starting')
    for (const port of waiting.splice(0)) post({ kind: 'page' }, [port])
  }

  return {
    get state() {
      return state
    },
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    attach(port) {
      if (engine) post({ kind: 'page' }, [port])
      else if (state.phase === 'closing') port.close()
      else waiting.push(port)
    },
    openPort() {
      const { port1, port2 } = parts.channel()
      const port = messagePort(port2)
      if (engine) post({ kind: 'page' }, [port1])
      ours.add(port)
      port.onClose(() => ours.delete(port))
      return port
    },
    redeem: redeemer.redeem,
    tell: post,
    close() {
      clearTimeout(timer)
      enter('closing')
      for (const port of waiting.splice(0)) port.close()
      if (!engine) return Promise.resolve()
      return new Promise((resolve) => {
        ended.push(resolve)
        post({ kind: 'close' })
      })
    },
    kill: () => void engine?.kill(),
  }
}
