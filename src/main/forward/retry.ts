/** Waiting: for a time, for the next try, for the cluster to come back. */

import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'

/** Resolves after a time, or as soon as it is aborted. */
export function pause(time: Millis, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, time)
    signal.addEventListener('abort', done)
  })
}

const FIRST_PAUSE: Millis = 100
/** While the cluster is away; it is tried sooner when the bus says that it is back. */
const MOST_PAUSE: Millis = 3_000
/** A trouble that only people can end: rights, settings. */
const SLOW_PAUSE: Millis = 30_000
const NEEDS_PEOPLE = new Set<Fault['code']>([
  'not-authorized',
  'read-only',
  'sasl-failed',
  'bad-request',
  'bad-setting',
])

/**
 * The wait before the next try: longer each time, spread so that many do not come at once, and over as soon as the cluster is
 * back. There is always a next try.
 */
export async function untilRetry(bus: Bus, fault: Fault, attempt: number, signal: AbortSignal): Promise<void> {
  const most = NEEDS_PEOPLE.has(fault.code) ? SLOW_PAUSE : MOST_PAUSE
  const time = Math.min(most, FIRST_PAUSE * 2 ** Math.min(attempt, 16)) * (0.5 + Math.random())
  const back = new AbortController()
  const end = () => back.abort()
  const off = bus.onState(() => {
    if (bus.state().state === 'up') end()
  })
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  await pause(time, back.signal)
  signal.removeEventListener('abort', end)
  off()
}
