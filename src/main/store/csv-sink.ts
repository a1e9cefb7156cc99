import { join } from 'node:path'
import type { InstrumentKey, MarketEvent } from '../../shared/market.ts'
import { pairOf, SECOND, venueOf } from '../../shared/market.ts'
import type { Settings } from '../../shared/settings.ts'
import type { CommittedBatch } from '../journal/journal.ts'
import type { BatchFile, BatchFileOptions } from './batch-file.ts'
import { createBatchFile } from './batch-file.ts'
import { S0_HEADER } from './export/columns.ts'
import { textCell } from './export/csv.ts'
import { safeName } from './export/file-name.ts'
import { createIso, toZone } from './export/zones.ts'

/**
 * Reads the bars topic's partition of the sink's market from an offset on (absent: from the oldest record held), in order,
 * waiting for each batch to be taken. Returns what ends it.
 */
export type BarSource = (
  cursor: number | undefined,
  onBatch: (batch: Pick<CommittedBatch, 'base' | 'events'>) => Promise<void> | void,
) => () => void

export interface CsvSinkOptions
  extends
    Pick<Settings['csv'], 'ticker' | 'batch' | 'everySeconds'>,
    Pick<BatchFileOptions, 'log' | 'onStored' | 'ticks'> {
  readonly market: InstrumentKey
  /** Folder that gets the file. */
  readonly folder: string
  readonly demo: boolean
  /** Zone of the timestamps, which name none themselves; it stands in the file's name. */
  readonly zone: Settings['zone']
  readonly source: BarSource
  /** The journal that the source reads: another one counts its records anew. */
  readonly epoch: string
}

export type CsvSink = BatchFile

/** First line of a file in S0's form. */
export const S0_HEADER_LINE = `${S0_HEADER.join(',')}\n`

/**
 * The CSV batches of S0: one line per traded second of one market, appended in batches to one file, every so many seconds.
 * A second's first bar stands: a file that only grows holds no corrections, those are in the store and in exports.
 * A process killed at any moment leaves no half line, and the next one goes on without a missing or doubled record.
 */
export function createCsvSink(options: CsvSinkOptions): CsvSink {
  const { market, source, ...rest } = options
  const toLine = createSecondLine(options)
  return createBatchFile({
    ...rest,
    path: join(options.folder, `${fileName(options)}.csv`),
    header: S0_HEADER_LINE,
    origin: 'the journal',
    source: (cursor, onBatch) =>
      source(cursor, ({ base, events }) => {
        const lines = events.flatMap((event, index) => {
          const text = event.instrument === market ? toLine(event) : undefined
          return text === undefined ? [] : [{ offset: base + index, text }]
        })
        return onBatch({ base, next: base + events.length, lines })
      }),
  })
}

function fileName({ demo, market, zone }: CsvSinkOptions): string {
  return [...(demo ? ['DEMO'] : []), 's0', venueOf(market), pairOf(market), toZone(zone).name].map(safeName).join('-')
}

/** Makes the line of a 1 s bar under a ticker, or undefined for what gives none: a quiet second, a correction. */
export function createSecondLine({
  ticker,
  zone,
}: Pick<CsvSinkOptions, 'ticker' | 'zone'>): (event: MarketEvent) => string | undefined {
  const iso = createIso(toZone(zone), { digits: 6, suffix: false })
  const name = textCell(ticker)
  return ({ data }) =>
    data.kind === 'bar' && data.interval === SECOND && data.revision === 0 && data.trades
      ? `${name},${data.avgPrice},${data.volume},${data.trades},${iso(data.openAt)}\n`
      : undefined
}
