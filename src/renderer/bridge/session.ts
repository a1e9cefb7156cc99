/**
 * The page's lasting conversation with its engine. Ports come and go; a session opens the next one with back-off and
 * opens every stream again, so that panels ask once and hear until they leave.
 */

import { useSyncExternalStore } from 'react'
import type { Client, Port } from '../../shared/bridge.ts'
import { createClient } from '../../shared/bridge.ts'
import type { AppContract } from '../../shared/contract.ts'
import type { AppInfo } from '../../shared/engine-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { openHostPort, RefusedError } from './host-port.ts'

/** 'connecting': the first time. 'lost': was ready, tries again. 'refused': the token is not valid; tried again slowly. */
export interface SessionState {
  readonly phase: 'connecting' | 'ready' | 'lost' | 'refused'
  /** Phase entered. */
  readonly since: Millis
  /** Failed attempts since the last success. */
  readonly attempt: number
  readonly nextAttemptAt?: Millis
  /** Of the newest connection; kept while lost. */
  readonly info?: AppInfo
}

export interface Session extends Client<AppContract> {
  /** Begins to connect. Safe to call once. */
  readonly start: () => void
  /** Tries now, whatever the back-off says. */
  readonly retry: () => void
  readonly state: () => SessionState
  readonly subscribe: (listener: () => void) => () => void
  close(): void
}

export interface SessionOptions {
  readonly openPort: () => Promise<Port>
  /** Another data folder, or another version, answers now: nothing on screen holds any more. */
  readonly onReplaced: () => void
  readonly backOff?: (attempt: number) => Millis
}

interface OpenStream {
  reopen(client: Client<AppContract>): void
}

/** Another data folder, another version, or a backup in the place of what was stored. */
const isReplaced = (before: AppInfo, now: AppInfo): boolean =>
  before.collector !== now.collector || before.version !== now.version || before.restoredAt !== now.restoredAt

const REFUSED_RETRY: Millis = 10_000
const backOffOf = (attempt: number): Millis => Math.min(250 * 2 ** Math.min(attempt, 10), 5_000)

/** A session over ports that `openPort` gives. */
export function createSession({ openPort, onReplaced, backOff = backOffOf }: SessionOptions): Session {
  let current: SessionState = { phase: 'connecting', since: Date.now(), attempt: 0 }
  let client: Client<AppContract> | undefined
  let port: Port | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let opening = false
  let closed = false
  const listeners = new Set<() => void>()
  const streams = new Set<OpenStream>()
  const waiting = new Set<(client: Client<AppContract> | undefined) => void>()

  const enter = (next: SessionState) => {
    current = next
    for (const listener of listeners) listener()
  }
  const release = (answerer: Client<AppContract> | undefined) => {
    for (const resolve of waiting) resolve(answerer)
    waiting.clear()
  }

  const fail = (error: unknown) => {
    if (closed) return
    client = undefined
    const refused = error instanceof RefusedError
    const attempt = current.attempt + 1
    const wait = refused ? REFUSED_RETRY : backOff(attempt)
    const phase = refused ? 'refused' : current.info || attempt > 2 ? 'lost' : 'connecting'
    enter({
      ...current,
      phase,
      since: phase === current.phase ? current.since : Date.now(),
      attempt,
      nextAttemptAt: Date.now() + wait,
    })
    if (phase !== 'connecting') release(undefined)
    clearTimeout(timer)
    timer = setTimeout(() => void connect(), wait)
  }

  const connect = async () => {
    if (opening || closed) return
    opening = true
    clearTimeout(timer)
    let opened: Port | undefined
    try {
      opened = await openPort()
      const candidate = createClient<AppContract>(opened)
      const info = await candidate.call('app.info', {})
      if (closed) return opened.close()
      const before = current.info
      if (before && isReplaced(before, info)) return onReplaced()
      port = opened
      client = candidate
      opened.onClose(() => {
        if (client === candidate) fail(undefined)
      })
      enter({ phase: 'ready', since: Date.now(), attempt: 0, info })
      for (const stream of streams) stream.reopen(candidate)
      release(candidate)
    } catch (error) {
      opened?.close()
      fail(error)
    } finally {
      opening = false
    }
  }

  return {
    start: () => void connect(),
    retry: () => void connect(),
    state: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async call(name, params, timeout) {
      const answerer =
        client ??
        (current.phase === 'connecting'
          ? await new Promise<Client<AppContract> | undefined>((resolve) => waiting.add(resolve))
          : undefined)
      if (!answerer) throw new FaultError('connection-lost', 'The connection to the engine is lost. It is tried again.')
      return answerer.call(name, params, timeout)
    },
    open(name, params, onValue, onEnd) {
      let leave: (() => void) | undefined
      const stream: OpenStream = {
        reopen(opened) {
          leave = opened.open(name, params, onValue, (fault) => {
            if (fault?.code === 'connection-lost') return
            streams.delete(stream)
            onEnd?.(fault)
          })
        },
      }
      streams.add(stream)
      if (client) stream.reopen(client)
      return () => {
        streams.delete(stream)
        leave?.()
      }
    },
    close() {
      closed = true
      clearTimeout(timer)
      port?.close()
      release(undefined)
    },
  }
}

/** This page's session. */
export const session: Session = createSession({ openPort: openHostPort, onReplaced: () => location.reload() })

/** How the connection to the engine stands. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state)
}
