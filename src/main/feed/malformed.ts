import type { MalformedSample } from '../../shared/engine-view.ts'
import type { MalformedRule } from '../../shared/malformed-rules.ts'
import type { Millis } from '../../shared/market.ts'

/** Noise from outside, counted by rule; the last samples are kept for the eye. */
export interface Malformed {
  add(rule: MalformedRule, message: string, frame: string, at: Millis): void
  counts(): Readonly<Partial<Record<MalformedRule, number>>>
  /** Newest last. */
  samples(): readonly MalformedSample[]
}

const KEPT = 20
const CUT = 2_000

export function createMalformed(): Malformed {
  const counts = new Map<MalformedRule, number>()
  const samples: MalformedSample[] = []
  return {
    add(rule, message, frame, at) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1)
      samples.push({ at, rule, message, frame: frame.slice(0, CUT) })
      if (samples.length > KEPT) samples.shift()
    },
    counts: () => Object.fromEntries(counts),
    samples: () => [...samples],
  }
}
