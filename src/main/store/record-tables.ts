/** market.db's tables behind one door: whoever has records, from the journal or from Kafka, hands them to one sink. */

import type { Index, Item } from '../../shared/items.ts'
import type { Gap, InstrumentKey, MarketEvent, Ticker } from '../../shared/market.ts'
import { venueOf } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import type { BarTable } from './tables/bars.ts'
import { createBarTable } from './tables/bars.ts'
import type { Witness } from './tables/coverage.ts'
import { createCoverageTable } from './tables/coverage.ts'
import { createGapTable } from './tables/gaps.ts'
import { createInstrumentTable } from './tables/instruments.ts'
import { createItemTable } from './tables/items.ts'
import { createTickerTable } from './tables/tickers.ts'
import type { TradeTable } from './tables/trades.ts'
import { createTradeTable } from './tables/trades.ts'
import type { RecordSink } from './trade-scan.ts'

export interface RecordTables {
  readonly trades: TradeTable
  readonly bars: BarTable
  readonly sink: RecordSink
  /** Says whose records come next, and from which partition. */
  from(witness: Witness): void
  /** Writes what was put together of many records, once per transaction. */
  flush(): void
}

export function createRecordTables(db: Connection): RecordTables {
  const instruments = createInstrumentTable(db)
  const trades = createTradeTable(db)
  const tickers = createTickerTable(db)
  const gaps = createGapTable(db)
  const items = createItemTable(db)
  const coverage = createCoverageTable(db, (key) => partitionOf(key, TOPICS.trades.partitions))
  const bars = createBarTable(db, (venue) => coverage.watermark(venue))
  const markets = new Map<string, { readonly id: number; readonly venue: string }>()
  let witness: Witness = { partition: 0 }

  const marketOf = (key: string) => {
    let market = markets.get(key)
    if (!market) {
      market = { id: instruments.idOf(key), venue: venueOf(key as InstrumentKey) }
      markets.set(key, market)
    }
    return market
  }

  const sink: RecordSink = {
    trade(key, at, atText, receivedAt, origin, id, price, size, side) {
      const market = marketOf(key)
      trades.put(market.id, at, id, price, size, side, receivedAt, origin, atText)
      // Trades fetched later do not widen what was watched.
      if (origin === 'backfill') return
      const missed = coverage.trade(market.id, market.venue, witness, at, receivedAt)
      if (missed) gaps.put(market.id, missed)
    },
    other(event) {
      const { data } = event
      if (data.kind === 'clock') return coverage.clock(witness, data)
      if (data.kind === 'item') return items.put(event as MarketEvent<Item>)
      if (data.kind === 'index') return items.putIndex(event as MarketEvent<Index>)
      const market = marketOf(event.instrument)
      switch (data.kind) {
        case 'trade': {
          const { id, price, size, side } = data
          const taker = side === undefined ? null : side === 'buy' ? 1 : -1
          this.trade(
            event.instrument,
            event.at,
            event.atText ?? null,
            event.receivedAt,
            event.origin,
            id,
            price,
            size,
            taker,
          )
          break
        }
        case 'gap':
          putGap(market, data)
          break
        case 'bar':
          bars.put(market.id, market.venue, data)
          break
        case 'ticker':
          tickers.put(market.id, event as MarketEvent<Ticker>)
          break
        case 'book':
          break
      }
    },
  }
  const putGap = (market: { readonly id: number; readonly venue: string }, gap: Gap) => {
    // What another collector missed is no gap where this one was watching.
    if (!coverage.counts(market.id, witness)) return
    gaps.put(market.id, gap)
    coverage.gap(market.id, market.venue, witness, gap)
  }

  return {
    trades,
    bars,
    sink,
    from(next) {
      witness = next
    },
    flush() {
      trades.flush()
      tickers.flush()
      coverage.flush()
      bars.flush()
    },
  }
}
