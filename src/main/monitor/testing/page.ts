import type { Sink } from '../../../shared/bridge.ts'
import type { ScanFrame } from '../../../shared/kafka-view.ts'

/** A page that takes frames, two at most unread, when it is told to. */
export interface Page {
  readonly sink: Sink<ScanFrame>
  readonly frames: readonly ScanFrame[]
  /** Takes what is unread, now and from now on; `false`: stops doing so. */
  take(isTaking: boolean): void
}

export function createPage(): Page {
  const frames: ScanFrame[] = []
  const listeners: (() => void)[] = []
  let unread = 0
  let isTaking = true
  const taken = () => {
    unread = 0
    for (const listener of listeners) listener()
  }
  return {
    frames,
    take(is) {
      isTaking = is
      if (is) taken()
    },
    sink: {
      get ready() {
        return unread < 2
      },
      send(frame) {
        frames.push(frame)
        unread += 1
        if (isTaking) queueMicrotask(taken)
      },
      onReady: (listener) => void listeners.push(listener),
      end: () => {},
    },
  }
}
