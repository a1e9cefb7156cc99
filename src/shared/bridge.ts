/**
 * The protocol between a page and the engine: commands (asked once, answered once) and streams (asked once, answered
 * until left). A stream has at most two values unacknowledged: whoever produces asks `ready` and sends newer state later,
 * never a queue. It runs over anything that is a Port: a MessagePort, a WebSocket, a pair in a test.
 */

import type { z } from 'zod'
import type { Fault } from './faults.ts'
import { FaultError, toFault } from './faults.ts'

export interface Port {
  /** Sends one message: plain data (JSON values and typed arrays). */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

export interface Command<P, R> {
  readonly type: 'command'
  readonly params: z.ZodType<P>
  /** Never present; carries the result's type. */
  readonly result?: R
}
export interface Stream<P, V> {
  readonly type: 'stream'
  readonly params: z.ZodType<P>
  /** Never present; carries the values' type. */
  readonly value?: V
}
export type Contract = Record<string, Command<unknown, unknown> | Stream<unknown, unknown>>

type ParamsOf<E> = E extends Command<infer P, unknown> ? P : E extends Stream<infer P, unknown> ? P : never
type ResultOf<E> = E extends Command<unknown, infer R> ? R : never
type ValueOf<E> = E extends Stream<unknown, infer V> ? V : never
export type CommandName<C> = { [K in keyof C]: C[K] extends Command<unknown, unknown> ? K : never }[keyof C] & string
export type StreamName<C> = { [K in keyof C]: C[K] extends Stream<unknown, unknown> ? K : never }[keyof C] & string

/** Where a stream's values go. */
export interface Sink<V> {
  /** Fewer than two values are on their way: another may be sent. */
  readonly ready: boolean
  send(value: V): void
  /** Called each time the page has taken a value. */
  onReady(listener: () => void): void
  end(fault?: Fault): void
}

export type Handlers<C> = {
  readonly [K in keyof C]: C[K] extends Command<unknown, unknown>
    ? (params: ParamsOf<C[K]>) => ResultOf<C[K]> | Promise<ResultOf<C[K]>>
    : /** Returns what leaves the stream. */ (params: ParamsOf<C[K]>, sink: Sink<ValueOf<C[K]>>) => () => void
}

type Request = { t: 'call' | 'open'; id: number; name: string; params: unknown } | { t: 'ack' | 'leave'; id: number }
type Reply =
  | { t: 'ok'; id: number; value: unknown }
  | { t: 'fail'; id: number; fault: Fault }
  | { t: 'value'; id: number; value: unknown }
  | { t: 'end'; id: number; fault?: Fault }

const IN_FLIGHT = 2

/** Serves a contract's handlers to one page until its port closes. Parameters are validated here: a port is a door. */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, port: Port): void {
  const open = new Map<number, { leave: () => void; taken: () => void }>()
  const reply = (message: Reply) => port.send(message)

  const checked = (name: string, params: unknown, type: 'command' | 'stream'): unknown => {
    const entry = Object.hasOwn(contract, name) ? contract[name] : undefined
    if (entry?.type !== type) throw new FaultError('unknown-command', `There is no ${type} "${name}".`)
    const parsed = entry.params.safeParse(params)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw new FaultError(
      'bad-request',
      `${name}: ${issue?.path.join('.') || 'parameters'}: ${issue?.message ?? 'not valid'}.`,
    )
  }

  const call = async (request: { id: number; name: string; params: unknown }) => {
    try {
      const params = checked(request.name, request.params, 'command')
      const handler = handlers[request.name] as (params: unknown) => unknown
      reply({ t: 'ok', id: request.id, value: await handler(params) })
    } catch (error) {
      reply({ t: 'fail', id: request.id, fault: toFault(error) })
    }
  }

  const openStream = (request: { id: number; name: string; params: unknown }) => {
    const { id } = request
    let inFlight = 0
    let ended = false
    const ready: (() => void)[] = []
    const sink: Sink<unknown> = {
      get ready() {
        return !ended && inFlight < IN_FLIGHT
      },
      send(value) {
        if (ended) return
        inFlight += 1
        reply({ t: 'value', id, value })
      },
      onReady(listener) {
        ready.push(listener)
      },
      end(fault) {
        if (ended) return
        ended = true
        open.get(id)?.leave()
        open.delete(id)
        reply(fault ? { t: 'end', id, fault } : { t: 'end', id })
      },
    }
    try {
      const params = checked(request.name, request.params, 'stream')
      const handler = handlers[request.name] as (params: unknown, sink: Sink<unknown>) => () => void
      const leave = handler(params, sink)
      if (ended) return leave()
      open.set(id, {
        leave: () => {
          ended = true
          leave()
        },
        taken: () => {
          inFlight = Math.max(0, inFlight - 1)
          for (const listener of ready) listener()
        },
      })
    } catch (error) {
      ended = true
      reply({ t: 'end', id, fault: toFault(error) })
    }
  }

  port.onMessage((message) => {
    const request = message as Request | null
    if (typeof request !== 'object' || request === null || typeof request.id !== 'number') return
    switch (request.t) {
      case 'call':
        void call(request)
        break
      case 'open':
        openStream(request)
        break
      case 'ack':
        open.get(request.id)?.taken()
        break
      case 'leave':
        open.get(request.id)?.leave()
        open.delete(request.id)
        break
    }
  })
  port.onClose(() => {
    for (const stream of open.values()) stream.leave()
    open.clear()
  })
}

