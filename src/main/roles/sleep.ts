import type { Notice } from '../../shared/engine-view.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { HostPort } from '../host-port.ts'

/** A tick this much late means that the machine slept, or this process was stopped: either way nobody answered for us. */
const JUMP: Millis = 30 * SECOND
/** Both the host and the clock may tell of one sleep. */
const SAME: Millis = 10 * SECOND

export interface SleepParts {
  /** Told by the host where it hears of it; seen as a jump of the clock in any case. */
  readonly onPower: HostPort['onPower']
  /** Called once for each sleep, after it. */
  readonly onWake: (since: Millis, until: Millis) => void
}

/** Notices that the machine slept. Returns what ends the watch. */
export function watchSleep({ onPower, onWake }: SleepParts): () => void {
  let tickedAt = Date.now()
  let suspendedAt: Millis | undefined
  let wokeAt = -Infinity

  const wake = (since: Millis) => {
    const now = Date.now()
    suspendedAt = undefined
    tickedAt = now
    if (now - wokeAt < SAME) return
    wokeAt = now
    onWake(since, now)
  }
  const timer = setInterval(() => {
    const late = Date.now() - tickedAt - SECOND
    if (late > JUMP) wake(suspendedAt ?? tickedAt)
    else tickedAt = Date.now()
  }, SECOND)
  const leave = onPower?.((state) => {
    if (state === 'suspended') suspendedAt ??= Date.now()
    else wake(suspendedAt ?? tickedAt)
  })
  return () => {
    clearInterval(timer)
    leave?.()
  }
}

/** Notices, for whoever follows them at that moment. */
export function createNotices() {
  const listeners = new Set<(notice: Notice) => void>()
  return {
    tell(notice: Notice) {
      for (const listener of listeners) listener(notice)
    },
    onNotice(listener: (notice: Notice) => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
