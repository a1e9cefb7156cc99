/** The markets of one coin, one for each venue, with what can be compared between them. */

import type { TickerRow } from '../../../shared/market-view.ts'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { VENUE_ORDER } from '../../ui/venues.ts'

/** Where a venue lists a coin against several currencies, the one that most people there trade. */
const QUOTES = ['KRW', 'USDT', 'USD', 'USDC', 'EUR'] as const

const rankOf = (quote: string | undefined): number => {
  const index = QUOTES.findIndex((known) => known === quote)
  return index < 0 ? QUOTES.length : index
}

/** One market a venue, in the order of every list; the focused market stands for its venue. */
export function toVenueMarkets(same: readonly Instrument[], focus: InstrumentKey): readonly Instrument[] {
  const best = new Map<string, Instrument>()
  for (const instrument of same) {
    const known = best.get(instrument.venue)
    const wins = instrument.key === focus || (known?.key !== focus && rankOf(instrument.quote) < rankOf(known?.quote))
    if (known === undefined || wins) best.set(instrument.venue, instrument)
  }
  return VENUE_ORDER.flatMap((venue) => best.get(venue) ?? [])
}

/** The 24 h volume in the coin itself: the one amount that is comparable across currencies. */
export function volumeOf(ticker: TickerRow | undefined): number | undefined {
  if (ticker === undefined) return undefined
  if (ticker.volume24h !== undefined) return Number(ticker.volume24h)
  const [value, last] = [Number(ticker.quoteVolume24h), Number(ticker.last)]
  return ticker.quoteVolume24h !== undefined && last > 0 ? value / last : undefined
}
