import { setTimeout as sleep } from 'node:timers/promises'
import type { Journal } from './journal/journal.ts'
import type { Millis } from '../shared/market.ts'
import { SECOND } from '../shared/market.ts'

const LOOK_EVERY: Millis = 5

/** Resolves when the journal has committed what was appended; after `within` at the latest, since a full disk takes nothing. */
export async function drained(journal: Pick<Journal, 'stats'>, within: Millis = SECOND): Promise<void> {
  for (let waited = 0; journal.stats().pending > 0 && waited < within; waited += LOOK_EVERY) await sleep(LOOK_EVERY)
}
