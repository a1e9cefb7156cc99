import type { KeyboardEvent, RefObject } from 'react'
import { useState } from 'react'

export interface TapeKeysOptions {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Height of a line in px. */
  readonly row: number
  readonly count: number
  readonly onToggle: () => void
  /** A line was chosen, by its place from the top. */
  readonly onFollow: (index: number) => void
}

export interface TapeKeys {
  /** The line the keys are on, from the top; undefined while they are on none. */
  readonly active: number | undefined
  /** Returns the line that is active then. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => number | undefined
  readonly leave: () => undefined
}

/** The tape by keyboard: arrows choose a line, Enter or F follows it, space pauses, Escape and Home go back to the newest. */
export function useTapeKeys({ scroller, row, count, onToggle, onFollow }: TapeKeysOptions): TapeKeys {
  const [chosen, setChosen] = useState<number>()
  const active = chosen === undefined ? undefined : Math.min(chosen, count - 1)
  const moveTo = (index: number) => {
    const box = scroller.current
    if (box) {
      const top = index * row
      if (top < box.scrollTop) box.scrollTo({ top })
      else if (top + row > box.scrollTop + box.clientHeight) box.scrollTo({ top: top + row - box.clientHeight })
    }
    setChosen(index)
    return index
  }
  const leave = () => {
    setChosen(undefined)
    return undefined
  }
  return {
    active,
    leave,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || count === 0) return active
      const isFollow = event.key === 'Enter' || (event.code === 'KeyF' && active !== undefined)
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
      if (event.key === ' ') onToggle()
      else if (isFollow) onFollow(active ?? 0)
      else if (event.key === 'Escape' || event.key === 'Home') {
        scroller.current?.scrollTo({ top: 0 })
        return event.key === 'Escape' || active === undefined ? leave() : moveTo(0)
      } else if (step !== undefined) {
        event.preventDefault()
        return moveTo(active === undefined ? 0 : Math.min(Math.max(active + step, 0), count - 1))
      } else return active
      event.preventDefault()
      return active
    },
  }
}
