/** One instant of one market that is marked in the chart: whoever knows a place in time shows it there. */

import { createStore } from 'zustand/vanilla'
import { focus } from '../market/market.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { openPage } from '../ui/page-store.ts'
import { intervalFor } from './mark-interval.ts'

export interface Mark {
  readonly instrument: InstrumentKey
  readonly at: Millis
  /** The chart has been there: from now on it may be scrolled away. */
  readonly reached: boolean
}

export const marked = createStore<{ readonly mark?: Mark }>(() => ({}))

/** Opens the chart at an instant of a market, and marks it. */
export function showInChart(instrument: InstrumentKey, at: Millis): void {
  focus.openMarket(instrument)
  focus.setInterval(intervalFor(Date.now() - at))
  marked.setState({ mark: { instrument, at, reached: false } })
  openPage('trade')
}

export function markReached(): void {
  marked.setState(({ mark }) => (mark ? { mark: { ...mark, reached: true } } : {}))
}

export function clearMark(): void {
  marked.setState({}, true)
}
