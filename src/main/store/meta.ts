/** What a store says of itself. */

import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { Connection } from '../journal/sqlite/open.ts'

/** Notes whose store this is. Throws 'bad-setting' where demo data would come among real data, or the other way round. */
export function writeMeta(db: Connection, collector: string, demo: boolean, now: Millis): void {
  const put = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const find = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck()
  const kind = demo ? '1' : '0'
  if ((find.get('demo') ?? kind) !== kind)
    throw new FaultError(
      'bad-setting',
      `${db.name} holds ${demo ? 'real' : 'demo'} data. Choose another folder with --data for ${demo ? 'the demo' : 'real data'}.`,
    )
  db.transaction(() => {
    put.run('collector', collector)
    put.run('demo', kind)
    put.run('created_at', String(now))
  })()
}
