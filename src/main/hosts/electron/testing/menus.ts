import type { MenuItemConstructorOptions } from 'electron'

/** Clicks every entry of a menu's template that does something, in order. */
export function clickAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const item of items) {
    if (Array.isArray(item.submenu)) clickAll(item.submenu)
    else (item.click as (() => void) | undefined)?.()
  }
}
