import type { RefObject } from 'react'
import { useLayoutEffect, useState } from 'react'

/** What of a scrolled list is in view, in pixels. */
export interface Viewport {
  readonly top: number
  readonly height: number
}

/** Follows an element's scroll position and height. */
export function useViewport(scroller: RefObject<HTMLElement | null>): Viewport {
  const [view, setView] = useState<Viewport>({ top: 0, height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    measure()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [scroller])
  return view
}
