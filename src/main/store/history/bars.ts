/** Stored bars of any interval, merged from the longest rows that tile them. */

import { mergeBars, openOf } from '../../../shared/bars.ts'
import type { BarColumns, BarHistory, GapRow } from '../../../shared/market-view.ts'
import type { Bar, BarState, Decimal, InstrumentKey, Millis, Origin } from '../../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'
import type { BarRow } from '../bar-row.ts'
import { BAR_COLUMNS, toBar } from '../bar-row.ts'
import type { CoverageQueries } from './coverage.ts'

export interface BarsQuery {
  readonly instrument: InstrumentKey
  readonly interval: Millis
  /** Exclusive; absent: up to the newest. */
  readonly to?: Millis
  readonly count: number
}

/** The intervals kept as rows, longest first. */
const KEPT = [HOUR, MINUTE, SECOND] as const
/** A second so near to the end of what was watched may still be open: nothing can be said of it yet. */
const SETTLED: Millis = 5 * SECOND

export function prepareBars(db: Connection, coverage: CoverageQueries, idOf: (key: string) => number | undefined) {
  const newest = db
    .prepare<[number, Millis], Millis | null>('SELECT max(open_at) FROM bars WHERE instrument = ? AND interval = ?')
    .pluck()
  const rows = db.prepare<[number, Millis, Millis, Millis], BarRow>(
    `SELECT interval, open_at, ${BAR_COLUMNS} FROM bars
     WHERE instrument = ? AND interval = ? AND open_at >= ? AND open_at < ? ORDER BY open_at`,
  )
  const older = db
    .prepare<[number, Millis, Millis], Millis>(
      'SELECT 1 FROM bars WHERE instrument = ? AND interval = ? AND open_at < ? LIMIT 1',
    )
    .pluck()

  /** End of the newest row of an interval: shorter rows behind it are not part of a longer one yet. */
  const endOf = (id: number, interval: Millis): Millis => {
    const last = newest.get(id, interval)
    return last == null ? 0 : last + interval
  }

  /** Rows that tile [from, to), from the longest that fit the interval to the seconds at its end. */
  const parts = (id: number, interval: Millis, from: Millis, to: Millis): Bar[] => {
    const found: Bar[] = []
    let begin = from
    for (const kept of KEPT) {
      if (interval % kept !== 0) continue
      const end = kept === SECOND ? to : Math.min(to, endOf(id, kept))
      if (end <= begin) continue
      for (const row of rows.iterate(id, kept, begin, end)) found.push(toBar(row))
      begin = end
    }
    return found
  }

  return function bars({ instrument, interval, to, count }: BarsQuery): BarHistory {
    const id = idOf(instrument)
    const secondsEnd = id === undefined ? 0 : endOf(id, SECOND)
    const watched = coverage.watched(instrument)
    const end = openOf((to ?? Math.max(secondsEnd, watched?.to ?? 0)) - 1, interval) + interval
    const from = end - count * interval
    const gaps = coverage.gaps(instrument, from, end)
    const through = Math.min(secondsEnd, to ?? secondsEnd)
    if (id === undefined)
      return { instrument, interval, bars: toColumns([]), through, coverage: { gaps }, complete: true }

    const traded = new Map<Millis, Bar>()
    let slot: Bar[] = []
    let openAt = -1
    const close = () => {
      const only = slot.length === 1 && slot[0]!.interval === interval ? slot[0] : undefined
      if (slot.length > 0) traded.set(openAt, only ?? mergeBars(slot, interval, openAt))
    }
    for (const bar of parts(id, interval, from, Math.min(end, to ?? end))) {
      const open = openOf(bar.openAt, interval)
      if (open !== openAt) {
        close()
        slot = []
        openAt = open
      }
      slot.push(bar)
    }
    close()
    const complete = !older.get(id, SECOND, from) && !older.get(id, HOUR, from) && !older.get(id, MINUTE, from)
    return {
      instrument,
      interval,
      bars: toColumns(fillSlots(traded, interval, from, end, watched, gaps)),
      through,
      coverage: watched ? { watched, gaps } : { gaps },
      complete,
    }
  }
}

/** Every slot with trades, and those without where we know why: 'missing' where a gap touches it, else 'quiet'. */
function fillSlots(
  traded: ReadonlyMap<Millis, Bar>,
  interval: Millis,
  from: Millis,
  end: Millis,
  watched: { readonly from: Millis; readonly to: Millis } | undefined,
  gaps: readonly GapRow[],
): Bar[] {
  const slots: Bar[] = []
  let next = 0
  for (let openAt = from; openAt < end; openAt += interval) {
    const bar = traded.get(openAt)
    if (bar) {
      slots.push(bar)
      continue
    }
    const closeAt = openAt + interval
    if (!watched || closeAt <= watched.from || openAt >= watched.to - SETTLED) continue
    while (next < gaps.length && (gaps[next]!.until ?? Infinity) <= openAt) next += 1
    const state = stateOf(gaps, next, openAt, closeAt)
    if (state) slots.push({ kind: 'bar', interval, openAt, revision: 0, state })
  }
  return slots
}

/** Undefined where nobody watched for the whole slot. Gaps are in order of `since`, those before `first` are over. */
function stateOf(gaps: readonly GapRow[], first: number, openAt: Millis, closeAt: Millis): BarState | undefined {
  let state: BarState = 'quiet'
  for (let index = first; index < gaps.length; index += 1) {
    const { since, until, reason } = gaps[index]!
    if (since >= closeAt) break
    if ((until ?? Infinity) <= openAt) continue
    if (reason !== 'unwatched') state = 'missing'
    else if (since <= openAt && (until ?? Infinity) >= closeAt) return undefined
  }
  return state
}

function toColumns(bars: readonly Bar[]): BarColumns {
  const column = (pick: (bar: Bar) => Decimal | undefined) => bars.map((bar) => pick(bar) ?? '')
  return {
    openAt: bars.map((bar) => bar.openAt),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
    quoteVolume: column((bar) => bar.quoteVolume),
    buyVolume: column((bar) => bar.buyVolume),
    trades: bars.map((bar) => bar.trades ?? 0),
    state: bars.map((bar) => bar.state),
    origin: bars.map((bar): Origin => (bar.state === 'backfilled' ? 'backfill' : 'stream')),
  }
}
