/** The one search that runs: it goes on while another tab of Kafka is in front. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '../../../../shared/faults.ts'
import type { ScanFrame } from '../../../../shared/kafka-view.ts'
import { clusterStore } from '../../../bridge/kafka-store.ts'
import { session } from '../../../bridge/session.ts'
import type { MessageQuery, QueryDraft } from './message-query.ts'
import { EMPTY_QUERY } from './message-query.ts'
import type { Tail } from './tail.ts'
import { addFrame, EMPTY_TAIL, MOST_ROWS } from './tail.ts'

export interface ScanState {
  readonly draft: QueryDraft
  /** What was asked last. */
  readonly query?: MessageQuery
  readonly running: boolean
  /** A tail that stands still: frames are held back. */
  readonly paused: boolean
  readonly held: number
  readonly tail: Tail
  readonly fault?: Fault
  /** Places of the rows that are marked to be sent again. */
  readonly marked: ReadonlySet<string>
  /** Place of the row in the drawer. */
  readonly open?: string
}

const FIRST: ScanState = {
  draft: EMPTY_QUERY,
  running: false,
  paused: false,
  held: 0,
  tail: EMPTY_TAIL,
  marked: new Set(),
}

export const scanStore = createStore<ScanState>(() => FIRST)
let leave: (() => void) | undefined
/** Frames of a paused tail, in order. */
let waiting: ScanFrame[] = []
/** Frames that came since the last paint. */
let fresh: ScanFrame[] = []
let painting: ReturnType<typeof setTimeout> | undefined
/** Rows that change more often cannot be read, and cost all the same. */
const PACE = 250

export function useScan<T>(select: (state: ScanState) => T): T {
  return useStore(scanStore, select)
}

export function changeDraft(change: Partial<QueryDraft>): void {
  scanStore.setState(({ draft }) => ({ draft: { ...draft, ...change } }))
}

/** Begins a search, in place of the one that runs. */
export function startScan(query: MessageQuery): void {
  stopScan()
  const { draft } = scanStore.getState()
  scanStore.setState({ ...FIRST, draft, query, running: true }, true)
  leave = session.open('messages', query, take, (fault) => {
    leave = undefined
    flush()
    scanStore.setState({ running: false, ...(fault ? { fault } : {}) })
  })
}

/** Stops the search; what was found stays. */
export function stopScan(): void {
  leave?.()
  leave = undefined
  flush()
  resumeTail()
  scanStore.setState({ running: false })
}

// Records of one cluster are not those of another.
clusterStore.subscribe(({ cluster }, before) => {
  if (!before.cluster || cluster?.profile?.id === before.cluster.profile?.id) return
  stopScan()
  scanStore.setState({ ...FIRST, draft: { ...scanStore.getState().draft, topic: '' } }, true)
})

function take(frame: ScanFrame): void {
  if (frame.fault) scanStore.setState({ fault: frame.fault })
  if (scanStore.getState().paused) return hold(frame)
  fresh.push(frame)
  painting ??= setTimeout(flush, PACE)
}

function flush(): void {
  clearTimeout(painting)
  painting = undefined
  const frames = fresh
  fresh = []
  if (frames.length === 0) return
  scanStore.setState(({ tail, running }) => ({
    tail: frames.reduce(addFrame, tail),
    running: running && frames.at(-1)?.done !== true,
  }))
}

function hold(frame: ScanFrame): void {
  waiting.push(frame)
  let held = waiting.reduce((sum, each) => sum + each.rows.length, 0)
  // More than is kept would be let go anyway: then it is counted as left out, not held.
  while (held > MOST_ROWS) {
    const oldest = waiting.shift()
    const next = waiting[0]
    if (!oldest || !next) break
    held -= oldest.rows.length
    waiting[0] = { ...next, skipped: next.skipped + oldest.skipped + oldest.rows.length }
  }
  scanStore.setState({ held })
}

/** Holds a tail so that it can be read. */
export function pauseTail(): void {
  flush()
  scanStore.setState({ paused: true })
}

/** Shows what was held, and goes on. */
export function resumeTail(): void {
  const frames = waiting
  waiting = []
  scanStore.setState(({ tail }) => ({ paused: false, held: 0, tail: frames.reduce(addFrame, tail) }))
}

/** Marks rows to be sent again, or takes the marks off. */
export function markRows(places: readonly string[], on: boolean): void {
  scanStore.setState(({ marked }) => {
    const next = new Set(marked)
    for (const place of places) {
      if (on) next.add(place)
      else next.delete(place)
    }
    return { marked: next }
  })
}

/** Opens a row in the drawer; undefined closes it. */
export function openRow(place: string | undefined): void {
  scanStore.setState((before) => {
    const { open: _, ...rest } = before
    return place === undefined ? rest : { ...rest, open: place }
  }, true)
}
