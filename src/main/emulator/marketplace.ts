/** All emulated markets together: everything that happens from a start on, in one order that depends on the seed alone. */

import { SECOND } from '../../shared/market.ts'
import type { Millis, VenueId } from '../../shared/market.ts'
import { BOOK_GRID } from './book.ts'
import { createMarketModel } from './model.ts'
import type { MarketModel, ModelTrade } from './model.ts'
import type { EmulatedVenue } from './venue.ts'

export type Happening =
  | { readonly kind: 'trade'; readonly at: Millis; readonly market: MarketModel; readonly trade: ModelTrade }
  /** The grid on which books and tickers speak. */
  | { readonly kind: 'tick'; readonly at: Millis }

export interface MarketplaceOptions {
  readonly seed: number
  /** Trades a second over all venues together. */
  readonly rate: number
  readonly start: Millis
  readonly venues: readonly EmulatedVenue[]
}

export interface Marketplace {
  /** The markets of each venue by symbol, as its table lists them. */
  readonly markets: ReadonlyMap<VenueId, ReadonlyMap<string, MarketModel>>
  /** Everything before `to` that has not been given yet. */
  until(to: Millis): Iterable<Happening>
  /** Leaves out everything before `to`: the machine slept. */
  skip(to: Millis): void
}

type TradeHappening = Extract<Happening, { kind: 'trade' }>

export function createMarketplace({ seed, rate, start, venues }: MarketplaceOptions): Marketplace {
  const markets = new Map(venues.map((venue) => [venue.id, marketsOf(venue, seed, rate, venues)]))
  const all = [...markets.values()].flatMap((listed) => [...listed.values()])

  let second = Math.floor(start / SECOND)
  let queue = tradesOf(all, second, start)
  let place = 0
  let nextTick = Math.ceil(start / BOOK_GRID) * BOOK_GRID

  function load(nextSecond: number, from: Millis): void {
    second = nextSecond
    queue = tradesOf(all, second, from)
    place = 0
  }

  function* until(to: Millis): Iterable<Happening> {
    for (;;) {
      const next = queue[place]
      const end = (second + 1) * SECOND
      if (nextTick <= (next?.at ?? end) && nextTick < to) {
        const at = nextTick
        nextTick += BOOK_GRID
        yield { kind: 'tick', at }
      } else if (next !== undefined && next.at < to) {
        place += 1
        yield next
      } else if (next === undefined && end < to) {
        load(second + 1, end)
      } else {
        return
      }
    }
  }

  function skip(to: Millis): void {
    load(Math.floor(to / SECOND), to)
    nextTick = Math.ceil(to / BOOK_GRID) * BOOK_GRID
  }

  return { markets, until, skip }
}

function marketsOf(
  venue: EmulatedVenue,
  seed: number,
  rate: number,
  venues: readonly EmulatedVenue[],
): ReadonlyMap<string, MarketModel> {
  const share = venue.weight / venues.reduce((sum, other) => sum + other.weight, 0)
  const weights = venue.markets.reduce((sum, spec) => sum + spec.weight, 0)
  return new Map(
    venue.markets.map((spec) => [
      spec.symbol,
      createMarketModel(seed, venue.id, spec, (rate * share * spec.weight) / weights),
    ]),
  )
}

/** Every market's trades of one second, from a moment on, in order of time; of the same millisecond, in order of the tables. */
function tradesOf(all: readonly MarketModel[], second: number, from: Millis): readonly TradeHappening[] {
  const trades: TradeHappening[] = []
  for (const market of all) {
    for (const trade of market.tradesIn(second)) {
      if (trade.at >= from) trades.push({ kind: 'trade', at: trade.at, market, trade })
    }
  }
  return trades.toSorted((a, b) => a.at - b.at)
}
