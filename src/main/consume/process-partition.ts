import type { Bar, MarketEvent } from '../../shared/market.ts'
import { WireError } from '../../shared/wire.ts'
import type { InBatch } from '../bus/bus.ts'
import type { BarsOptions } from '../pipeline/bars.ts'
import { createBarsFold } from '../pipeline/bars.ts'
import { readEvent } from './read-batch.ts'
import { createRecentTrades } from './recent-trades.ts'

/** What a batch of trades came to. */
export interface Processed {
  readonly bars: readonly MarketEvent<Bar>[]
  /** Where a restart must begin, so that nothing is lost. */
  readonly cursor: bigint
  /** Seconds too old for the fold, which a store could make again. */
  readonly late: number
  readonly unreadable: number
  readonly duplicates: number
}

/**
 * The bars of one partition of a trades topic, from where it was assigned on, as Kafka delivers it: from anywhere, with
 * holes, twice where collectors are two. Assigned anew it begins at its cursor again, with a new one of these.
 */
export interface ProcessPartition {
  apply(batch: InBatch): Processed
}

export function createProcessPartition(owns: NonNullable<BarsOptions['owns']>): ProcessPartition {
  const fold = createBarsFold({ owns })
  const isNew = createRecentTrades()
  let cursor: bigint | undefined

  return {
    apply({ topic, partition, records }) {
      const bars: MarketEvent<Bar>[] = []
      cursor ??= records[0]?.offset ?? 0n
      let [late, unreadable, duplicates] = [0, 0, 0]
      let run: { base: number; events: MarketEvent[] } | undefined
      const fed = () => {
        if (!run) return
        const folded = fold.apply({ topic, partition, ...run })
        bars.push(...folded.output)
        late += folded.late.length
        cursor = BigInt(folded.cursor)
        run = undefined
      }
      for (const record of records) {
        const event = read(record.value)
        if (!event || !isNew(event)) {
          if (event) duplicates += 1
          else unreadable += 1
          continue
        }
        const offset = Number(record.offset)
        if (run && run.base + run.events.length !== offset) fed()
        run ??= { base: offset, events: [] }
        run.events.push(event)
      }
      fed()
      return { bars, cursor, late, unreadable, duplicates }
    },
  }
}

function read(value: Uint8Array | null): MarketEvent | undefined {
  try {
    return readEvent(value)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
