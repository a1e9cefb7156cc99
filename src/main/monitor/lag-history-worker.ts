/** The thread of kafka.db: the sole writer of what lag was, minute by minute, for seven days. */

import type { MessagePort } from 'node:worker_threads'
import { parentPort, workerData } from 'node:worker_threads'
import type { Millis } from '../../shared/market.ts'
import { DAY } from '../../shared/market.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import { openWriter } from '../journal/sqlite/open.ts'
import { toOpenFailure } from '../journal/sqlite/thread.ts'
import type { LagPoint } from './lag.ts'

export type HistoryRequest =
  | { readonly kind: 'put'; readonly at: Millis; readonly points: readonly (LagPoint & { readonly group: string })[] }
  | { readonly kind: 'read'; readonly id: number; readonly group: string }
  | { readonly kind: 'close' }
export type HistoryReply =
  | { readonly kind: 'open' }
  | { readonly kind: 'points'; readonly id: number; readonly points: readonly LagPoint[] }
  | { readonly kind: 'trouble'; readonly message: string }

const KEPT: Millis = 7 * DAY

const MIGRATIONS = [
  {
    version: 1,
    name: 'lag',
    sql: `
-- The greatest lag of each minute.
CREATE TABLE lag_minutes (
  grp TEXT NOT NULL,               -- cluster and group
  at INTEGER NOT NULL,
  lag INTEGER NOT NULL,            -- records
  seconds REAL,                    -- market time
  PRIMARY KEY (grp, at)
) STRICT, WITHOUT ROWID;
`,
  },
] as const

function run(db: Connection, port: MessagePort): void {
  const reply = (message: HistoryReply) => port.postMessage(message)
  const insert = db.prepare<[string, Millis, number, number | null]>(
    `INSERT INTO lag_minutes (grp, at, lag, seconds) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET lag = max(lag, excluded.lag), seconds = max(coalesce(seconds, 0), excluded.seconds)`,
  )
  const trim = db.prepare<[Millis]>('DELETE FROM lag_minutes WHERE at < ?')
  const select = db.prepare<[string], { at: Millis; lag: number; seconds: number | null }>(
    'SELECT at, lag, seconds FROM lag_minutes WHERE grp = ? ORDER BY at',
  )
  const put = db.transaction(({ at, points }: Extract<HistoryRequest, { kind: 'put' }>) => {
    for (const { group, at, lag, seconds } of points) insert.run(group, at, lag, seconds ?? null)
    trim.run(at - KEPT)
  })

  port.on('message', (request: HistoryRequest) => {
    if (request.kind === 'close') {
      db.close()
      port.close()
      return
    }
    try {
      if (request.kind === 'put') put(request)
      else {
        const points = select
          .all(request.group)
          .map(({ at, lag, seconds }) => (seconds === null ? { at, lag } : { at, lag, seconds }))
        reply({ kind: 'points', id: request.id, points })
      }
    } catch (error) {
      // A full disk costs history, never the monitor.
      reply({ kind: 'trouble', message: error instanceof Error ? error.message : String(error) })
      if (request.kind === 'read') reply({ kind: 'points', id: request.id, points: [] })
    }
  })
  reply({ kind: 'open' })
}

if (parentPort) {
  try {
    run(openWriter((workerData as { readonly file: string }).file, { migrations: MIGRATIONS }), parentPort)
  } catch (error) {
    parentPort.postMessage(toOpenFailure(error))
    parentPort.close()
  }
}
