/** The page's one 'market' stream: opened again when what the page looks at changes, without losing a value between. */

import type { Client } from '../../shared/bridge.ts'
import type { AppContract } from '../../shared/contract.ts'
import type { MarketFrame } from '../../shared/market-view.ts'
import type { InstrumentKey } from '../../shared/market.ts'
import type { FrameLoop } from './frame-loop.ts'

/** What the page looks at. */
export interface Want {
  readonly focus: InstrumentKey | undefined
  readonly follow: readonly InstrumentKey[]
  readonly hidden: boolean
}

export interface MarketStream {
  /** Changes what is wanted. When this returns, the stream is asked for: history may be asked now. */
  want(change: Partial<Want>): void
  /** Frames in order, each with the focus it was asked for. Called inside the page's animation frame. */
  onFrame(listener: (frame: MarketFrame, focus: InstrumentKey | undefined) => void): () => void
  close(): void
}

/** For whoever watches this page's performance: from the cut of a frame in the engine to its paint. Kept by observers only. */
function measure(cutAt: number): void {
  const start = cutAt - performance.timeOrigin
  const end = performance.now()
  if (start < 0 || start > end) return
  performance.measure('tapedeck:hub-to-paint', { start, end })
  performance.clearMeasures('tapedeck:hub-to-paint')
}

/** Opens the stream over `client` and applies its frames in `loop`. */
export function createMarketStream(client: Pick<Client<AppContract>, 'open'>, loop: FrameLoop): MarketStream {
  let wanted: Want = { focus: undefined, follow: [], hidden: false }
  let opened = ''
  let leave: (() => void) | undefined
  const listeners = new Set<(frame: MarketFrame, focus: InstrumentKey | undefined) => void>()

  const open = () => {
    const { focus, hidden } = wanted
    const follow = [...new Set(wanted.follow)]
    const asked = JSON.stringify([focus, hidden, follow])
    if (asked === opened) return
    opened = asked
    // The old stream goes on until the new one speaks, so that nothing falls between; doubles are known by their ids.
    const former = leave
    let formerLeft = former === undefined
    const leaveFormer = () => {
      if (formerLeft) return
      formerLeft = true
      former?.()
    }
    const leaveThis = client.open('market', { focus: focus ?? null, follow, hidden }, (frame) => {
      leaveFormer()
      return loop
        .apply(() => {
          if (wanted.focus !== focus) return
          for (const listener of listeners) listener(frame, focus)
        })
        .then(() => measure(frame.at))
    })
    leave = () => {
      leaveFormer()
      leaveThis()
    }
  }

  return {
    want(change) {
      wanted = { ...wanted, ...change }
      open()
    },
    onFrame(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      leave?.()
      leave = undefined
      listeners.clear()
    },
  }
}
