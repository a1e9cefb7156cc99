/** The one query by which batches leave the journal, for its own thread and for readers of the file. */

import type { StoredBatch } from './journal.ts'
import type { Connection } from './sqlite/open.ts'

type Row = Omit<StoredBatch, 'topic' | 'partition'>
type Found = Omit<Row, 'writtenAt'> & { readonly writtenAt: number | null }

/** Prepares the query; it takes whole batches, beginning with the one that holds `offset`, until `maxRecords` are reached. */
export function selectBatches(db: Connection): (partition: number, offset: number, maxRecords: number) => Row[] {
  const from = db.prepare<[number, number, number, number], Found>(
    `SELECT base, count, min_at AS minAt, max_at AS maxAt, written_at AS writtenAt, bytes FROM batches
     WHERE partition = ? AND base >= coalesce((SELECT max(base) FROM batches WHERE partition = ? AND base <= ?), 0)
       AND base + count > ? ORDER BY base`,
  )
  return (partition, offset, maxRecords) => {
    const rows: Row[] = []
    let records = 0
    for (const row of from.iterate(partition, partition, offset, offset)) {
      const { writtenAt, ...rest } = row
      rows.push(writtenAt === null ? rest : { ...rest, writtenAt })
      records += row.count
      if (records >= maxRecords) break
    }
    return rows
  }
}
