/** Moves records from the journal into market.db: rows and the cursor that they move, in one transaction. */

import type { Gap, Index, InstrumentKey, Item, MarketEvent, Ticker } from '../../shared/market.ts'
import { venueOf } from '../../shared/market.ts'
import { TOPICS, partitionOf } from '../../shared/topics.ts'
import type { Cursor } from '../journal/journal.ts'
import { placesOf } from '../journal/places.ts'
import type { JournalReader } from '../journal/read-journal.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import { createBarTable } from './tables/bars.ts'
import type { BarTable } from './tables/bars.ts'
import { createCoverageTable } from './tables/coverage.ts'
import { createCursorTable } from './tables/cursors.ts'
import { createGapTable } from './tables/gaps.ts'
import { createInstrumentTable } from './tables/instruments.ts'
import { createItemTable } from './tables/items.ts'
import { createTickerTable } from './tables/tickers.ts'
import type { TradeTable } from './tables/trades.ts'
import { createTradeTable } from './tables/trades.ts'
import type { RecordSink } from './trade-scan.ts'
import { scanBatch } from './trade-scan.ts'

export interface Ingest {
  readonly trades: TradeTable
  readonly bars: BarTable
  readonly cursors: readonly Cursor[]
  /** Journal records not yet stored. */
  behind(): number
  /**
   * Stores what comes next in the journal, at most about RECORDS of it, and returns how many records that were. When it
   * throws, nothing is stored, and this ingest knows things that are not: make a new one.
   */
  step(): number
}

const GROUP = 'store'
/** Records of one transaction: above it nothing gets faster, below it the fixed costs show. */
const RECORDS = 5_000
const PLACE_RECORDS = 2_500

/** What is stored of the journal. Books are not. */
const STORED_TOPICS = new Set(['trades', 'tickers', 'bars', 'items'])

export function createIngest(db: Connection, journal: JournalReader, demo: boolean): Ingest {
  const places = placesOf(demo).filter((place) => STORED_TOPICS.has(place.id))
  const cursors = createCursorTable(db, GROUP, journal.epoch, places)
  const instruments = createInstrumentTable(db)
  const trades = createTradeTable(db)
  const tickers = createTickerTable(db)
  const gaps = createGapTable(db)
  const items = createItemTable(db)
  const coverage = createCoverageTable(db, (key) => partitionOf(key, TOPICS.trades.partitions))
  const bars = createBarTable(db, (venue) => coverage.watermark(venue))
  const markets = new Map<string, { readonly id: number; readonly venue: string }>()
  /** Partition of the batch that is being read. */
  let partition = 0
  let turn = 0

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
      if (origin !== 'backfill') coverage.trade(market.id, market.venue, partition, at, receivedAt)
    },
    other(event) {
      const { data } = event
      if (data.kind === 'clock') return coverage.clock(partition, data)
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
    gaps.put(market.id, gap)
    coverage.gap(market.id, market.venue, partition, gap)
  }

  const step = db.transaction((): number => {
    let records = 0
    for (let visited = 0; visited < places.length && records < RECORDS; visited += 1) {
      const index = (turn + visited) % places.length
      const place = places[index]!
      const offset = cursors.offset(index)
      partition = place.partition
      for (const batch of journal.read(place, offset, Math.min(PLACE_RECORDS, RECORDS - records))) {
        const skip = Math.max(0, cursors.offset(index) - batch.base)
        scanBatch(batch.bytes, skip, sink)
        cursors.move(index, batch.base + batch.count)
        records += batch.count - skip
      }
    }
    turn = (turn + 1) % places.length
    if (records === 0) return 0
    trades.flush()
    tickers.flush()
    coverage.flush()
    bars.flush()
    cursors.flush()
    return records
  })

  return {
    trades,
    bars,
    get cursors() {
      return cursors.all()
    },
    behind: () =>
      places.reduce((sum, place, index) => sum + Math.max(0, journal.end(place) - cursors.offset(index)), 0),
    step,
  }
}
