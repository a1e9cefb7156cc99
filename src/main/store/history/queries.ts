/** All history queries on one read-only connection. */

import type { TapeRow } from '../../../shared/market-view.ts'
import type { Instrument, InstrumentKey, Millis, Origin, VenueId } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { Reader } from '../store.ts'
import { prepareBars } from './bars.ts'
import { prepareCompleteness } from './completeness.ts'
import { prepareCoverage } from './coverage.ts'
import { prepareItems } from './items.ts'
import { prepareRemade } from './remade.ts'

/** The reader's queries, answered at once. */
export type Queries = {
  readonly [N in Exclude<keyof Reader, 'close'>]: (...query: Parameters<Reader[N]>) => Awaited<ReturnType<Reader[N]>>
}

interface InstrumentRow {
  readonly key: InstrumentKey
  readonly venue: VenueId
  readonly native: string
  readonly base: string | null
  readonly quote: string | null
  readonly name_ko: string | null
  readonly name_en: string | null
  readonly tick_size: string | null
  readonly size_step: string | null
  readonly status: Instrument['status']
  readonly warning: string | null
}
interface TradeRow {
  readonly id: string
  readonly at: Millis
  readonly price: string
  readonly size: string
  readonly side: 1 | -1 | null
  readonly origin: Origin
}

/** Prepares the queries. Each sees one state of the store, whatever is written meanwhile. */
export function prepareQueries(db: Connection): Queries {
  const ids = new Map<string, number>()
  const find = db.prepare<[string], number>('SELECT id FROM instruments WHERE key = ?').pluck()
  const idOf = (key: string): number | undefined => {
    const id = ids.get(key) ?? find.get(key)
    if (id !== undefined) ids.set(key, id)
    return id
  }
  const coverage = prepareCoverage(db, idOf)
  const bars = prepareBars(db, coverage, idOf)
  const completeness = prepareCompleteness(db, coverage, idOf)
  const instruments = db.prepare<[], InstrumentRow>(
    `SELECT key, venue, native, base, quote, name_ko, name_en, tick_size, size_step, status, warning
     FROM instruments WHERE native IS NOT NULL AND listed = 1 ORDER BY key`,
  )
  const trades = db.prepare<[number, Millis, number], TradeRow>(
    `SELECT id, at, price, size, side, origin FROM trades
     WHERE instrument = ? AND at < ? ORDER BY at DESC, rowid DESC LIMIT ?`,
  )
  const remade = prepareRemade(db, idOf)
  const meta = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck()
  const stored = db.prepare<[], { instrument: InstrumentKey; lastAt: Millis | null }>(
    'SELECT key AS instrument, (SELECT max(at) FROM trades WHERE instrument = instruments.id) AS lastAt FROM instruments',
  )
  // A query of several statements must not see two states.
  const atOnce = <Q, R>(query: (value: Q) => R): ((value: Q) => R) => db.transaction(query)

  return {
    instruments: () => instruments.all().map(toInstrument),
    bars: atOnce(bars),
    trades({ instrument, before, count }) {
      const id = idOf(instrument)
      if (id === undefined) return []
      return trades
        .all(id, before ?? Number.MAX_SAFE_INTEGER, count)
        .toReversed()
        .map(toTapeRow)
    },
    coverage: atOnce((query: Parameters<Reader['coverage']>[0]) => coverage.coverage(query)),
    completeness: atOnce(completeness),
    remade: atOnce(remade),
    meta: () => ({ collector: meta.get('collector') ?? '', demo: meta.get('demo') === '1' }),
    stored: () =>
      stored
        .all()
        .flatMap(({ instrument, lastAt }) => (lastAt === null ? [] : [{ instrument, lastAt }]))
        .toSorted((a, b) => b.lastAt - a.lastAt),
    ...prepareItems(db),
  }
}

function toTapeRow({ id, at, price, size, side, origin }: TradeRow): TapeRow {
  const row = { id, at, price, size, origin }
  return side === null ? row : { ...row, side: side === 1 ? 'buy' : 'sell' }
}

function toInstrument(row: InstrumentRow): Instrument {
  return {
    key: row.key,
    venue: row.venue,
    native: row.native,
    ...(row.base === null ? {} : { base: row.base }),
    ...(row.quote === null ? {} : { quote: row.quote }),
    names: {
      ...(row.name_ko === null ? {} : { ko: row.name_ko }),
      ...(row.name_en === null ? {} : { en: row.name_en }),
    },
    ...(row.tick_size === null ? {} : { tickSize: row.tick_size }),
    ...(row.size_step === null ? {} : { sizeStep: row.size_step }),
    status: row.status,
    ...(row.warning === null ? {} : { warning: row.warning }),
  }
}
