import { barOf } from '../../../shared/bars.ts'
import type { Bar, InstrumentKey, Millis, Origin } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

interface PrintRow {
  readonly at: Millis
  readonly id: string
  readonly price: string
  readonly size: string
  readonly side: 1 | -1 | null
  readonly origin: Origin
}
interface StoredBar {
  readonly revision: number
  readonly trades: number
  readonly volume: string
  readonly price_sum: string
}

/** Prepares the query that makes one second again from its trades: what a trade that came far too late asks for. */
export function prepareRemade(db: Connection, idOf: (key: string) => number | undefined) {
  const prints = db.prepare<[number, Millis, Millis], PrintRow>(
    'SELECT at, id, price, size, side, origin FROM trades WHERE instrument = ? AND at >= ? AND at < ? ORDER BY rowid',
  )
  const bar = db.prepare<[number, Millis, Millis], StoredBar>(
    'SELECT revision, trades, volume, price_sum FROM bars WHERE instrument = ? AND interval = ? AND open_at = ?',
  )
  return ({ instrument, openAt }: { instrument: InstrumentKey; openAt: Millis }): Bar | undefined => {
    const id = idOf(instrument)
    if (id === undefined) return undefined
    const known = bar.get(id, SECOND, openAt)
    const rows = prints.all(id, openAt, openAt + SECOND)
    const made = barOf(
      rows.map(({ side, ...print }) => (side === null ? print : { ...print, side: side === 1 ? 'buy' : 'sell' })),
      SECOND,
      openAt,
      known ? known.revision + 1 : 1,
    )
    const isSame =
      known?.trades === made?.trades && known?.volume === made?.volume && known?.price_sum === made?.priceSum
    return isSame ? undefined : made
  }
}
