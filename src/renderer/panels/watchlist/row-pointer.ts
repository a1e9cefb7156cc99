/** The pointer's half of dragging a row: from where it is pressed to where it is let go, given up or lost. */

/** Pixels before a press is a drag: a click is never still. */
const START = 4
/** Within so many pixels of the list's edge it scrolls, by up to as many per frame. */
const EDGE = 24
const FASTEST = 10

export interface RowPointer {
  /** The pointer has moved, or the list below it; `y` is from the top of the whole list, in pixels. */
  onMove(y: number): void
  /** Let go at `y`; undefined where it was given up, by Escape or by the system. Called at most once, after a move only. */
  onEnd(y: number | undefined): void
}

/** Follows a press on a list that scrolls. Touches are left alone: they scroll. Returns what gives it up unsaid. */
export function followRowPointer(list: HTMLElement, press: PointerEvent, { onMove, onEnd }: RowPointer): () => void {
  const left = new AbortController()
  let y = press.clientY
  let frame: number | undefined
  const inList = () => y - list.getBoundingClientRect().top + list.scrollTop
  const scroll = () => {
    const { top, bottom } = list.getBoundingClientRect()
    const beyond = Math.max(y - (bottom - EDGE), 0) - Math.max(top + EDGE - y, 0)
    const before = list.scrollTop
    list.scrollTop += Math.max(-FASTEST, Math.min(beyond, FASTEST))
    if (list.scrollTop !== before) onMove(inList())
    frame = requestAnimationFrame(scroll)
  }
  const leave = () => {
    left.abort()
    if (frame !== undefined) cancelAnimationFrame(frame)
  }
  const end = (dropped: boolean) => {
    const moved = frame !== undefined
    leave()
    if (moved) onEnd(dropped ? inList() : undefined)
  }
  const listen = <K extends keyof WindowEventMap>(name: K, heard: (event: WindowEventMap[K]) => void) =>
    window.addEventListener(name, heard, { signal: left.signal, capture: true })

  listen('pointermove', (event) => {
    if (event.pointerId !== press.pointerId) return
    if (event.buttons === 0) return end(false) // let go where nobody could hear it, outside the window
    y = event.clientY
    if (frame === undefined) {
      if (Math.abs(y - press.clientY) < START) return
      list.setPointerCapture(press.pointerId)
      frame = requestAnimationFrame(scroll)
    }
    onMove(inList())
  })
  listen('pointerup', (event) => {
    if (event.pointerId !== press.pointerId) return
    if (frame !== undefined) swallowClick()
    end(true)
  })
  listen('pointercancel', (event) => event.pointerId === press.pointerId && end(false))
  listen('blur', ({ target }) => target === window && end(false))
  listen('keydown', (event) => {
    if (frame === undefined) return
    event.preventDefault()
    event.stopPropagation() // while a row is in the hand, no key means anything else
    if (event.key === 'Escape') end(false)
  })
  return leave
}

/** The click that ends a drag opens nothing. It comes at once or, where the row has gone from under the pointer, not at all. */
function swallowClick(): void {
  const over = new AbortController()
  window.addEventListener('click', (event) => event.stopPropagation(), { capture: true, signal: over.signal })
  setTimeout(() => over.abort(), 0)
}
