/** One animation-frame loop for the whole page: what arrived is applied first, then whoever draws on a canvas draws, then the paint. */

export interface FrameLoop {
  /** Runs `work` in the next frame. Settles once that frame is painted: the back-pressure of every stream. */
  apply(work: () => void): Promise<void>
  /** Called in each frame in which something was applied or asked for, after the work. Returns what leaves. */
  readonly onDraw: (listener: (now: number) => void) => () => void
  /** A frame is wanted though nothing arrived. */
  request(): void
  /** Frames run so far, for the frame-rate figure. */
  readonly count: number
}

/** What the loop needs of the browser. */
export interface FrameHost {
  requestFrame(callback: (now: number) => void): void
  /** After the paint of the running frame. */
  afterPaint(callback: () => void): void
  isHidden(): boolean
  onVisibility(listener: () => void): void
}

export function createFrameLoop(host: FrameHost): FrameLoop {
  const work: (() => void)[] = []
  let settlers: (() => void)[] = []
  const drawers = new Set<(now: number) => void>()
  let pending = false
  let count = 0

  const run = (now: number) => {
    if (!pending) return
    pending = false
    count += 1
    const settled = settlers
    settlers = []
    for (const step of work.splice(0)) step()
    for (const draw of drawers) draw(now)
    host.afterPaint(() => {
      for (const settle of settled) settle()
    })
  }
  const schedule = () => {
    if (pending) return
    pending = true
    // A hidden page gets no animation frames.
    if (host.isHidden()) host.afterPaint(() => run(performance.now()))
    else host.requestFrame(run)
  }
  host.onVisibility(() => {
    if (pending && host.isHidden()) run(performance.now())
  })

  return {
    apply(step) {
      work.push(step)
      schedule()
      return new Promise((resolve) => settlers.push(resolve))
    },
    onDraw(listener) {
      drawers.add(listener)
      return () => drawers.delete(listener)
    },
    request: schedule,
    get count() {
      return count
    },
  }
}

/** The browser's frames. A message to oneself comes after the paint, and unlike a timer it is not held back. */
export function createBrowserHost(): FrameHost {
  const channel = new MessageChannel()
  const waiting: (() => void)[] = []
  channel.port1.addEventListener('message', () => waiting.shift()?.())
  channel.port1.start()
  return {
    requestFrame: (callback) => void requestAnimationFrame(callback),
    afterPaint(callback) {
      waiting.push(callback)
      channel.port2.postMessage(undefined)
    },
    isHidden: () => document.hidden,
    onVisibility: (listener) => document.addEventListener('visibilitychange', listener),
  }
}
