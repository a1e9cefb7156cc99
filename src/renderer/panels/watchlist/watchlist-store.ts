/** How the watch list is arranged on this computer: grouping and closed groups, kept in the browser's storage. */

import { createStore } from 'zustand/vanilla'
import type { Grouping } from './watchlist-rows.ts'
import { GROUPINGS } from './watchlist-rows.ts'

export interface Arrangement {
  readonly grouping: Grouping
  readonly collapsed: ReadonlySet<string>
}

const KEY = 'tapedeck.watchlist'

function read(): Arrangement {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? '{}') as { grouping?: unknown; collapsed?: unknown }
    const collapsed = Array.isArray(saved.collapsed) ? saved.collapsed.filter((id) => typeof id === 'string') : []
    return { grouping: GROUPINGS.find((known) => known === saved.grouping) ?? 'venue', collapsed: new Set(collapsed) }
  } catch {
    return { grouping: 'venue', collapsed: new Set() }
  }
}

export const arrangement = createStore<Arrangement>(read)

arrangement.subscribe(({ grouping, collapsed }) => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ grouping, collapsed: [...collapsed] }))
  } catch {
    // Storage may be full or refused: the arrangement then lasts as long as the page.
  }
})

export function setGrouping(grouping: Grouping): void {
  arrangement.setState({ grouping })
}

/** Opens or closes a group. */
export function toggleGroup(id: string, collapsed = !arrangement.getState().collapsed.has(id)): void {
  const next = new Set(arrangement.getState().collapsed)
  if (collapsed) next.add(id)
  else next.delete(id)
  arrangement.setState({ collapsed: next })
}
