import type { ConsumeSink } from './sink.ts'

/** Counts and keeps nothing: the group's own offsets say where it goes on. */
export function createCountSink(): ConsumeSink {
  return {
    resumeAt: () => Promise.resolve(undefined),
    take: () => Promise.resolve({ duplicates: 0, own: 0, parked: 0 }),
    parked: () => Promise.resolve([]),
    retry: () => Promise.resolve({ stored: 0, left: 0 }),
    rewind: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
