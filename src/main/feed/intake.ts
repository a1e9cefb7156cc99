import type { MalformedRule } from '../../shared/malformed-rules.ts'
import type { Millis } from '../../shared/market.ts'
import type { Message } from '../exchanges/exchange.ts'
import { FrameError } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import type { FeedLimits } from './feed-limits.ts'

export interface IntakeListener<S> {
  onMessage(source: S, message: Message, receivedAt: Millis): void
  /** A frame that is not what the venue documents, or (`rule` 'decoder') one that our decoder could not bear. */
  onMalformed(rule: MalformedRule, message: string, frame: string, receivedAt: Millis): void
  /** A slice of work is done: hand on what was gathered. */
  onTurn(): void
  /** Too many frames wait: stop reading, or read again. */
  onFull(full: boolean): void
  /** The venue costs more than it may. Said once, until `forgive`. */
  onOverBudget(reason: string): void
}

/** Where a venue's frames wait to be decoded, in slices so short that the other venues keep flowing. */
export interface Intake<S> {
  push(source: S, frame: string, receivedAt: Millis): void
  /** Runs in order with the frames: after all that have arrived by now. */
  mark(run: () => void): void
  /** Counts anew. */
  forgive(): void
  /** Frames waiting. */
  readonly waiting: number
  /** Reads all that waits, now and to its end: what has arrived is not lost because somebody leaves. */
  drain(): void
  /** Drains, and takes nothing more. */
  close(): void
}

export function createIntake<S>(
  decode: (frame: string, source: S) => readonly Message[],
  clock: Clock,
  limits: Pick<FeedLimits, 'perSecond' | 'slice' | 'backlog'>,
  listener: IntakeListener<S>,
): Intake<S> {
  type Entry = { source: S; frame: string; receivedAt: Millis } | (() => void)
  let queue: Entry[] = []
  let head = 0
  let cancel: (() => void) | undefined
  let full = false
  let over = false
  let closed = false
  let windowFrom = clock.monotonic()
  const used = { frames: 0, decode: 0, malformed: 0 }

  const count = (what: keyof typeof used, amount: number) => {
    const now = clock.monotonic()
    if (now - windowFrom >= 1_000) {
      windowFrom = now
      used.frames = used.decode = used.malformed = 0
    }
    used[what] += amount
    if (over || used[what] <= limits.perSecond[what]) return
    over = true
    listener.onOverBudget(OVER[what](limits.perSecond[what]))
  }
  const take = (entry: Exclude<Entry, () => void>) => {
    let messages: readonly Message[]
    try {
      messages = decode(entry.frame, entry.source)
    } catch (error) {
      count('malformed', 1)
      const rule = error instanceof FrameError ? error.rule : 'decoder'
      listener.onMalformed(rule, error instanceof Error ? error.message : String(error), entry.frame, entry.receivedAt)
      return
    }
    for (const message of messages) listener.onMessage(entry.source, message, entry.receivedAt)
  }
  const drain = () => {
    cancel = undefined
    const busyFrom = clock.busy()
    const from = clock.monotonic()
    let now = from
    while (head < queue.length && now - from < limits.slice) {
      const entry = queue[head++]
      if (typeof entry === 'function') entry()
      else if (entry) take(entry)
      now = clock.monotonic()
    }
    if (head === queue.length) {
      queue = []
      head = 0
    } else cancel ??= clock.soon(drain)
    count('decode', clock.busy() - busyFrom)
    listener.onTurn()
    if (full && queue.length - head < limits.backlog.low) {
      full = false
      listener.onFull(false)
    }
  }
  const drainAll = () => {
    // An entry may bring others with it.
    for (let entry = queue[head]; entry; entry = queue[head]) {
      head += 1
      if (typeof entry === 'function') entry()
      else take(entry)
    }
    queue = []
    head = 0
    listener.onTurn()
  }
  const add = (entry: Entry) => {
    if (closed) return
    queue.push(entry)
    cancel ??= clock.soon(drain)
  }

  return {
    push(source, frame, receivedAt) {
      add({ source, frame, receivedAt })
      count('frames', 1)
      if (!full && queue.length - head > limits.backlog.high) {
        full = true
        listener.onFull(true)
      }
    },
    mark: add,
    forgive() {
      over = false
      windowFrom = clock.monotonic()
      used.frames = used.decode = used.malformed = 0
    },
    get waiting() {
      return queue.length - head
    },
    drain: drainAll,
    close() {
      cancel?.()
      drainAll()
      cancel?.() // what came meanwhile is read already
      closed = true
    },
  }
}

const OVER: Record<'frames' | 'decode' | 'malformed', (limit: number) => string> = {
  frames: (limit) => `It sends more than ${limit} frames a second.`,
  decode: (limit) => `Its frames take more than ${limit} ms of each second to read.`,
  malformed: (limit) => `It sends more than ${limit} unreadable frames a second.`,
}
