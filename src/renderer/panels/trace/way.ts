/** A trade's way as it is read: each hop with the time since the one it follows from. */

import type { Hop } from '../../../shared/kafka-view.ts'
import { HOP_REASONS } from '../../../shared/kafka-view.ts'
import type { Millis } from '../../../shared/market.ts'

export type HopName = Hop['hop']

export interface WayLine extends Hop {
  /** Since the last hop before it that is known: not always the line above, as the ways part at the socket and at the journal. */
  readonly since?: { readonly hop: HopName; readonly ms: Millis; readonly isAbove: boolean }
}

export interface Way {
  readonly lines: readonly WayLine[]
  /** From the exchange's clock to the pixel, and to the last hop that is known. */
  readonly toPixel?: Millis
  readonly toLast?: { readonly hop: HopName; readonly ms: Millis }
  /** By so much the exchange's clock was ahead: it says that the trade was made after it came here. */
  readonly ahead?: Millis
  /** The engine knows all it will ever know. */
  readonly isComplete: boolean
}

const FROM: Readonly<Partial<Record<HopName, HopName>>> = {
  socket: 'exchange',
  journal: 'socket',
  aggregate: 'journal',
  sent: 'journal',
  acked: 'sent',
  // It may come back before its acknowledgement does.
  consumed: 'sent',
  stored: 'journal',
  painted: 'socket',
}

/** `painted`: what the page knows of its own hop. */
export function toWay(hops: readonly Hop[], painted: { readonly at?: Millis } | undefined): Way {
  const last: Hop =
    painted?.at === undefined
      ? { hop: 'painted', missing: painted ? 'not-drawn' : 'from-history' }
      : { hop: 'painted', at: painted.at }
  const all = [...hops, last]
  const lines = all.map((hop, index): WayLine => {
    const since = sinceOf(all, index)
    return since ? { ...hop, since } : hop
  })
  const start = all.find(({ hop }) => hop === 'exchange')?.at
  const socket = all.find(({ hop }) => hop === 'socket')?.at
  const known = all.flatMap(({ hop, at }) => (at === undefined ? [] : [{ hop, at }]))
  const latest = known.toSorted((a, b) => a.at - b.at).at(-1)
  return {
    lines,
    ...(start === undefined || last.at === undefined ? {} : { toPixel: last.at - start }),
    ...(start === undefined || known.length < 2 || !latest
      ? {}
      : { toLast: { hop: latest.hop, ms: latest.at - start } }),
    ...(start === undefined || socket === undefined || socket >= start ? {} : { ahead: start - socket }),
    isComplete: hops.every(({ missing }) => missing === undefined || !HOP_REASONS[missing]),
  }
}

function sinceOf(hops: readonly Hop[], index: number): WayLine['since'] {
  const at = hops[index]?.at
  if (at === undefined) return undefined
  for (let from = FROM[hops[index]!.hop]; from !== undefined; from = FROM[from]) {
    const place = hops.findLastIndex(({ hop }, each) => each < index && hop === from)
    const before = hops[place]?.at
    if (before !== undefined) return { hop: from, ms: at - before, isAbove: place === index - 1 }
  }
  return undefined
}
