/** How fast trades get from the engine into market.db, through both threads, against SQLite's own speed. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { followJournal } from '../../src/main/store/follow-journal.ts'
import { openStore } from '../../src/main/store/open-store.ts'
import type { MarketEvent, Trade } from '../../src/shared/market.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'
import { bareInsert, makeTrades } from './stored-trades.ts'

const TRADES = 100_000
const ROUNDS = 3
/** Events of one socket turn in a busy time. */
const BURST = 250

/** From the first append until the last row is committed in market.db. */
async function pipeline(folder: string, trades: readonly MarketEvent<Trade>[]): Promise<number> {
  const journalFile = join(folder, 'journal.db')
  const journal = await openJournal({ file: journalFile, demo: false, caps: { bytes: 2e9 } })
  const store = await openStore({
    journalFile,
    marketFile: join(folder, 'market.db'),
    demo: false,
    caps: { storeBytes: 20e9, tradeDays: 3650, secondDays: 3650 },
    collector: 'bench',
  })
  followJournal(store, journal)
  const begin = performance.now()
  const stored = new Promise<void>((resolve) => {
    store.onStored(() => {
      if (store.stats().trades === trades.length) resolve()
    })
  })
  for (let from = 0; from < trades.length; from += BURST) {
    journal.append('trades', trades.slice(from, from + BURST))
    await setImmediate()
  }
  await stored
  const took = performance.now() - begin
  await store.close()
  await journal.close()
  return (trades.length / took) * 1_000
}

/** Rates, and the whole pipeline as a share of the bare insert in the same run: the median of alternating rounds. */
export async function storeBench(): Promise<Record<string, Measure>> {
  const trades = makeTrades(TRADES)
  const bare: number[] = []
  const whole: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'))
    try {
      const insert = bareInsert(folder, trades)
      const rate = await pipeline(folder, trades)
      bare.push(insert)
      whole.push(rate)
      ratios.push(rate / insert)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return {
    'store.bare-insert': { value: Math.round(median(bare)), unit: 'rows/s' },
    'store.pipeline-rate': { value: Math.round(median(whole)), unit: 'rows/s' },
    'store.pipeline': { value: Number(median(ratios).toFixed(2)), unit: 'ratio', of: 'bare insert' },
  }
}
