/** The reader's thread: history queries on a read-only connection, beside whoever writes. */

import type { MessagePort } from 'node:worker_threads'
import { parentPort, workerData } from 'node:worker_threads'
import { toFault } from '../../shared/faults.ts'
import { toOpenFailure } from '../journal/sqlite/thread.ts'
import { prepareQueries } from './history/queries.ts'
import type { QueryReply, QueryRequest } from './messages.ts'
import { openReadOnly } from './read-only.ts'

/** What the thread is started with. */
export interface ReaderWorkerData {
  readonly marketFile: string
}

function run({ marketFile }: ReaderWorkerData, port: MessagePort): void {
  const db = openReadOnly(marketFile)
  const queries = prepareQueries(db)
  const reply = (message: QueryReply) => port.postMessage(message)
  port.on('message', (request: QueryRequest | 'close') => {
    if (request === 'close') {
      db.close()
      port.close()
      return
    }
    const { id, name, query } = request
    try {
      const run = queries[name] as (query: unknown) => unknown
      reply({ kind: 'answer', id, value: run(query) })
    } catch (error) {
      reply({ kind: 'refused', id, fault: toFault(error) })
    }
  })
  reply({ kind: 'open' })
}

if (parentPort) {
  try {
    run(workerData as ReaderWorkerData, parentPort)
  } catch (error) {
    parentPort.postMessage(toOpenFailure(error))
    parentPort.close()
  }
}
