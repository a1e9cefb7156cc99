/**
 * An engine's storing half as a process that can be killed: appends trades as fast as they are committed, stores them, and
 * derives one bar of each batch as a consumer group. Says what was committed: the engine would have acknowledged that.
 * Arguments: folder, name of this run.
 */

import { join } from 'node:path'
import { second, trade } from '../../src/main/journal/fixtures.ts'
import { createLocalBus } from '../../src/main/journal/local-bus.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { followJournal } from '../../src/main/store/follow-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import { TOPICS } from '../../src/shared/topics.ts'
import { BALLAST, CAPS, MARKETS } from './store-setup.ts'

const [folder = '', run = ''] = process.argv.slice(2)
const journalFile = join(folder, 'journal.db')
const journal = await openJournal({ file: journalFile, demo: false, caps: { bytes: 2e9 }, ballastBytes: BALLAST })
const store = await openStore({
  journalFile,
  marketFile: join(folder, 'market.db'),
  demo: false,
  caps: CAPS,
  collector: 'child',
  ballastBytes: BALLAST,
})
followJournal(store, journal)

const consumer = await createLocalBus(journal).consume(
  { group: 'bars', topics: [TOPICS.trades.name], start: 'cursor' },
  async ({ topic, partition, base, events }) => {
    // Says which records it was made of: [openAt, openAt + trades) seconds of a market named after the partition.
    const made = second(base * 1_000, '1', { trades: events.length }, `upbit:P${partition}/KRW`)
    const derived = { ...made, at: Date.now() }
    await consumer.commit([{ topic, partition, offset: base + events.length }], { topic: 'bars', events: [derived] })
  },
)

journal.onCommitted((batch) => {
  if (batch.topic === TOPICS.trades.name) process.stdout.write(`${batch.partition} ${batch.events.length}\n`)
})
let made = 0
const more = () => {
  if (journal.stats().pending < 5_000)
    journal.append(
      'trades',
      Array.from({ length: 100 }, () => {
        made += 1
        return trade(`${run}-${made}`, Date.now(), { instrument: MARKETS[made % MARKETS.length]! })
      }),
    )
  setImmediate(more)
}
more()
