/** Flashes of changed prices, within the limits of the design: seldom, few at a time, none in a storm. */

import type { FrameLoop } from './frame-loop.ts'

export interface Flasher {
  /** A price changed. `rank`: 0 is the selected row, then from the top. */
  flash(element: HTMLElement, direction: 'up' | 'down', rank: number): void
}

/** What the flasher needs of the page. */
export interface FlashHost {
  /** Starts the fade on an element. */
  start(element: HTMLElement, direction: 'up' | 'down'): void
  /** The user wants less motion, or nobody sees the page. */
  isStill(): boolean
}

const GAP = 500
const PER_FRAME = 12
const STORM = 20

export function createFlasher(frames: Pick<FrameLoop, 'onDraw'>, host: FlashHost): Flasher {
  const flashedAt = new WeakMap<HTMLElement, number>()
  let wanted: { element: HTMLElement; direction: 'up' | 'down'; rank: number }[] = []
  /** Changes in this second and in the one before. */
  let counted = { second: 0, now: 0, before: 0 }

  frames.onDraw((now) => {
    const second = Math.floor(now / 1_000)
    if (second !== counted.second) counted = { second, now: 0, before: second === counted.second + 1 ? counted.now : 0 }
    counted.now += wanted.length
    const candidates = wanted
    wanted = []
    if (counted.now > STORM || counted.before > STORM || host.isStill()) return
    candidates.sort((a, b) => a.rank - b.rank)
    for (const { element, direction } of candidates.slice(0, PER_FRAME)) {
      if (now - (flashedAt.get(element) ?? -Infinity) < GAP) continue
      flashedAt.set(element, now)
      host.start(element, direction)
    }
  })

  return {
    flash(element, direction, rank) {
      wanted.push({ element, direction, rank })
    },
  }
}

const CLASSES = { up: 'flash-up', down: 'flash-down' } as const

/** Flashes by a class, taken off when its fade ends. */
export function createPageFlashes(): FlashHost {
  const stillness = matchMedia('(prefers-reduced-motion: reduce)')
  return {
    isStill: () => document.hidden || stillness.matches,
    start(element, direction) {
      const name = CLASSES[direction]
      element.classList.add(name)
      element.addEventListener('animationend', () => element.classList.remove(name), { once: true })
    },
  }
}
