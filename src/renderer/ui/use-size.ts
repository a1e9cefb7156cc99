import type { RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'

export interface Size {
  readonly width: number
  readonly height: number
}

/** An element's inner size in CSS pixels, new whenever it changes; undefined before it has been laid out. */
export function useSize(): readonly [RefObject<HTMLDivElement | null>, Size | undefined] {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return [box, size]
}
