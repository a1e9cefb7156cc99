import { PARTS, failingParts } from './failing-parts.ts'
import type { EngineFacts } from './facts.ts'
import type { Metric } from './metric.ts'
import { one, percentiles, seconds } from './metric.ts'

/** The engine itself: its process, the journal, the store, and what is wrong with them. */
export const ENGINE_METRICS: readonly Metric<EngineFacts>[] = [
  {
    name: 'tapedeck_info',
    type: 'gauge',
    help: 'Always 1: what runs is in the labels.',
    samples: ({ info }) => [{ labels: { version: info.version, host: info.host, mode: info.mode.mode }, value: 1 }],
  },
  {
    name: 'tapedeck_start_timestamp_seconds',
    type: 'gauge',
    help: 'Unix time at which the engine was opened.',
    samples: ({ info }) => one(seconds(info.startedAt)),
  },
  {
    name: 'tapedeck_part_failing',
    type: 'gauge',
    help: '1 for each part that /health names as failing.',
    samples(facts) {
      const failing = new Set(failingParts(facts).map(({ part }) => part))
      return PARTS.map((part) => ({ labels: { part }, value: failing.has(part) ? 1 : 0 }))
    },
  },
  {
    name: 'tapedeck_memory_resident_bytes',
    type: 'gauge',
    help: 'Resident memory of the engine’s process.',
    samples: ({ health }) => one(health.engine.rss),
  },
  {
    name: 'tapedeck_stall_seconds',
    type: 'gauge',
    help: 'Longest stall of the engine’s thread in the last second.',
    samples: ({ health }) => one(seconds(health.engine.stall)),
  },
  {
    name: 'tapedeck_hub_delay_seconds',
    type: 'gauge',
    help: 'From a trade’s arrival to the frame that takes it to a page, over the last minute.',
    samples: ({ health }) => percentiles(health.engine.toHub),
  },
  {
    name: 'tapedeck_clock_offset_seconds',
    type: 'gauge',
    help: 'How far this machine’s clock is ahead of the sources’, by their median.',
    samples: ({ health }) => one(seconds(health.clock?.offset)),
  },
  {
    name: 'tapedeck_disk_free_bytes',
    type: 'gauge',
    help: 'Room left on the disk of the data folder.',
    samples: ({ diskFree }) => one(diskFree),
  },
  {
    name: 'tapedeck_journal_bytes',
    type: 'gauge',
    help: 'Size of the journal.',
    samples: ({ health }) => one(health.journal.bytes),
  },
  {
    name: 'tapedeck_journal_records',
    type: 'gauge',
    help: 'Records that the journal holds.',
    samples: ({ health }) => one(health.journal.records),
  },
  {
    name: 'tapedeck_journal_pending_records',
    type: 'gauge',
    help: 'Records that wait for the journal’s next commit.',
    samples: ({ health }) => one(health.journal.pending),
  },
  {
    name: 'tapedeck_journal_dropped_records_total',
    type: 'counter',
    help: 'Records that could not be kept, for want of room.',
    samples: ({ health }) => one(health.journal.dropped),
  },
  {
    name: 'tapedeck_store_bytes',
    type: 'gauge',
    help: 'Size of the store.',
    samples: ({ health }) => one(health.store.bytes),
  },
  {
    name: 'tapedeck_store_trades',
    type: 'gauge',
    help: 'Trades that the store holds.',
    samples: ({ health }) => one(health.store.trades),
  },
  {
    name: 'tapedeck_store_behind_records',
    type: 'gauge',
    help: 'Journal records that are not yet stored.',
    samples: ({ health }) => one(health.store.behind),
  },
  {
    name: 'tapedeck_csv_records_total',
    type: 'counter',
    help: 'Records appended to the CSV file, where that is on.',
    samples: ({ health }) => one(health.csv?.written),
  },
]
