/** Whether this page is a whole window or one popped-out pane: its address says so. */

import type { PaneView } from '../shared/shell-contract.ts'
import { PANES } from '../shared/shell-contract.ts'
import type { InstrumentKey } from '../shared/market.ts'

/** The pane that an address asks for; undefined for the whole window, and for what is no pane. */
export function paneOf(hash: string): PaneView | undefined {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''))
  const pane = PANES.find((each) => each === fragment.get('pane'))
  const market = fragment.get('market') ?? ''
  if (!pane || !/^[a-z0-9]+:[^\s]{1,60}$/.test(market)) return undefined
  const interval = Number(fragment.get('interval') ?? Number.NaN)
  return {
    pane,
    instrument: market as InstrumentKey,
    ...(Number.isInteger(interval) && interval > 0 ? { interval } : {}),
  }
}

/** An address for a pane, to be put behind the page's own. */
export function fragmentOf({ pane, instrument, interval }: PaneView): string {
  const fragment = new URLSearchParams({ pane, market: instrument })
  if (interval !== undefined) fragment.set('interval', String(interval))
  return `#${fragment.toString()}`
}

/** What this page is; it does not change while it is open. */
export const pane: PaneView | undefined = typeof location === 'undefined' ? undefined : paneOf(location.hash)
