/** The watch list as the rows of one table: groups with their markets, in the order they are shown. */

import { decimalsOf } from '../../ui/format.ts'
import { VENUE_ORDER } from '../../ui/venues.ts'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { pairOf, STOCK_VENUES, venueOf } from '../../../shared/market.ts'

export const GROUPINGS = ['venue', 'coin', 'flat'] as const
export type Grouping = (typeof GROUPINGS)[number]

export type WatchRow =
  | {
      readonly kind: 'group'
      readonly id: string
      /** Absent for a coin, whose markets are of many venues. */
      readonly venue?: string
      /** Quote currency of a venue's group, code of a coin. */
      readonly label: string
      readonly count: number
      readonly collapsed: boolean
    }
  | { readonly kind: 'market'; readonly id: string; readonly key: InstrumentKey; readonly slot: number }

export interface RowsInput {
  readonly keys: readonly InstrumentKey[]
  readonly grouping: Grouping
  readonly collapsed: ReadonlySet<string>
  readonly byKey: ReadonlyMap<InstrumentKey, Instrument>
}

/** Rows of the list. Markets keep the list's order inside their group; venues keep the order of every other list. */
export function toRows({ keys, grouping, collapsed, byKey }: RowsInput): WatchRow[] {
  const market =
    (slot: number) =>
    (key: InstrumentKey): WatchRow => ({ kind: 'market', id: key, key, slot })
  const slotOf = (group: readonly InstrumentKey[]) =>
    Math.max(0, ...group.map((key) => decimalsOf(byKey.get(key)?.tickSize)))
  if (grouping === 'flat') return keys.map(market(slotOf(keys)))

  const groups = Map.groupBy(keys, grouping === 'venue' ? venueGroup : (key) => pairOf(key).split('/')[0] ?? key)
  const ids = [...groups.keys()]
  const ordered = grouping === 'venue' ? ids.toSorted((a, b) => venueRank(a) - venueRank(b)) : ids
  return ordered.flatMap((id) => {
    const members = groups.get(id) ?? []
    const isCollapsed = collapsed.has(id)
    const [venue = '', quote = ''] = id.split(' ')
    const head: WatchRow = {
      kind: 'group',
      id,
      ...(grouping === 'venue' ? { venue, label: quote } : { label: id }),
      count: members.length,
      collapsed: isCollapsed,
    }
    return isCollapsed ? [head] : [head, ...members.map(market(slotOf(members)))]
  })
}

/** A stock's currency goes by where it is dealt: those of a venue stand together. */
function venueGroup(key: InstrumentKey): string {
  const venue = venueOf(key)
  const quote = STOCK_VENUES.some((each) => each === venue) ? '' : (pairOf(key).split('/')[1] ?? '')
  return `${venue} ${quote}`
}

function venueRank(id: string): number {
  const index = VENUE_ORDER.findIndex((venue) => id.startsWith(`${venue} `))
  return index < 0 ? VENUE_ORDER.length : index
}
