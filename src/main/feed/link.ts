import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { SocketPlan, Want } from '../exchanges/exchange.ts'
import type { Use } from './budget.ts'
import type { NetworkFault } from './network-faults.ts'
import type { Source } from './session.ts'

export interface LinkListener {
  onFrame(source: Source, text: string, receivedAt: Millis): void
  onTooLarge(): void
  onRoundTrip(length: Millis): void
  /** Open; the subscription is being sent. */
  onUp(link: Link): void
  /** All that was asked has been acknowledged. */
  onConfirmed(link: Link): void
  /** The connection is gone, or a try failed. `since`: last sign of life, if it had been open. */
  onDown(link: Link, fault: Fault, since: Millis | undefined): void
}

/** One planned socket, kept connected: retries with back-off, other addresses in turn, hand-over before a planned end. */
export interface Link {
  readonly plan: SocketPlan
  readonly open: boolean
  /** Monotonic time since when no data have come; undefined while the subscription works. */
  readonly awaySince: Millis | undefined
  readonly attempt: number
  readonly nextAttemptAt: Millis | undefined
  readonly fault: Fault | undefined
  readonly endpoint: string
  /** Goes over to another list of wants without dropping the socket. */
  update(plan: SocketPlan): void
  /** Asks for these once more: a refusal of others took them along. */
  subscribe(wants: readonly Want[]): void
  /** Takes these off and asks anew, because they went silent. */
  resubscribe(wants: readonly Want[]): void
  /** How long a frame would wait now for the venue's limits. */
  wait(): Millis
  /** Opens the next socket and drops this one when that works. */
  handOver(): void
  /** Drops the socket and dials now; the venue's limit of connections still holds. */
  reconnect(): void
  /** Drops the socket, which serves nothing, and dials by the back-off, not before the fault's own wait. */
  drop(reason: NetworkFault): void
  pause(): void
  resume(): void
  close(): void
  /** What of the limit of frames is in use; undefined without a connection. */
  use(): Use | undefined
}
