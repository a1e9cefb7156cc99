/** Moves a group's cursors in the journal behind what is acknowledged: one commit at a time, each with all that has come together. */

import type { Cursor, Delivered, Journal } from '../journal/journal.ts'
import { placeKey } from '../journal/places.ts'

export interface Committer {
  add(cursor: Cursor, delivered: Delivered): void
  /** Resolves when all that was added is committed. */
  flush(): Promise<void>
}

export function createCommitter(journal: Journal, group: string): Committer {
  const cursors = new Map<string, Cursor>()
  let deliveries: Delivered['deliveries'][number][] = []
  let parked: Delivered['parked'][number][] = []
  let running: Promise<void> | undefined

  const run = async () => {
    while (cursors.size > 0) {
      const moved = [...cursors.values()]
      const delivered = { deliveries, parked }
      cursors.clear()
      deliveries = []
      parked = []
      await journal.commit(group, moved, undefined, delivered)
    }
  }
  const start = () => {
    running ??= run().finally(() => (running = undefined))
    return running
  }

  return {
    add(cursor, delivered) {
      cursors.set(placeKey(cursor), cursor)
      deliveries.push(...delivered.deliveries)
      parked.push(...delivered.parked)
      // The journal closes last: a commit that it refuses is made again from what the next run sends.
      start().catch(() => undefined)
    },
    flush: () => start(),
  }
}
