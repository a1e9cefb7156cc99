import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'

/** How far back a closed second is remembered, to be corrected from memory. */
export const MEMORY: Millis = 600 * SECOND

const STATES = ['none', 'quiet', 'missing', 'closed', 'traded'] as const
export type Told = (typeof STATES)[number]

const SIZE = MEMORY / SECOND

/** What was last said of each closed second of a market, over the last ten minutes. Older seconds are overwritten. */
export class ToldSeconds {
  private readonly states = new Uint8Array(SIZE)
  private readonly revisions = new Uint16Array(SIZE)

  put(openAt: Millis, state: Told, revision: number): void {
    const at = (openAt / SECOND) % SIZE
    this.states[at] = STATES.indexOf(state)
    this.revisions[at] = revision
  }

  state(openAt: Millis): Told {
    return STATES[this.states[(openAt / SECOND) % SIZE]!]!
  }

  /** The revision that comes next: 0 where nothing was said yet. */
  nextRevision(openAt: Millis): number {
    return this.state(openAt) === 'none' ? 0 : this.revisions[(openAt / SECOND) % SIZE]! + 1
  }
}
