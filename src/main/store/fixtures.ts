/** A store with its journal and reader for tests, in a folder of its own: real files, real threads. */

import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { MarketEvent } from '../../shared/market.ts'
import { topicOf } from '../../shared/topics.ts'
import { START } from '../journal/fixtures.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open-journal.ts'
import { followJournal } from './follow-journal.ts'
import { openReader } from './open-reader.ts'
import { openStore } from './open-store.ts'
import { openReadOnly } from './read-only.ts'
import type { Reader, Store } from './store.ts'

export interface TestStore {
  readonly folder: string
  readonly journal: Journal
  readonly store: Store
  readonly reader: Reader
  /** Appends events and waits until they are stored. */
  put(...events: MarketEvent[]): Promise<void>
  query<R>(sql: string): R[]
  /** Closes everything; the files stay. */
  close(): Promise<void>
  remove(): void
}

const DEADLINE = 20_000

/** Opens a store in a folder, by default a new one. Its clock stands at START. */
export async function openTestStore(folder = mkdtempSync(join(tmpdir(), 'tapedeck-store-'))): Promise<TestStore> {
  const files = { journalFile: join(folder, 'journal.db'), marketFile: join(folder, 'market.db') }
  const common = { demo: false, ballastBytes: 4_096, clock: () => START }
  const journal = await openJournal({ ...common, file: files.journalFile, caps: { bytes: 1e9 } })
  const caps = { storeBytes: 1e9, tradeDays: 30, secondDays: 365 }
  const store = await openStore({ ...common, ...files, caps, collector: 'c0' })
  const reader = await openReader({ marketFile: files.marketFile })
  followJournal(store, journal)

  const query = <R>(sql: string): R[] => {
    const db = openReadOnly(files.marketFile)
    try {
      return db.prepare<[], R>(sql).all()
    } finally {
      db.close()
    }
  }
  let cursors = store.cursors
  store.onStored((moved) => {
    cursors = moved
  })
  const stored = async () => {
    await until(() => journal.stats().pending === 0)
    const ends = (await journal.ends()).filter(({ topic }) => !topic.includes('books'))
    const wanted = ends.reduce((sum, { end }) => sum + end, 0)
    await until(() => cursors.reduce((sum, { offset }) => sum + offset, 0) === wanted)
  }

  return {
    folder,
    journal,
    store,
    reader,
    async put(...events) {
      for (const event of events) {
        const { kind } = event.data
        if (kind === 'clock') journal.appendToAll('trades', event)
        else if (kind === 'bar') await journal.commit('bars', [], { topic: 'bars', events: [event] })
        else journal.append(topicOf(kind), [event])
      }
      await stored()
    },
    query,
    async close() {
      await reader.close()
      await store.close()
      await journal.close()
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + DEADLINE; !isSo(); await setTimeout(2))
    if (performance.now() > end) throw new Error('The records were not stored in time.')
}
