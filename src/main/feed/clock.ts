import type { Millis } from '../../shared/market.ts'

/** Time as the feed sees it: a port, so that a test can live through hours in a moment. */
export interface Clock {
  /** Wall clock. For labels only: it may jump. */
  now(): Millis
  /** Never jumps. For rates, ages and time-outs. */
  monotonic(): Millis
  /** Processor time that this thread has used. For budgets: when other programs have the processor, no venue is to blame. */
  busy(): Millis
  /** Runs once after `delay`; returns what cancels it. */
  after(delay: Millis, run: () => void): () => void
  /** Runs once when sockets have had their turn; returns what cancels it. */
  soon(run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  busy() {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1_000
  },
  after(delay, run) {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
  soon(run) {
    const immediate = setImmediate(run)
    return () => clearImmediate(immediate)
  },
}

/** The cancel of a timer that is not set. */
export const unset = (): void => {}

/** Runs each `period`, first after one period; returns what ends it. */
export function every(clock: Clock, period: Millis, run: () => void): () => void {
  let cancel = clock.after(period, tick)
  function tick() {
    cancel = clock.after(period, tick)
    run()
  }
  return () => cancel()
}

/** Settles after `delay`, or at once when aborted: a loop asks its signal next. */
export function sleep(clock: Clock, delay: Millis, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(delay, done)
    signal.addEventListener('abort', done)
  })
}
