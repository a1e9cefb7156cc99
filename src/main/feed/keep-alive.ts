import type { Millis } from '../../shared/market.ts'
import type { KeepAlive } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import { unset } from './clock.ts'

export interface KeepAliveActions {
  ping(): void
  send(text: string): void
  /** Nothing came back in time. Called once. */
  dead(): void
  /** An answer to our ping took so long. */
  onRoundTrip(length: Millis): void
}

export interface Watchdog {
  /** Anything at all arrived. */
  alive(): void
  /** An answer to a ping of ours (or, for text pings, whatever the venue counts as one). */
  answered(): void
  /** While we do not read, silence proves nothing. */
  pause(): void
  resume(): void
  stop(): void
}

/** Keeps a socket open by its venue's rule and tells when the other end is gone. */
export function startKeepAlive(rule: KeepAlive, clock: Clock, actions: KeepAliveActions): Watchdog {
  let lastAt = clock.monotonic()
  let askedAt: Millis | undefined
  let paused = false
  let cancel = unset

  const wait = (delay: Millis, run: () => void) => {
    cancel = clock.after(delay, run)
  }
  // When this thread itself stood still, the answer may lie unread.
  const afterReading = (run: () => void) => {
    cancel = clock.soon(run)
  }
  const ask = () => {
    if (rule.kind === 'server') return
    if (paused) return wait(rule.every, ask)
    const sentAt = clock.monotonic()
    askedAt = sentAt
    if (rule.kind === 'ping') actions.ping()
    else actions.send(rule.frame)
    wait(rule.timeout, () =>
      afterReading(() => {
        if (!paused && lastAt < sentAt) return actions.dead()
        wait(Math.max(0, rule.every - rule.timeout), ask)
      }),
    )
  }
  const listen = () => {
    if (rule.kind !== 'server') return
    if (paused) return wait(rule.within, listen)
    const left = lastAt + rule.within - clock.monotonic()
    if (left > 0) return wait(left, listen)
    afterReading(() => {
      if (paused || lastAt + rule.within > clock.monotonic()) return listen()
      actions.dead()
    })
  }
  if (rule.kind === 'server') wait(rule.within, listen)
  else wait(rule.every, ask)

  const alive = () => {
    lastAt = clock.monotonic()
  }
  return {
    alive,
    answered() {
      alive()
      if (askedAt !== undefined) actions.onRoundTrip(lastAt - askedAt)
      askedAt = undefined
    },
    pause() {
      paused = true
      askedAt = undefined
    },
    resume() {
      paused = false
      alive()
    },
    stop: () => cancel(),
  }
}
