import type { Cursor, Journal } from '../journal/journal.ts'
import { createLocalBus } from '../journal/local-bus.ts'
import type { Log } from '../log.ts'
import type { LateSecond } from '../pipeline/bars.ts'
import { createBarsFold } from '../pipeline/bars.ts'
import type { Reader, Store } from '../store/store.ts'
import { TOPICS, topicName } from '../../shared/topics.ts'
import type { Bar, MarketEvent } from '../../shared/market.ts'

const GROUP = 'bars'

/** A late second that waits for its trades to be stored, up to this offset. */
interface Waiting extends LateSecond {
  readonly topic: string
  readonly partition: number
  readonly storedAt: number
}

export interface Role {
  close(): Promise<void>
}

/**
 * Runs the bar fold over the journal and appends what it gives, cursor and output in one transaction. A second that is
 * too old for the fold is made again from the stored trades, with the stored bar's revision + 1.
 */
export async function runBars(options: {
  journal: Journal
  store: Store
  reader: Reader
  demo: boolean
  log: Log
}): Promise<Role> {
  const { journal, store, reader, log } = options
  const fold = createBarsFold()
  let waiting: Waiting[] = []
  let remaking: Promise<void> = Promise.resolve()
  let stored: readonly Cursor[] = store.cursors
  const committed = new Map<number, number>()

  const held = (topic: string, partition: number, cursor: number): number =>
    waiting.reduce(
      (least, each) => (each.topic === topic && each.partition === partition ? Math.min(least, each.cursor) : least),
      cursor,
    )

  const remake = async () => {
    const ready = waiting.filter((each) =>
      stored.some((at) => at.topic === each.topic && at.partition === each.partition && at.offset >= each.storedAt),
    )
    if (ready.length === 0) return
    const events: MarketEvent<Bar>[] = []
    for (const { instrument, openAt } of ready) {
      const bar = await reader.remade({ instrument, openAt })
      if (bar) events.push({ instrument, at: openAt, receivedAt: Date.now(), origin: 'stream', data: bar })
    }
    await journal.commit(GROUP, [], { topic: 'bars', events })
    waiting = waiting.filter((each) => !ready.includes(each))
  }

  const consumer = await createLocalBus(journal).consume(
    { group: GROUP, topics: [topicName(TOPICS.trades, options.demo)], start: 'cursor' },
    async (batch) => {
      const { topic, partition, base } = batch
      const { output, late, cursor } = fold.apply(batch)
      const storedAt = base + batch.events.length
      for (const each of late) waiting.push({ ...each, topic, partition, storedAt })
      const offset = held(topic, partition, cursor)
      if (output.length === 0 && committed.get(partition) === offset) return
      committed.set(partition, offset)
      await journal.commit(GROUP, [{ topic, partition, offset }], { topic: 'bars', events: output })
    },
  )
  const leave = store.onStored((cursors) => {
    stored = cursors
    if (waiting.length > 0)
      remaking = remaking
        .then(remake)
        .catch((error: unknown) => log.error(`A late bar was not made again: ${String(error)}`))
  })

  return {
    async close() {
      leave()
      await consumer.close()
      await remaking
    },
  }
}
