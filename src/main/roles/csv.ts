import { join } from 'node:path'
import type { InstrumentKey } from '../../shared/market.ts'
import type { Settings } from '../../shared/settings.ts'
import { TOPICS, partitionOf, topicName } from '../../shared/topics.ts'
import type { Journal } from '../journal/journal.ts'
import { createLocalBus } from '../journal/local-bus.ts'
import type { Log } from '../log.ts'
import type { CsvSink } from '../store/csv-sink.ts'
import { createCsvSink } from '../store/csv-sink.ts'

export type { CsvSink }

const GROUP = 'csv'

/** Runs the CSV batch sink over the journal's bars. The file's own cursor says where it stands; the group only holds trimming back. */
export async function runCsv(options: {
  journal: Journal
  settings: Settings['csv']
  zone: Settings['zone']
  folder: string
  demo: boolean
  log: Log
}): Promise<CsvSink> {
  const { journal, settings, demo, log } = options
  const market = settings.market as InstrumentKey
  const topic = topicName(TOPICS.bars, demo)
  const partition = partitionOf(market, TOPICS.bars.partitions)
  const bus = createLocalBus(journal)
  const oldest = (await journal.ends()).find((each) => each.topic === topic && each.partition === partition)?.start ?? 0
  const hold = (offset: number) => journal.setGroup(GROUP, [{ topic, partition, offset }])
  return createCsvSink({
    ...settings,
    market,
    folder: settings.folder ?? join(options.folder, 'outputs'),
    demo,
    zone: options.zone,
    epoch: journal.name,
    log,
    onStored: hold,
    source(cursor, onBatch) {
      const offset = Math.max(cursor ?? oldest, oldest)
      hold(offset)
      const subscription = bus.readFrom([{ topic, partition, offset }], onBatch)
      return () => void subscription.close()
    },
  })
}
