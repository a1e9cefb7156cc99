/** Bars as rows: seconds as they come; minutes and hours merged from them when they are over, and again when a part is revised. */

import { mergeBars } from '../../../shared/bars.ts'
import type { Bar, BarState, Millis } from '../../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { BarRow } from '../bar-row.ts'
import { BAR_COLUMNS, toBar } from '../bar-row.ts'

export interface BarTable {
  /** Stores a one-second bar; the highest revision holds. One without trades is no row, and removes the row it revises. */
  put(instrument: number, venue: string, bar: Bar): void
  /** Merges the minutes and hours that are over. */
  flush(): void
  /** Seconds before this have been removed: what still comes for them is not taken. */
  keepFrom(instant: Millis): void
}

/** What one market has open. */
interface Running {
  readonly venue: string
  /** Newest second known, with trades or without. */
  newest: Millis
  readonly minutes: Set<Millis>
  readonly hours: Set<Millis>
}

/** How far the fold that makes seconds may be behind the watermark before a minute is merged without its end (and again with it). */
const FOLD_DELAY: Millis = 10 * SECOND

const STORED: ReadonlySet<BarState> = new Set<BarState>(['traded', 'backfilled'])
const LEVELS = [
  { interval: MINUTE, parts: SECOND, open: 'minutes' },
  { interval: HOUR, parts: MINUTE, open: 'hours' },
] as const

export function createBarTable(db: Connection, watermark: (venue: string) => Millis): BarTable {
  const running = new Map<number, Running>()
  const values = Array.from({ length: 16 }, () => '?').join(', ')
  const upsert = db.prepare(
    `INSERT INTO bars (instrument, interval, open_at, ${BAR_COLUMNS}) VALUES (${values})
     ON CONFLICT DO UPDATE SET (${BAR_COLUMNS}) = (${BAR_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')})
     WHERE excluded.revision > revision OR excluded.interval > ${SECOND}`,
  )
  const remove = db.prepare<[number, Millis, Millis, number]>(
    'DELETE FROM bars WHERE instrument = ? AND interval = ? AND open_at = ? AND revision <= ?',
  )
  const parts = db.prepare<[number, Millis, Millis, Millis], BarRow>(
    `SELECT interval, open_at, ${BAR_COLUMNS} FROM bars
     WHERE instrument = ? AND interval = ? AND open_at >= ? AND open_at < ? ORDER BY open_at`,
  )
  const noteFrom = db.prepare<[string]>(
    "INSERT INTO meta (name, value) VALUES ('seconds_from', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  )
  let from = Number(db.prepare<[], string>("SELECT value FROM meta WHERE name = 'seconds_from'").pluck().get() ?? 0)
  readRunning(db, running)

  const write = (instrument: number, bar: Bar): boolean =>
    upsert.run(
      instrument,
      bar.interval,
      bar.openAt,
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      bar.vwap,
      bar.avgPrice,
      bar.priceSum,
      bar.volume,
      bar.quoteVolume,
      bar.buyVolume,
      bar.trades,
      bar.revision,
      bar.state,
    ).changes > 0

  const merge = (instrument: number, interval: Millis, partInterval: Millis, openAt: Millis) => {
    const rows = parts.all(instrument, partInterval, openAt, openAt + interval)
    if (rows.length === 0) remove.run(instrument, interval, openAt, Number.MAX_SAFE_INTEGER)
    else write(instrument, mergeBars(rows.map(toBar), interval, openAt))
  }

  return {
    put(instrument, venue, bar) {
      const { openAt } = bar
      if (bar.interval !== SECOND || openAt < from) return
      let state = running.get(instrument)
      if (!state) running.set(instrument, (state = { venue, newest: openAt, minutes: new Set(), hours: new Set() }))
      if (openAt > state.newest) state.newest = openAt
      const isChanged = STORED.has(bar.state)
        ? write(instrument, bar)
        : bar.revision > 0 && remove.run(instrument, SECOND, openAt, bar.revision).changes > 0
      if (isChanged) state.minutes.add(openAt - (openAt % MINUTE))
    },
    flush() {
      for (const [instrument, state] of running) {
        if (state.minutes.size === 0 && state.hours.size === 0) continue
        const now = Math.max(state.newest, watermark(state.venue) - FOLD_DELAY)
        for (const { interval, parts, open } of LEVELS)
          for (const openAt of state[open]) {
            if (openAt + interval > now) continue
            state[open].delete(openAt)
            merge(instrument, interval, parts, openAt)
            if (interval === MINUTE) state.hours.add(openAt - (openAt % HOUR))
          }
      }
    },
    keepFrom(instant) {
      if (instant <= from) return
      from = instant
      noteFrom.run(String(instant))
    },
  }
}

/** What was open when the store was last closed: shorter rows newer than the last row of the longer interval. */
function readRunning(db: Connection, running: Map<number, Running>): void {
  const markets = db.prepare<[], { instrument: number; venue: string; newest: Millis | null }>(
    `SELECT id AS instrument, venue, (SELECT max(open_at) FROM bars WHERE instrument = id AND interval = ${SECOND}) AS newest FROM instruments`,
  )
  const last = db
    .prepare<[number, Millis], Millis | null>('SELECT max(open_at) FROM bars WHERE instrument = ? AND interval = ?')
    .pluck()
  // The interval stands in the text: numbers that are bound count as floating point, and so would their quotient.
  const open = LEVELS.map(({ interval, parts }) =>
    db
      .prepare<[number, Millis], Millis>(
        `SELECT DISTINCT open_at / ${interval} * ${interval} FROM bars WHERE instrument = ? AND interval = ${parts} AND open_at >= ?`,
      )
      .pluck(),
  )
  for (const { instrument, venue, newest } of markets.all()) {
    if (newest === null) continue
    const [minutes, hours] = LEVELS.map(({ interval }, level) => {
      const end = (last.get(instrument, interval) ?? -interval) + interval
      return new Set(open[level]!.all(instrument, end))
    })
    running.set(instrument, { venue, newest, minutes: minutes!, hours: hours! })
  }
}
