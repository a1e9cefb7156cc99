/** What the palette lists for a query: markets first, then actions; without a query the watch list and all actions. */

import type { Search } from '../../../shared/search.ts'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { ListedCommand } from '../../ui/commands.ts'
import { codedMarkets } from './coded-markets.ts'

export type SearchEntry =
  | { readonly kind: 'market'; readonly id: string; readonly instrument: Instrument }
  | { readonly kind: 'action'; readonly id: string; readonly command: ListedCommand }

export interface SearchInput {
  readonly query: string
  readonly search: Search
  readonly commands: readonly ListedCommand[]
  readonly watchlist: readonly InstrumentKey[]
  readonly byKey: ReadonlyMap<InstrumentKey, Instrument>
}

export const MOST_MARKETS = 50

export function toEntries({ query, search, commands, watchlist, byKey }: SearchInput): SearchEntry[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const known = watchlist.flatMap((key) => byKey.get(key) ?? [])
  const found = words.length === 0 ? known.slice(0, 8) : search.search(query, MOST_MARKETS)
  const markets = [...found, ...codedMarkets(query, byKey)]
  const actions = commands.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
  return [
    ...markets.map((instrument): SearchEntry => ({ kind: 'market', id: `search-${instrument.key}`, instrument })),
    ...actions.map((command, index): SearchEntry => ({ kind: 'action', id: `search-action-${index}`, command })),
  ]
}
