import type { Millis } from '../../shared/market.ts'
import type { Exchange, SocketPlan } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import type { Dial } from './dial.ts'
import type { Tally } from './identity.ts'
import { createTally } from './identity.ts'
import type { Link } from './link.ts'
import type { NetworkFault } from './network-faults.ts'
import type { FeedSocket } from './socket.ts'
import { openSocket } from './socket.ts'

/** One socket of a link, as whoever reads its frames sees it. A later socket has a higher number. */
export interface Source {
  readonly number: number
  readonly link: Link
  readonly tally: Tally
  /** Not yet replaced or broken: what it says is the present. */
  readonly live: boolean
  /** An answer to one of our frames: when as many came as are due, all is subscribed. */
  acknowledge(): void
  /** Data came: the subscription works. */
  confirm(): void
  pong(): void
}

/** A link's socket from dialling to its end, and what has been asked and answered on it. */
export interface Session {
  readonly socket: FeedSocket
  readonly source: Source
  /** Monotonic. */
  readonly dialledAt: Millis
  /** It has been open. */
  readonly up: boolean
  readonly confirmed: boolean
  say(frames: readonly string[]): void
}

export interface SessionOptions {
  readonly number: number
  readonly link: Link
  readonly plan: SocketPlan
  readonly url: string
  readonly exchange: Exchange
  readonly dial: Dial
  readonly clock: Clock
  isLive(session: Session): boolean
  onOpen(session: Session): void
  onFrame(source: Source, text: string, receivedAt: Millis): void
  onTooLarge(): void
  onRoundTrip(length: Millis): void
  /** `whole`: all frames were acknowledged, else some data came. */
  onConfirmed(session: Session, whole: boolean): void
  onClose(session: Session, reason: NetworkFault): void
}

/** Dials, and says the plan's frames once open. */
export function openSession(options: SessionOptions): Session {
  const { plan, clock } = options
  let up = false
  let due = 0
  let acks = 0
  let confirmed = false
  const confirm = (whole: boolean) => {
    const before = confirmed
    confirmed = true
    if (whole || !before) options.onConfirmed(session, whole)
  }
  const source: Source = {
    number: options.number,
    link: options.link,
    tally: createTally(),
    get live() {
      return options.isLive(session)
    },
    acknowledge() {
      acks += 1
      if (acks >= due && session.socket.sentAll) confirm(true)
    },
    confirm: () => confirm(false),
    pong: () => session.socket.pong(),
  }
  const socket = openSocket(
    { url: options.url, exchange: options.exchange, pace: plan.pace, dial: options.dial, clock },
    {
      onOpen() {
        up = true
        session.say(plan.frames)
        options.onOpen(session)
      },
      onFrame: (text, receivedAt) => options.onFrame(source, text, receivedAt),
      onTooLarge: () => options.onTooLarge(),
      onRoundTrip: (length) => options.onRoundTrip(length),
      onClose: (reason) => options.onClose(session, reason),
    },
  )
  const session: Session = {
    socket,
    source,
    dialledAt: clock.monotonic(),
    get up() {
      return up
    },
    get confirmed() {
      return confirmed
    },
    say(more) {
      for (const frame of more) due += options.exchange.acknowledgements?.(frame) ?? 1
      socket.send(more)
    },
  }
  return session
}
