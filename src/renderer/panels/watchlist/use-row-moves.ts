import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { instruments } from '../../market/market.ts'
import { nameOf } from '../../market/values.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { WatchlistActions } from '../../market/watchlist-actions.ts'
import { useFormat } from '../../ui/use-format.ts'
import { reachOf } from './row-moves.ts'
import type { WatchRow } from './watchlist-rows.ts'

/**
 * Moves a market to the place of another of its group. `said` is what has become of it, in words, for those who do not
 * see the list; `move` tells whether there was such a place.
 */
export function useRowMoves(
  rows: readonly WatchRow[],
  actions: WatchlistActions,
): { readonly said: string; readonly move: (from: number, to: number) => boolean } {
  const { t } = useTranslation('market')
  const { language } = useFormat()
  const venueName = useVenueName()
  const [said, setSaid] = useState('')
  const words = (key: InstrumentKey) => ({
    name: nameOf(key, instruments.getState().byKey.get(key), language).name,
    venue: venueName(venueOf(key)),
  })
  const move = (from: number, to: number) => {
    const [row, target, reach] = [rows[from], rows[to], reachOf(rows, from)]
    if (row?.kind !== 'market' || !reach) return false
    const text = (key: 'moved' | 'movedNot', index: number) =>
      t(`watchlist.${key}`, {
        ...words(row.key),
        place: index - reach.first + 1,
        count: reach.last - reach.first + 1,
      })
    if (target?.kind !== 'market' || to < reach.first || to > reach.last) {
      setSaid(text('movedNot', from))
      return false
    }
    void actions.move(row.key, target.key).then((moved) => moved && setSaid(text('moved', to)))
    return true
  }
  return { said, move }
}
