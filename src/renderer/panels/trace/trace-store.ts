/** What is being followed: a trade, or a candle of which one trade is to be picked. Lives on while another page is in front. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { TapeRow } from '../../../shared/market-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { FollowedCandle, FollowedTrade } from '../../ui/commands.ts'

export interface Traced {
  readonly instrument: InstrumentKey
  /** Its trades stand over the way of one of them. */
  readonly candle?: FollowedCandle
  /** Absent until one is picked. */
  readonly trade?: TapeRow
}

export const traceStore = createStore<{ readonly traced?: Traced }>(() => ({}))
/** What had the focus before, and gets it back. */
let before: Element | undefined

function open(traced: Traced): void {
  if (!traceStore.getState().traced) before = document.activeElement ?? undefined
  traceStore.setState({ traced })
}

export function openTrade({ instrument, trade }: FollowedTrade): void {
  open({ instrument, trade })
}

export function openCandle(candle: FollowedCandle): void {
  open({ instrument: candle.instrument, candle })
}

/** Picks a trade of the candle. */
export function pickTrade(trade: TapeRow): void {
  traceStore.setState(({ traced }) => (traced ? { traced: { ...traced, trade } } : {}))
}

export function closeTrace(): void {
  traceStore.setState({}, true)
  if (before instanceof HTMLElement && before.isConnected) before.focus()
  before = undefined
}

export function useTraced(): Traced | undefined {
  return useStore(traceStore, (state) => state.traced)
}

/** Id of the trade that is followed, where it is one of this market. */
export function useFollowed(instrument: InstrumentKey): string | undefined {
  return useStore(traceStore, ({ traced }) => (traced?.instrument === instrument ? traced.trade?.id : undefined))
}
