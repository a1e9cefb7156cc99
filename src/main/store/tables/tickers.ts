/** Tickers, thinned to the newest of each second and market. */

import type { MarketEvent, Millis, Ticker } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { Connection } from '../../journal/sqlite/open.ts'

export interface TickerTable {
  put(instrument: number, event: MarketEvent<Ticker>): void
  /** Writes what was put, once per transaction. */
  flush(): void
}

export function createTickerTable(db: Connection): TickerTable {
  const newest = new Map<number, Map<Millis, MarketEvent<Ticker>>>()
  const isNewer = db
    .prepare<[number, Millis, Millis], number>('SELECT 1 FROM tickers WHERE instrument = ? AND at > ? AND at < ?')
    .pluck()
  const clear = db.prepare<[number, Millis, Millis]>('DELETE FROM tickers WHERE instrument = ? AND at >= ? AND at < ?')
  const insert = db.prepare(
    `INSERT INTO tickers (instrument, at, received_at, origin, last, bid, ask, open_24h, high_24h, low_24h, volume_24h, quote_volume_24h, change)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  return {
    put(instrument, event) {
      const second = Math.floor(event.at / SECOND) * SECOND
      let seconds = newest.get(instrument)
      if (!seconds) newest.set(instrument, (seconds = new Map<Millis, MarketEvent<Ticker>>()))
      const known = seconds.get(second)
      if (!known || known.at <= event.at) seconds.set(second, event)
    },
    flush() {
      for (const [instrument, seconds] of newest)
        for (const [second, { at, receivedAt, origin, data }] of seconds) {
          if (isNewer.get(instrument, at, second + SECOND)) continue
          clear.run(instrument, second, second + SECOND)
          insert.run(
            instrument,
            at,
            receivedAt,
            origin,
            data.last,
            data.bid ?? null,
            data.ask ?? null,
            data.open24h ?? null,
            data.high24h ?? null,
            data.low24h ?? null,
            data.volume24h ?? null,
            data.quoteVolume24h ?? null,
            data.change ?? null,
          )
        }
      newest.clear()
    },
  }
}
