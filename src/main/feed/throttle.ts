import type { Fault } from '../../shared/faults.ts'
import type { Message } from '../exchanges/exchange.ts'
import { createBackoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { unset } from './clock.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { Intake, IntakeListener } from './intake.ts'
import { createIntake } from './intake.ts'

export interface ThrottleListener<S> extends Pick<IntakeListener<S>, 'onMessage' | 'onMalformed' | 'onTurn'> {
  /** The venue's sockets are to be read, or not. */
  onReading(reading: boolean): void
  onPaused(fault: Fault): void
  onResumed(): void
}

/**
 * An intake that keeps a venue within its budget. Over it, the sockets are not read for a while: nothing is thrown away,
 * the venue waits; what was read is still decoded, in slices. Each pause is longer while the venue does not mend.
 */
export interface Throttle<S> extends Pick<Intake<S>, 'push' | 'mark' | 'drain' | 'close'> {
  readonly paused: boolean
}

export function createThrottle<S>(
  decode: (frame: string, source: S) => readonly Message[],
  clock: Clock,
  limits: Pick<FeedLimits, 'perSecond' | 'slice' | 'backlog' | 'pause'>,
  random: () => number,
  listener: ThrottleListener<S>,
): Throttle<S> {
  const backoff = createBackoff(limits.pause, random)
  let paused = false
  let full = false
  let reading = true
  let resumedAt = -Infinity
  let cancel = unset

  const settle = () => {
    const wanted = !paused && !full
    if (wanted === reading) return
    reading = wanted
    listener.onReading(reading)
  }
  const intake = createIntake<S>(decode, clock, limits, {
    onMessage: listener.onMessage,
    onMalformed: listener.onMalformed,
    onTurn: listener.onTurn,
    onFull(value) {
      full = value
      settle()
    },
    onOverBudget(reason) {
      if (clock.monotonic() - resumedAt > limits.pause.longest) backoff.reset()
      paused = true
      settle()
      const length = backoff.next()
      listener.onPaused({
        code: 'over-budget',
        message: `${reason} It is paused for ${Math.ceil(length / 1_000)} s so that the others keep flowing.`,
      })
      cancel = clock.after(length, () => {
        paused = false
        resumedAt = clock.monotonic()
        intake.forgive()
        settle()
        listener.onResumed()
      })
    },
  })
  return {
    push: (source, frame, receivedAt) => intake.push(source, frame, receivedAt),
    mark: (run) => intake.mark(run),
    drain: () => intake.drain(),
    get paused() {
      return paused
    },
    close() {
      intake.close()
      cancel() // a pause that reading the last of it began
    },
  }
}
