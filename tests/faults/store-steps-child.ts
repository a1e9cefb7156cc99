/** Stores a journal and is killed at its n-th statement. Arguments: folder, n. Ends by itself where there are fewer. */

import { join } from 'node:path'
import { openJournalReader } from '../../src/main/journal/read-journal.ts'
import { openWriter } from '../../src/main/journal/sqlite/open.ts'
import { MARKET_MIGRATIONS } from '../../src/main/store/migrations/index.ts'
import { createWriter } from '../../src/main/store/writer.ts'
import { BALLAST, CAPS } from './store-setup.ts'

const [folder = '', step = ''] = process.argv.slice(2)
let left = Number(step)
const db = openWriter(join(folder, 'market.db'), {
  migrations: MARKET_MIGRATIONS,
  verbose: () => {
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    left -= 1
  },
})
const journal = openJournalReader(join(folder, 'journal.db'))
const writer = createWriter({ db, journal, demo: false, caps: CAPS, now: 0, ballastBytes: BALLAST })
while (writer.step() > 0);
writer.close()
