import { createBarsFold } from '../../src/main/pipeline/bars.ts'
import { createRecords } from './market-records.ts'
import type { Measure } from './measure.ts'

const TRADES = 200_000
const RUNS = 7
/** Events in a batch, as the journal commits them. */
const BATCH = 500

/** Records of the trades topic through the bars fold, 40 markets at 5,000 trades a second of exchange time. */
export function foldBench(): Record<string, Measure> {
  const events = createRecords({ trades: TRADES, perSecond: 5_000 })
  const rates: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const fold = createBarsFold({ owns: () => true })
    const began = performance.now()
    for (let base = 0; base < events.length; base += BATCH)
      fold.apply({ topic: 'trades', partition: 0, base, events: events.slice(base, base + BATCH) })
    rates.push(TRADES / ((performance.now() - began) / 1_000))
  }
  const median = rates.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]!
  return { 'fold.bars': { value: Math.round(median), unit: 'trades/s' } }
}
