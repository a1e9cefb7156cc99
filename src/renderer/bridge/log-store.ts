/** The engine's log as this page heard it, while somebody looks. */

import { createStore } from 'zustand/vanilla'
import type { LogLine } from '../../shared/engine-view.ts'
import { session } from './session.ts'

export const LOG_LENGTH = 1_000

export const logStore = createStore<{ readonly lines: readonly LogLine[] }>(() => ({ lines: [] }))

/** Lines in order, once each: a stream that opens again begins with lines already heard. */
export function mergeLines(known: readonly LogLine[], heard: readonly LogLine[]): readonly LogLine[] {
  const overlap = heard[0] ? known.findLastIndex((line) => line.at < heard[0]!.at) + 1 : known.length
  const seen = new Set(known.slice(overlap).map((line) => `${line.at} ${line.text}`))
  const fresh = heard.filter((line) => !seen.has(`${line.at} ${line.text}`))
  return [...known, ...fresh].slice(-LOG_LENGTH)
}

/** Listens until left. */
export function followLog(): () => void {
  return session.open('log', {}, (heard) => {
    logStore.setState(({ lines }) => ({ lines: mergeLines(lines, heard) }))
  })
}
