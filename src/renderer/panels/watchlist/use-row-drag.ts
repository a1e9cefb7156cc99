import type { PointerEvent, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { RowDrag } from './row-moves.ts'
import { marketAt, toDrag } from './row-moves.ts'
import { followRowPointer } from './row-pointer.ts'
import type { WatchRow } from './watchlist-rows.ts'

export interface DraggableRows {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rows: readonly WatchRow[]
  readonly offsets: readonly number[]
  /** Moves the market of one row to the place of another. */
  readonly move: (from: number, to: number) => void
}

/** Drags markets by mouse or pen. `drag` is where the one in the hand would go. */
export function useRowDrag({ scroller, rows, offsets, move }: DraggableRows): {
  readonly drag: RowDrag | undefined
  readonly onPointerDown: (event: PointerEvent) => void
} {
  const [held, setHeld] = useState<{ readonly id: string; readonly y: number }>()
  const drag = held && toDrag(rows, offsets, held.id, held.y)
  // The list goes on changing while a row is in the hand.
  const latest = useRef({ rows, offsets, move })
  useEffect(() => {
    latest.current = { rows, offsets, move }
  })
  const leave = useRef(() => {})
  useEffect(() => () => leave.current(), [])
  const onPointerDown = ({ button, target, nativeEvent }: PointerEvent) => {
    const list = scroller.current
    // The list itself is pressed where its scroll bar is.
    if (!list || button !== 0 || nativeEvent.pointerType === 'touch' || target === list) return
    const id = marketAt(rows, offsets, nativeEvent.clientY - list.getBoundingClientRect().top + list.scrollTop)
    if (id === undefined) return
    leave.current()
    leave.current = followRowPointer(list, nativeEvent, {
      onMove: (y) => setHeld({ id, y }),
      onEnd(y) {
        setHeld(undefined)
        const now = latest.current
        const last = y === undefined ? undefined : toDrag(now.rows, now.offsets, id, y)
        if (last && last.from !== last.to) now.move(last.from, last.to)
      },
    })
  }
  return { drag, onPointerDown }
}
