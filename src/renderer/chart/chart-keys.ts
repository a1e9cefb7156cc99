/** What the keys do while the chart has the focus. */

import type { KeyboardEvent } from 'react'
import type { FocusStore } from '../market/focus-store.ts'
import type { ChartView } from './chart-view.ts'
import { clearMark } from './marked.ts'

const PAN = 10

type Action = (view: ChartView, focus: FocusStore) => void

const KEYS: Readonly<Record<string, Action>> = {
  ArrowLeft: (view) => view.step(-1),
  ArrowRight: (view) => view.step(1),
  'Shift+ArrowLeft': (view) => view.pan(-PAN),
  'Shift+ArrowRight': (view) => view.pan(PAN),
  '+': (view) => view.zoom(true),
  '=': (view) => view.zoom(true),
  '-': (view) => view.zoom(false),
  Home: (view) => view.toOldest(),
  End: (view) => toNewest(view),
  Escape: (view) => toNewest(view),
  Enter: (view) => view.pick(),
  KeyF: (view) => view.pick(),
  ',': (_, focus) => focus.stepInterval(-1),
  '.': (_, focus) => focus.stepInterval(1),
  KeyG: (view) => view.toNextGap(),
}

function toNewest(view: ChartView): void {
  clearMark()
  view.toNewest()
}

/** Runs the key's action, if it has one. */
export function onChartKey(event: KeyboardEvent, view: ChartView, focus: FocusStore): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const shifted = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key
  // Letters go by their place, so that they work on a Korean layout.
  const action = KEYS[shifted] ?? KEYS[event.code]
  if (!action) return
  event.preventDefault()
  action(view, focus)
}
