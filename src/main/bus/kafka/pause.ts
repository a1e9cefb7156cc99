import type { Millis } from '../../../shared/market.ts'

/** Waits, and not beyond the signal. Never rejects. */
export function pause(time: Millis, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, time)
    signal.addEventListener('abort', done)
  })
}

/** Doubling from `first`, with jitter, never above `longest`. `attempt` counts from 0. */
export function backoff(attempt: number, first: Millis, longest: Millis): Millis {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt, 30))
  return whole / 2 + (Math.random() * whole) / 2
}
