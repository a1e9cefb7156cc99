/** What the keys do in the watch list. */

import type { KeyboardEvent } from 'react'
import { focus } from '../../market/market.ts'
import type { WatchlistActions } from '../../market/watchlist-actions.ts'
import type { WatchRow } from './watchlist-rows.ts'
import { toggleGroup } from './watchlist-store.ts'

export interface WatchKeyContext {
  readonly rows: readonly WatchRow[]
  readonly active: number
  readonly moveTo: (index: number) => void
  /** Moves the market of one row to the place of another. */
  readonly moveRow: (from: number, to: number) => void
  readonly actions: WatchlistActions
}

const PAGE = 10

/** Arrows, Home, End and the page keys move; Enter opens; Delete removes; Alt with an arrow moves the market itself. */
export function onWatchKey(event: KeyboardEvent, { rows, active, moveTo, moveRow, actions }: WatchKeyContext): void {
  const row = rows[active]
  if (!row || event.ctrlKey || event.metaKey) return
  const last = rows.length - 1
  const go = (index: number) => moveTo(Math.min(Math.max(index, 0), last))
  const vertical = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (event.altKey) {
    if (vertical === 0 || row.kind !== 'market') return
    event.preventDefault()
    moveRow(active, active + vertical)
    return
  }
  const actionsByKey: Readonly<Record<string, () => void>> = {
    ArrowUp: () => go(active - 1),
    ArrowDown: () => go(active + 1),
    PageUp: () => go(active - PAGE),
    PageDown: () => go(active + PAGE),
    Home: () => go(0),
    End: () => go(last),
    ArrowLeft: () => row.kind === 'group' && toggleGroup(row.id, true),
    ArrowRight: () => row.kind === 'group' && toggleGroup(row.id, false),
    Enter: () => (row.kind === 'group' ? toggleGroup(row.id) : focus.openMarket(row.key)),
    Delete: () => {
      if (row.kind !== 'market') return
      go(active === last ? active - 1 : active + 1)
      actions.remove(row.key)
    },
  }
  const action = actionsByKey[event.key]
  if (!action) return
  event.preventDefault()
  action()
}
