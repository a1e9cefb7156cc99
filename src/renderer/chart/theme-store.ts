/** The colours in force, for everything that is drawn on a canvas. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ChartTheme } from './chart-theme.ts'
import { onThemeChange, readTheme } from './chart-theme.ts'

let store: ReturnType<typeof create> | undefined

function create() {
  const created = createStore<ChartTheme>(() => readTheme())
  onThemeChange(() => created.setState(readTheme()))
  return created
}

/** New whenever the theme, the contrast or the colours of up and down change. */
export function useChartTheme(): ChartTheme {
  store ??= create()
  return useStore(store)
}
