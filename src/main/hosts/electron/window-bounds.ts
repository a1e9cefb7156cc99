import type { Bounds } from '../../../shared/shell-contract.ts'

/** So much of a window's top edge must be on a screen for it to be taken hold of. */
const HANDLE = { width: 120, height: 32 }

/**
 * A window's place on the screens that there are now. Left as it is where it can be seen and moved; brought to the middle
 * of the first screen where its own is gone; never bigger than its screen. `areas`: the screens without their panels and
 * docks, the main one first.
 */
export function bringIntoView(bounds: Bounds, areas: readonly Bounds[]): Bounds {
  const home = areas.find((area) => isWithin(bounds, area))
  const area = home ?? areas[0]
  if (!area) return bounds
  const width = Math.min(bounds.width, area.width)
  const height = Math.min(bounds.height, area.height)
  if (home) {
    // Its bottom may hang over the edge, its head may not.
    return { x: bounds.x, y: Math.max(bounds.y, area.y), width, height }
  }
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  }
}

function isWithin(bounds: Bounds, area: Bounds): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const below = area.y + area.height - bounds.y
  const above = area.y - bounds.y
  return overlap >= Math.min(HANDLE.width, bounds.width) && below >= HANDLE.height && above < HANDLE.height
}
