/** Markets as rows: made on first sight, described once the venue's list has been read. */

import type { Instrument, InstrumentKey, Millis } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface InstrumentTable {
  idOf(key: string): number
  /** Replaces what is known of a venue's markets. Those no longer listed are kept, marked. */
  put(venue: string, instruments: readonly Instrument[], now: Millis): void
}

export function createInstrumentTable(db: Connection): InstrumentTable {
  const ids = new Map<string, number>()
  const find = db.prepare<[string], number>('SELECT id FROM instruments WHERE key = ?').pluck()
  const make = db
    .prepare<[string, string, number], number>(
      'INSERT INTO instruments (key, venue, updated_at) VALUES (?, ?, ?) RETURNING id',
    )
    .pluck()
  const unlist = db.prepare<[string]>('UPDATE instruments SET listed = 0 WHERE venue = ?')
  const upsert = db.prepare(
    `INSERT INTO instruments (key, venue, native, base, quote, name_ko, name_en, tick_size, size_step, status, warning, listed, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
     ON CONFLICT (key) DO UPDATE SET native = excluded.native, base = excluded.base, quote = excluded.quote,
       name_ko = excluded.name_ko, name_en = excluded.name_en, tick_size = excluded.tick_size, size_step = excluded.size_step,
       status = excluded.status, warning = excluded.warning, listed = 1, updated_at = excluded.updated_at`,
  )

  return {
    idOf(key) {
      let id = ids.get(key)
      if (id === undefined) {
        id = find.get(key) ?? make.get(key, venueOf(key as InstrumentKey), Date.now())!
        ids.set(key, id)
      }
      return id
    },
    put: db.transaction((venue: string, instruments: readonly Instrument[], now: Millis) => {
      unlist.run(venue)
      for (const { key, native, base, quote, names, tickSize, sizeStep, status, warning } of instruments)
        upsert.run(
          key,
          venue,
          native,
          base ?? null,
          quote ?? null,
          names.ko ?? null,
          names.en ?? null,
          tickSize ?? null,
          sizeStep ?? null,
          status,
          warning ?? null,
          now,
        )
    }),
  }
}