export interface Client<C extends Contract> {
  call<N extends CommandName<C>>(name: N, params: ParamsOf<C[N]>, timeout?: number): Promise<ResultOf<C[N]>>
  /**
   * Opens a stream. `onValue` may return a promise: the value counts as taken when it settles, and the next one waits for it.
   * Returns what leaves the stream.
   */
  open<N extends StreamName<C>>(
    name: N,
    params: ParamsOf<C[N]>,
    onValue: (value: ValueOf<C[N]>) => void | Promise<void>,
    onEnd?: (fault: Fault | undefined) => void,
  ): () => void
}

const CALL_TIMEOUT = 30_000

/** The page's end of a bridge. */
export function createClient<C extends Contract>(port: Port): Client<C> {
  let next = 1
  let closed = false
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: unknown }>()
  const streams = new Map<number, { take: (value: unknown) => void; end: (fault?: Fault) => void }>()

  port.onMessage((message) => {
    const reply = message as Reply
    if (reply.t === 'ok' || reply.t === 'fail') {
      const call = calls.get(reply.id)
      if (!call) return
      calls.delete(reply.id)
      clearTimeout(call.timer)
      if (reply.t === 'ok') call.resolve(reply.value)
      else call.reject(new FaultError(reply.fault.code, reply.fault.message))
    } else if (reply.t === 'value') streams.get(reply.id)?.take(reply.value)
    else if (reply.t === 'end') {
      streams.get(reply.id)?.end(reply.fault)
      streams.delete(reply.id)
    }
  })
  port.onClose(() => {
    closed = true
    const lost: Fault = { code: 'connection-lost', message: 'The connection to the engine was lost.' }
    for (const call of calls.values()) {
      clearTimeout(call.timer)
      call.reject(new FaultError(lost.code, lost.message))
    }
    calls.clear()
    for (const stream of streams.values()) stream.end(lost)
    streams.clear()
  })

  return {
    call(name, params, timeout = CALL_TIMEOUT) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new FaultError('connection-lost', 'The connection to the engine was lost.'))
        const id = next++
        const timer = setTimeout(() => {
          calls.delete(id)
          reject(
            new FaultError('timed-out', `The engine did not answer "${name}" within ${timeout / 1000} s. Try again.`),
          )
        }, timeout)
        calls.set(id, { resolve: resolve as (value: unknown) => void, reject, timer })
        port.send({ t: 'call', id, name, params })
      })
    },
    open(name, params, onValue, onEnd) {
      const id = next++
      let chain: Promise<void> = Promise.resolve()
      const taken = () => {
        if (streams.has(id)) port.send({ t: 'ack', id })
      }
      streams.set(id, {
        take: (value) => {
          chain = chain
            .then(() => (streams.has(id) ? onValue(value as never) : undefined))
            .then(taken, (error: unknown) => {
              taken()
              throw error
            })
        },
        end: (fault) => onEnd?.(fault),
      })
      port.send({ t: 'open', id, name, params })
      return () => {
        if (!streams.delete(id)) return
        port.send({ t: 'leave', id })
      }
    },
  }
}

/** Two ends that are joined in memory. Messages are cloned, as every real port does. */
export function createPortPair(): [Port, Port] {
  type End = { messages: ((message: unknown) => void)[]; closes: (() => void)[] }
  const ends: [End, End] = [
    { messages: [], closes: [] },
    { messages: [], closes: [] },
  ]
  let closed = false
  const port = (mine: End, other: End): Port => ({
    send(message) {
      const copy = JSON.stringify(message)
      setTimeout(() => {
        if (!closed) for (const listener of other.messages) listener(JSON.parse(copy))
      }, 0)
    },
    onMessage: (listener) => void mine.messages.push(listener),
    onClose: (listener) => void mine.closes.push(listener),
    close() {
      if (closed) return
      closed = true
      for (const listener of [...mine.closes, ...other.closes]) listener()
    },
  })
  return [port(ends[0], ends[1]), port(ends[1], ends[0])]
}
