/** The market half of the page, put together: one stream, its stores, and what is asked when the focus changes. */

import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { MarketFrame } from '../../shared/market-view.ts'
import type { Instrument, InstrumentKey, Millis } from '../../shared/market.ts'
import { healthStore } from '../bridge/health-store.ts'
import { session } from '../bridge/session.ts'
import { saveSettings, settingsStore, useSettingsView } from '../bridge/settings-store.ts'
import { askShell } from '../bridge/shell.ts'
import { pane } from '../pane.ts'
import { createBookStore } from './book-store.ts'
import { useCell } from './cells.ts'
import { createFocusStore } from './focus-store.ts'
import './flash.css'
import { createFlasher, createPageFlashes } from './flasher.ts'
import { createFollows } from './follows.ts'
import { createBrowserHost, createFrameLoop } from './frame-loop.ts'
import { createInstrumentsStore, useInstrumentIn } from './instruments-store.ts'
import { createMarketStream } from './market-stream.ts'
import { createPainted } from './painted.ts'
import { createSparksStore } from './sparks-store.ts'
import { createTapeStore } from './tape-store.ts'
import { createTickersStore } from './tickers-store.ts'
import { createWatchlist } from './watchlist.ts'

const NO_MARKETS: readonly InstrumentKey[] = []
const watched = (): readonly InstrumentKey[] => settingsStore.getState().view?.watchlist ?? NO_MARKETS

const host = createBrowserHost()
export const frames = createFrameLoop(host)
export const painted = createPainted(host)
export const flasher = createFlasher(frames, createPageFlashes())
export const marketStream = createMarketStream(session, frames)
export const tickers = createTickersStore()
export const book = createBookStore()
export const tape = createTapeStore()
export const instruments = createInstrumentsStore(() => session.call('instruments.list', {}))
export const sparks = createSparksStore((keys) => session.call('history.sparks', { instruments: keys }))
export const follows = createFollows((follow) => marketStream.want({ follow }))
export const watchlist = createWatchlist(watched, (keys) => saveSettings({ watchlist: keys }))
export const focus = createFocusStore(({ instrument, interval }) => {
  if (pane) {
    if (instrument !== undefined) void askShell('window.shows', { pane: pane.pane, instrument, interval })
    return
  }
  // Not remembered is no loss: the choice itself holds on this page.
  saveSettings({ chart: { instrument: instrument ?? null, interval } }).catch(() => undefined)
})

/** Grows when history must be asked again: another engine answers, what it told before may have holes. */
export const epoch = createStore<{ readonly count: number }>(() => ({ count: 0 }))

const TAPE_HISTORY = 200

async function loadTape(instrument: InstrumentKey, isCurrent: () => boolean): Promise<void> {
  const trades = await session.call('history.trades', { instrument, count: TAPE_HISTORY })
  const from = trades[0]?.at
  const coverage =
    from === undefined ? undefined : await session.call('history.coverage', { instrument, from, to: Date.now() })
  if (isCurrent()) tape.applyHistory(trades, coverage?.gaps ?? [])
}

function applyFrame(frame: MarketFrame, of: InstrumentKey | undefined): void {
  tickers.apply(frame.tickers)
  const newest = frame.trades.at(-1)
  if (of !== undefined && newest?.origin === 'stream') tickers.applyTrade(of, newest)
  if (of !== undefined && frame.trades.length > 0)
    painted.arrived(
      of,
      frame.trades.map(({ id }) => id),
    )
  tape.apply(frame.trades, frame.skipped, frame.gaps)
  book.apply(frame.book)
}

/** Joins the stores to the session. Called once by the trade page's host; returns what undoes it. */
export function followMarket(): () => void {
  let turn = 0
  const look = (instrument: InstrumentKey | undefined) => {
    turn += 1
    const mine = turn
    tape.reset(instrument)
    book.reset(instrument)
    marketStream.want({ focus: instrument })
    if (instrument === undefined) return
    loadTape(instrument, () => mine === turn).catch(() => {
      if (mine === turn) tape.applyHistory([], [])
    })
  }
  const restore = () => {
    const view = settingsStore.getState().view
    if (view === undefined) return
    const { instrument, interval } = view.settings.chart
    const isDefault = view.settings.watchlist === null
    if (pane) {
      focus.restore({ instrument: pane.instrument, interval: pane.interval ?? interval }, [])
      follows.set('watchlist', [pane.instrument])
      return
    }
    const remembered = { instrument: (instrument ?? undefined) as InstrumentKey | undefined, interval }
    focus.restore(remembered, view.watchlist, isDefault)
    follows.set('watchlist', view.watchlist)
  }
  let revision: number | undefined
  const relist = () => {
    const now = healthStore.getState().health?.instrumentsRevision
    if (now === undefined || now === revision) return
    const first = revision === undefined
    revision = now
    if (!first || instruments.getState().state !== 'ready') void instruments.load()
  }
  let connectedAt: Millis | undefined
  const reconnect = () => {
    const { phase, since } = session.state()
    if (phase !== 'ready' || since === connectedAt) return
    const again = connectedAt !== undefined
    connectedAt = since
    void instruments.load()
    if (!again) return
    epoch.setState(({ count }) => ({ count: count + 1 }))
    look(focus.getState().instrument)
  }
  const hide = () => marketStream.want({ hidden: document.hidden })

  const leaves = [
    marketStream.onFrame(applyFrame),
    focus.subscribe((now, before) => {
      if (now.instrument !== before.instrument) look(now.instrument)
    }),
    settingsStore.subscribe(restore),
    healthStore.subscribe(relist),
    session.subscribe(reconnect),
  ]
  document.addEventListener('visibilitychange', hide)
  hide()
  reconnect()
  restore()
  return () => {
    document.removeEventListener('visibilitychange', hide)
    for (const leave of leaves) leave()
    marketStream.close()
  }
}

/** The market that the panels show. */
export function useFocus(): InstrumentKey | undefined {
  return useStore(focus, (state) => state.instrument)
}
/** The newest ticker of a market that someone follows. */
export function useTicker(key: InstrumentKey) {
  return useCell(tickers, key)
}
/** What is known of a market. */
export function useInstrument(key: InstrumentKey | undefined): Instrument | undefined {
  return useInstrumentIn(instruments, key)
}
/** The watch list as it now is; undefined until the engine has answered. */
export function useWatchlist(): readonly InstrumentKey[] | undefined {
  return useSettingsView()?.watchlist
}
