import type { Millis } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { Use } from './budget.ts'
import { createBudget } from './budget.ts'
import type { Clock } from './clock.ts'
import { unset } from './clock.ts'
import type { Connection, Dial } from './dial.ts'
import type { Watchdog } from './keep-alive.ts'
import { startKeepAlive } from './keep-alive.ts'
import { NetworkFault } from './network-faults.ts'

export interface SocketListener {
  onOpen(): void
  onFrame(text: string, receivedAt: Millis): void
  onTooLarge(): void
  onRoundTrip(length: Millis): void
  /** Once. `fault` is absent when we closed it ourselves. */
  onClose(fault: NetworkFault): void
}

/** One connection from dialling to its end: frames sent at the venue's pace, kept alive, found dead when it is. */
export interface FeedSocket {
  readonly open: boolean
  /** When it last gave any sign of life, by our wall clock; undefined before the first. */
  readonly lastArrivalAt: Millis | undefined
  /** Frames go out in order, at the plan's pace and within the venue's limit for a connection. */
  send(frames: readonly string[]): void
  /** How long a frame given to `send` now would wait. */
  wait(): Millis
  /** The last frame given to `send` has gone out. */
  readonly sentAll: boolean
  /** The venue answered a text ping. */
  pong(): void
  pause(): void
  resume(): void
  /** Ends it; the listener hears nothing more. */
  close(): void
  /** What of the limit of frames is in use. */
  use(): Use
}

/** A farewell that nobody answers would keep the socket for 30 s, and a paused one never reads the answer. */
const FAREWELL: Millis = 500

export interface SocketOptions {
  readonly url: string
  readonly exchange: Pick<Exchange, 'keepAlive' | 'limits' | 'stamp'>
  /** Least time between two frames of ours. */
  readonly pace: Millis
  readonly dial: Dial
  readonly clock: Clock
}

export function openSocket(options: SocketOptions, listener: SocketListener): FeedSocket {
  const { clock, exchange, pace } = options
  const allowance = createBudget(exchange.limits.frames, clock)
  const queue: string[] = []
  let state: 'dialling' | 'open' | 'closed' = 'dialling'
  let watchdog: Watchdog | undefined
  let lastArrivalAt: Millis | undefined
  let lastSentAt = -Infinity
  let cancelSend: (() => void) | undefined
  let cancelEnd = unset

  const end = () => {
    state = 'closed'
    watchdog?.stop()
    cancelSend?.()
  }
  const pump = () => {
    cancelSend?.()
    cancelSend = undefined
    if (state !== 'open') return
    while (queue.length > 0) {
      const delay = Math.max(lastSentAt + pace - clock.monotonic(), allowance.wait())
      if (delay > 0) {
        cancelSend = clock.after(Math.ceil(delay), pump)
        return
      }
      allowance.spend()
      lastSentAt = clock.monotonic()
      const frame = queue.shift() ?? ''
      connection.send(exchange.stamp?.(frame, clock.now()) ?? frame)
    }
  }

  const connection: Connection = options.dial(options.url, {
    onOpen() {
      if (state !== 'dialling') return
      state = 'open'
      lastArrivalAt = clock.now()
      watchdog = startKeepAlive(exchange.keepAlive, clock, {
        ping: () => connection.ping(),
        send(text) {
          queue.unshift(text)
          pump()
        },
        dead() {
          if (state === 'closed') return
          end()
          connection.terminate()
          const { host } = new URL(options.url)
          listener.onClose(new NetworkFault('socket-dead', `${host} keeps the connection open but no longer answers.`))
        },
        onRoundTrip: (length) => listener.onRoundTrip(length),
      })
      listener.onOpen()
      pump()
    },
    onFrame(text, receivedAt) {
      if (state !== 'open') return
      lastArrivalAt = receivedAt
      watchdog?.alive()
      listener.onFrame(text, receivedAt)
    },
    onLife(kind) {
      if (state !== 'open') return
      lastArrivalAt = clock.now()
      if (kind === 'pong') watchdog?.answered()
      else watchdog?.alive()
    },
    onTooLarge: () => listener.onTooLarge(),
    onClose(fault) {
      cancelEnd()
      if (state === 'closed') return
      end()
      listener.onClose(fault)
    },
  })

  return {
    get open() {
      return state === 'open'
    },
    get lastArrivalAt() {
      return lastArrivalAt
    },
    wait() {
      const ahead = queue.length + 1
      return Math.max(0, lastSentAt + pace * ahead - clock.monotonic(), allowance.wait(ahead))
    },
    get sentAll() {
      return state === 'open' && queue.length === 0
    },
    send(frames) {
      queue.push(...frames)
      pump()
    },
    pong: () => watchdog?.answered(),
    pause() {
      watchdog?.pause()
      if (state === 'open') connection.pause()
    },
    resume() {
      watchdog?.resume()
      if (state === 'open') connection.resume()
    },
    close() {
      if (state === 'closed') return
      const wasOpen = state === 'open'
      end()
      if (wasOpen) connection.close()
      cancelEnd = clock.after(wasOpen ? FAREWELL : 0, () => connection.terminate())
    },
    use: () => allowance.use(),
  }
}
