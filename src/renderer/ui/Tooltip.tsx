import type { ReactElement } from 'react'
import { cloneElement, useEffect, useId, useRef, useState } from 'react'
import styles from './Tooltip.module.css'

interface Anchored {
  readonly 'aria-describedby'?: string | undefined
}

const DELAY = 400

/**
 * Words for its one child while it is pointed at or focused by keyboard; Escape closes it. Reads as the child's
 * description unless that is its name already.
 */
export function Tooltip({ text, children }: { readonly text: string; readonly children: ReactElement<Anchored> }) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const bubble = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const show = (wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(true), wait)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setOpen(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const element = bubble.current
    const child = anchor.current?.firstElementChild
    if (!open || !element || !child) return
    // The top layer: a tooltip is never cut by its panel, and stands above a dialog.
    element.showPopover()
    place(element, child.getBoundingClientRect())
  }, [open])

  return (
    <span
      ref={anchor}
      className={styles['anchor']}
      onPointerEnter={() => show(DELAY)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && show(0)}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {open ? cloneElement(children, { 'aria-describedby': id }) : children}
      {open && (
        <div ref={bubble} id={id} role="tooltip" popover="manual" className={styles['bubble']}>
          {text}
        </div>
      )}
    </span>
  )
}

const GAP = 6

function place(bubble: HTMLElement, anchor: DOMRect): void {
  const { width, height } = bubble.getBoundingClientRect()
  const below = anchor.bottom + GAP
  const top = below + height > window.innerHeight ? anchor.top - GAP - height : below
  const left = Math.min(Math.max(4, anchor.left + anchor.width / 2 - width / 2), window.innerWidth - width - 4)
  bubble.style.top = `${Math.round(top)}px`
  bubble.style.left = `${Math.round(left)}px`
}
