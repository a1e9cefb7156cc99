/** Removes what is older, or more, than the caps allow: in small steps, so that writing is not held up. */

import type { Millis } from '../../shared/market.ts'
import { DAY, HOUR, SECOND } from '../../shared/market.ts'
import type { Connection } from '../journal/sqlite/open.ts'
import { bytesInUse } from '../journal/sqlite/open.ts'
import type { StoreCaps } from './store.ts'
import type { BarTable } from './tables/bars.ts'
import type { TradeTable } from './tables/trades.ts'

export interface Retention {
  /** Removes one step's worth, if anything is due. True: there may be more. */
  step(now: Millis, caps: StoreCaps): boolean
}

/** Rows of one step: a few milliseconds. */
const ROWS = 2_000
const VACUUM_PAGES = 512
/** Free pages that stay in the file: the next rows take them at once. */
const SPARE_PAGES = 128

/** What is pruned, in the order in which room is made: the oldest trades first, then seconds. Minutes and hours are kept. */
const LAYERS = [
  { name: 'trades', time: 'at', where: '' },
  { name: 'tickers', time: 'at', where: '' },
  { name: 'bars', time: 'open_at', where: `AND interval = ${SECOND}` },
] as const
type LayerName = (typeof LAYERS)[number]['name']

export function createRetention(db: Connection, trades: TradeTable, bars: BarTable): Retention {
  const markets = db.prepare<[], number>('SELECT id FROM instruments ORDER BY id').pluck()
  const layers = new Map(
    LAYERS.map(({ name, time, where }) => [
      name,
      {
        oldest: db
          .prepare<[number], Millis | null>(`SELECT min(${time}) FROM ${name} WHERE instrument = ? ${where}`)
          .pluck(),
        /** Time of the row behind the last one of a step, if so many are due. */
        bound: db
          .prepare<[number, Millis], Millis>(
            `SELECT ${time} FROM ${name} WHERE instrument = ? ${where} AND ${time} < ? ORDER BY ${time} LIMIT 1 OFFSET ${ROWS}`,
          )
          .pluck(),
        remove: db.prepare<[number, Millis]>(`DELETE FROM ${name} WHERE instrument = ? ${where} AND ${time} < ?`),
      },
    ]),
  )

  const remove = (name: LayerName, instrument: number, before: Millis): number => {
    const layer = layers.get(name)!
    // One more than the bound's own time, should a whole step's rows share it: a step must get somewhere.
    const oldest = layer.oldest.get(instrument) ?? Infinity
    if (oldest >= before) return 0
    const bound = layer.bound.get(instrument, before) ?? before
    return layer.remove.run(instrument, Math.max(bound, Math.min(oldest + 1, before))).changes
  }
  // Few: a step's worth needs no bound.
  const removeItems = db.prepare<[Millis]>('DELETE FROM items WHERE published_at < ?')
  const removeOne = db.transaction((name: LayerName, before: Millis): number => {
    if (name === 'bars') bars.keepFrom(before)
    for (const instrument of markets.all()) {
      const removed = remove(name, instrument, before)
      if (removed === 0) continue
      if (name === 'trades') {
        trades.removed(removed)
        trades.flush()
      }
      return removed
    }
    return 0
  })
  const oldestOf = (name: LayerName): Millis =>
    markets
      .all()
      .reduce((least, instrument) => Math.min(least, layers.get(name)!.oldest.get(instrument) ?? Infinity), Infinity)

  const byAge = (now: Millis, caps: StoreCaps): boolean =>
    removeOne('trades', hoursBefore(now, caps.tradeDays)) > 0 ||
    removeOne('tickers', hoursBefore(now, caps.tradeDays)) > 0 ||
    removeOne('bars', hoursBefore(now, caps.secondDays)) > 0 ||
    (caps.itemDays !== undefined && removeItems.run(hoursBefore(now, caps.itemDays)).changes > 0)

  const bySize = (caps: StoreCaps): boolean => {
    if (bytesInUse(db) <= caps.storeBytes) return false
    for (const { name } of LAYERS) {
      const oldest = oldestOf(name)
      if (oldest === Infinity) continue
      // The whole oldest hour, of all markets: none of them loses more of its past than the others.
      return removeOne(name, Math.floor(oldest / HOUR) * HOUR + HOUR) > 0
    }
    return false
  }
  const shrink = (): boolean => {
    const free = db.pragma('freelist_count', { simple: true }) as number
    if (free <= SPARE_PAGES) return false
    db.pragma(`incremental_vacuum(${Math.min(VACUUM_PAGES, free - SPARE_PAGES)})`)
    return true
  }

  return {
    step: (now, caps) => byAge(now, caps) || bySize(caps) || shrink(),
  }
}

/** By whole hours, so that a step has something to do. */
function hoursBefore(now: Millis, days: number): Millis {
  return Math.floor((now - days * DAY) / HOUR) * HOUR
}
