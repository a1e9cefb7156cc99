import { EMULATED } from '../src/main/emulator/venues.ts'
import type { EmulatedVenue } from '../src/main/emulator/venue.ts'
import { exchangeOf } from '../src/main/exchanges/registry.ts'
import { toDefaultWatch } from '../src/main/feed/wants.ts'
import type { Instrument } from '../src/shared/market.ts'
import { TRADELESS } from '../src/shared/market.ts'

/** Share of the emulator's trades that the default markets get; the others' are not asked for. */
export function watchedShare(venues: readonly EmulatedVenue[] = EMULATED): number {
  const all = venues.reduce((sum, { weight }) => sum + weight, 0)
  return venues.reduce((sum, { id, weight, markets }) => {
    const listed = markets.map(({ symbol, base, quote }): Instrument => ({
      key: exchangeOf(id)?.toKey(symbol) ?? `${id}:${base}/${quote}`,
      venue: id,
      native: symbol,
      base,
      quote,
      names: {},
      status: 'trading',
    }))
    const watched = new Set(toDefaultWatch(id, listed))
    const of = (specs: typeof markets) => specs.reduce((total, spec) => total + spec.weight, 0)
    const share = TRADELESS.has(id)
      ? 0
      : of(markets.filter((_, index) => watched.has(listed[index]!.key))) / of(markets)
    return sum + (weight / all) * share
  }, 0)
}
