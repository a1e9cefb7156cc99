import type { Hop } from '../../../../shared/kafka-view.ts'
import { openPage } from '../../../ui/page-store.ts'
import { openKafka } from '../kafka-view.ts'
import { EMPTY_QUERY } from './message-query.ts'
import { placeOf } from './record-text.ts'
import { changeDraft, openRow, scanStore, startScan } from './scan.ts'

/** Records read from the wanted one on, so that it does not stand alone. */
const AROUND = 50

/** Opens the message browser at one record, with the record itself beside it as soon as it has been read. */
export function openRecord(record: NonNullable<Hop['record']>): void {
  const { topic, partition, offset } = record
  openKafka('messages', { topic })
  changeDraft({
    ...EMPTY_QUERY,
    topic,
    fromWay: 'offset',
    from: offset,
    partitions: String(partition),
    limit: String(AROUND),
  })
  startScan({ topic, partitions: [partition], from: { offset }, follow: false, limit: AROUND })
  openPage('kafka')
  const { query } = scanStore.getState()
  const leave = scanStore.subscribe((state) => {
    if (state.query !== query || !state.running) leave()
    if (state.query === query && state.tail.rows.some((row) => placeOf(row) === placeOf(record))) {
      leave()
      openRow(placeOf(record))
    }
  })
}
