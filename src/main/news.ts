import type { IndexPoint, ItemRow } from '../shared/items-contract.ts'
import type { IndexFeedId } from '../shared/items.ts'
import type { Millis } from '../shared/market.ts'
import { DAY, SECOND } from '../shared/market.ts'
import { TOPICS, topicName } from '../shared/topics.ts'
import type { Cursor } from './journal/journal.ts'
import type { Log } from './log.ts'
import type { Reader, Store } from './store/store.ts'

/** News as pages follow it: what has been stored, whoever collected it, told once it is. */
export interface News {
  onItems(listener: (rows: readonly ItemRow[]) => void): () => void
  /** Tells an index's values now and whenever one may have been added. */
  onIndex(query: { feed: IndexFeedId; days: number }, listener: (points: readonly IndexPoint[]) => void): () => void
  close(): void
}

export interface NewsParts {
  readonly store: Pick<Store, 'cursors' | 'onStored' | 'onArrived'>
  readonly reader: Pick<Reader, 'newItems' | 'index'>
  readonly demo: boolean
  readonly log: Log
}

/** Rows read at once. */
const COUNT = 500
/** What Kafka brings may be news, but seldom is: it is looked for this often. */
const ARRIVED_EVERY: Millis = SECOND

export function createNews({ store, reader, demo, log }: NewsParts): News {
  const topic = topicName(TOPICS.items, demo)
  const onItems = new Set<(rows: readonly ItemRow[]) => void>()
  const onChange = new Set<() => void>()
  const storedOf = (cursors: readonly Cursor[]) =>
    cursors.reduce((sum, cursor) => sum + (cursor.topic === topic ? cursor.offset : 0), 0)
  let stored = storedOf(store.cursors)
  let last: number | undefined
  let reading = Promise.resolve()

  let isClosed = false

  const failed = (error: unknown) => {
    // The store may go first while a reading is under way.
    if (!isClosed) log.error(`News could not be read from the store: ${String(error)}`)
  }
  const read = async () => {
    for (;;) {
      const found = await reader.newItems({ ...(last === undefined ? {} : { after: last }), count: COUNT })
      last = found.last
      if (found.items.length === 0) return
      for (const listener of onItems) listener(found.items)
    }
  }
  /** In turn: two readings at once would tell rows twice. */
  const poke = () => {
    reading = reading.then(read).catch(failed)
  }
  poke()
  const look = () => {
    poke()
    for (const listener of onChange) listener()
  }
  let looking: ReturnType<typeof setTimeout> | undefined
  const leaves = [
    store.onStored((cursors) => {
      const now = storedOf(cursors)
      if (now === stored) return
      stored = now
      look()
    }),
    store.onArrived(() => {
      looking ??= setTimeout(() => {
        looking = undefined
        look()
      }, ARRIVED_EVERY)
    }),
  ]

  return {
    onItems(listener) {
      onItems.add(listener)
      return () => onItems.delete(listener)
    },
    onIndex({ feed, days }, listener) {
      let left = false
      const tell = () => {
        const since: Millis = Date.now() - days * DAY
        reader
          .index({ feed, since, daily: true })
          .then((points) => {
            if (!left) listener(points)
          })
          .catch(failed)
      }
      tell()
      onChange.add(tell)
      return () => {
        left = true
        onChange.delete(tell)
      }
    },
    close() {
      isClosed = true
      for (const leave of leaves) leave()
      clearTimeout(looking)
      onItems.clear()
      onChange.clear()
    },
  }
}
