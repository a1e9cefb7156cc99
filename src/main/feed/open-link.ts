import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Exchange, SocketPlan, Want } from '../exchanges/exchange.ts'
import type { Access } from './access.ts'
import { createBackoff } from './backoff.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import { unset } from './clock.ts'
import type { Dial } from './dial.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { Link, LinkListener } from './link.ts'
import type { NetworkFault } from './network-faults.ts'
import type { Refusal } from './refusal.ts'
import type { Session } from './session.ts'
import { openSession } from './session.ts'
import { toChangeFrames } from './wants.ts'

export interface LinkOptions {
  readonly exchange: Exchange
  readonly plan: SocketPlan
  readonly dial: Dial
  readonly clock: Clock
  readonly random: () => number
  readonly connects: Budget
  readonly limits: FeedLimits
  readonly access?: Access | undefined
  readonly refusal?: Refusal | undefined
  resolve(url: string): string
  isRefused(market: string): boolean
  /** Numbers sockets over all links of a venue. */
  number(): number
}

export function openLink(options: LinkOptions, listener: LinkListener): Link {
  const { exchange, clock, connects, limits, access, refusal } = options
  const isWhole = exchange.change === 'replaces-all'
  const backoff = createBackoff(limits.retry, options.random)
  let plan = options.plan
  let current: Session | undefined
  let next: Session | undefined
  let host = 0
  let closed = false
  let paused = false
  let awaySince: Millis | undefined = clock.monotonic()
  let nextAttemptAt: Millis | undefined
  let fault: Fault | undefined
  let retiring = false
  let asking = false
  let cancelDial = unset
  let cancelHandOver = unset
  let cancelRetire = unset

  const schedule = (delay: Millis) => {
    cancelDial()
    nextAttemptAt = clock.now() + delay
    cancelDial = clock.after(delay, dialNext)
  }
  const dialNext = () => {
    if (closed || next || asking) return
    if (exchange.limits.alone !== undefined && current) return link.reconnect()
    const wait = Math.max(connects.wait(), refusal?.wait('socket') ?? 0)
    if (wait > 0) return schedule(Math.ceil(wait))
    if (!access) return start(exchange)
    asking = true
    access.signer().then(
      (sign) => {
        asking = false
        start({ ...exchange, stamp: (frame, at) => sign(exchange.stamp?.(frame, at) ?? frame) })
      },
      (error: unknown) => {
        asking = false
        if (closed) return
        fault = toFault(error)
        listener.onDown(link, fault, undefined)
        // Only other keys end these, and whoever enters some has it dialled.
        if (!KEY_FAULTS.includes(fault.code)) schedule(backoff.next())
      },
    )
  }
  const start = (signed: Exchange) => {
    if (closed || next) return
    if (refusal?.enter('socket') === false) return schedule(Math.ceil(refusal.wait('socket')))
    connects.spend()
    nextAttemptAt = undefined
    next = dial(signed)
  }

  const dial = (signed: Exchange): Session => {
    const dialled = plan
    return openSession({
      number: options.number(),
      link,
      plan,
      url: address(),
      exchange: signed,
      dial: options.dial,
      clock,
      isLive: (session) => !closed && (session === current || session === next),
      onOpen(session) {
        refusal?.served()
        fault = undefined
        // The wants may have changed while it was being opened.
        change(session, dialled.wants, plan.wants)
        if (!current) promote()
      },
      onFrame: (source, text, receivedAt) => listener.onFrame(source, text, receivedAt),
      onTooLarge: () => listener.onTooLarge(),
      onRoundTrip: (length) => listener.onRoundTrip(length),
      onConfirmed: confirm,
      onClose,
    })
  }
  const address = () => options.resolve(plan.urls[host % plan.urls.length]!)

  const promote = () => {
    current = next
    next = undefined
    if (paused) current?.socket.pause()
    planHandOver()
    if (current?.confirmed) awaySince = undefined
    listener.onUp(link)
  }
  const confirm = (session: Session, whole: boolean) => {
    if (session === current) awaySince = undefined
    if (whole) listener.onConfirmed(link)
    if (session !== next || !current || retiring) return
    // Both run side by side for a while, so that nothing falls between them.
    retiring = true
    cancelRetire = clock.after(limits.overlap, () => {
      retiring = false
      if (session !== next) return
      current?.socket.close()
      current = session
      next = undefined
      backoff.reset()
      planHandOver()
    })
  }
  const stopRetiring = () => {
    retiring = false
    cancelRetire()
  }
  const onClose = (session: Session, reason: NetworkFault) => {
    if (!session.up && reason.fault.code === 'rate-limited') refusal?.refused('socket', reason)
    else if (!session.up) refusal?.failed()
    if (reason.retryAfter !== undefined && refusal === undefined) connects.hold(reason.retryAfter)
    // An address that never opened is not the one to insist on.
    if (!session.up) host += 1
    if (session === next) {
      next = undefined
      stopRetiring()
      if (!current) {
        fault = reason.fault
        listener.onDown(link, reason.fault, undefined)
      }
      return schedule(backoff.next())
    }
    if (session !== current) return
    cancelHandOver()
    awaySince ??= clock.monotonic()
    if (clock.monotonic() - session.dialledAt > limits.settled) backoff.reset()
    current = undefined
    fault = reason.fault
    const since = session.socket.lastArrivalAt ?? clock.now()
    if (next?.up) {
      stopRetiring()
      const seamless = next.confirmed
      if (!seamless) listener.onDown(link, reason.fault, since)
      fault = undefined
      return promote()
    }
    listener.onDown(link, reason.fault, since)
    if (!next) schedule(backoff.next())
  }
  const planHandOver = () => {
    cancelHandOver()
    const { lifetime } = exchange.limits
    // Not all sockets of a venue at the same moment.
    if (lifetime !== undefined) cancelHandOver = clock.after(lifetime * (0.9 + 0.05 * options.random()), dialNext)
  }
  const change = (session: Session, from: readonly Want[], to: readonly Want[]) => {
    const frames = toChangeFrames(exchange, from, to, (market) => options.isRefused(market))
    if (frames.length > 0) session.say(frames)
  }

  const link: Link = {
    get plan() {
      return plan
    },
    get open() {
      return current !== undefined
    },
    get awaySince() {
      return awaySince
    },
    get attempt() {
      return backoff.attempt
    },
    get nextAttemptAt() {
      return nextAttemptAt
    },
    get fault() {
      return fault
    },
    get endpoint() {
      return new URL(address()).host
    },
    update(to) {
      const from = plan.wants
      plan = to
      for (const session of [current, next]) if (session?.up) change(session, from, to.wants)
    },
    subscribe: (wants) => current?.say(isWhole ? exchange.subscribe(plan.wants) : exchange.subscribe(wants)),
    resubscribe: (wants) =>
      current?.say(
        isWhole
          ? exchange.subscribe(plan.wants)
          : [...(exchange.unsubscribe?.(wants) ?? []), ...exchange.subscribe(wants)],
      ),
    wait: () => current?.socket.wait() ?? 0,
    handOver: dialNext,
    reconnect() {
      backoff.reset()
      const lost = current
      for (const session of [current, next]) session?.socket.close()
      current = next = undefined
      stopRetiring()
      cancelHandOver()
      awaySince ??= clock.monotonic()
      if (lost) listener.onDown(link, RECONNECTING, lost.socket.lastArrivalAt ?? clock.now())
      schedule(lost ? (exchange.limits.alone ?? 0) : 0)
    },
    drop(reason) {
      const session = current
      if (session === undefined) return
      onClose(session, reason)
      session.socket.close()
    },
    pause() {
      paused = true
      for (const session of [current, next]) session?.socket.pause()
    },
    resume() {
      paused = false
      for (const session of [current, next]) session?.socket.resume()
    },
    close() {
      closed = true
      cancelDial()
      cancelHandOver()
      stopRetiring()
      for (const session of [current, next]) session?.socket.close()
      current = next = undefined
    },
    use: () => current?.socket.use(),
  }
  schedule(0)
  return link
}

/** Faults that only other keys end. */
const KEY_FAULTS: readonly Fault['code'][] = ['needs-key', 'key-refused']

const RECONNECTING: Fault = { code: 'socket-closed', message: 'The connection is being made anew.' }
