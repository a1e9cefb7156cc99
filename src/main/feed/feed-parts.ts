import type { AccessParts } from './access.ts'
import type { Clock } from './clock.ts'
import type { CollectorListener } from './collector.ts'
import type { Dial } from './dial.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { GapStates } from './gap-ledger.ts'
import type { Get } from './http.ts'
import type { AskStandIn } from './stand-in.ts'

/** What a feed needs of the world. */
export interface FeedParts extends Pick<AccessParts, 'secrets' | 'keep'> {
  readonly dial: Dial
  readonly get: Get
  readonly clock: Clock
  readonly random: () => number
  readonly limits: FeedLimits
  /** Gaps told by an earlier feed of this venue. */
  readonly gaps?: GapStates
  readonly standIn?: AskStandIn | undefined
  resolve(kind: 'ws' | 'rest', url: string): string
  readonly listener: CollectorListener
}
