import type { FinishedPart } from './part-file.ts'
import type { Market, Row } from './rows.ts'
import type { Facts } from './sidecar.ts'
import type { Watched } from './watched.ts'

/** A market with what is known of its seconds. */
export interface MarketFacts {
  readonly market: Market
  readonly watched: Watched
}

/** Where an export's rows go: CSV files or an SQLite file. */
export interface RowWriter {
  readonly bytes: number
  /** The rows that follow are this market's. */
  begin(market: Market): void
  write(rows: readonly Row[]): Promise<void> | void
  /** Everything is on disk, still under '.part' names. */
  finish(facts: Facts): Promise<readonly (FinishedPart & { readonly name: string })[]>
  /** Removes everything that was written. */
  abandon(): void
}
