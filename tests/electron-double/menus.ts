/** Menus, tray and notices: they have no screen here, so what they hold is kept, and every call. */

import { EventEmitter } from 'node:events'
import { record, recordedClass } from './record.ts'

interface ItemOptions {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly checked?: boolean
  readonly enabled?: boolean
  readonly visible?: boolean
  readonly accelerator?: string
  readonly submenu?: readonly ItemOptions[] | Menu
  readonly click?: (item: MenuItem, window: unknown, event: object) => void
}

export class MenuItem {
  id: string
  label: string
  role: string | undefined
  type: string
  checked: boolean
  enabled: boolean
  visible: boolean
  accelerator: string | undefined
  submenu: Menu | undefined
  readonly click: () => void

  constructor(options: ItemOptions) {
    const { submenu } = options
    this.id = options.id ?? ''
    this.label = options.label ?? options.role ?? ''
    this.role = options.role
    this.type = options.type ?? (submenu ? 'submenu' : 'normal')
    this.checked = options.checked ?? false
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.accelerator = options.accelerator
    this.submenu = submenu instanceof Menu ? submenu : submenu && Menu.buildFromTemplate(submenu)
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked
      options.click?.(this, undefined, {})
    }
  }
}

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = []
  private static application: Menu | null = null

  static buildFromTemplate(template: readonly (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const each of template) menu.items.push(each instanceof MenuItem ? each : new MenuItem(each))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    record('Menu.setApplicationMenu', [menu && outline(menu)])
    Menu.application = menu
  }
  static getApplicationMenu = (): Menu | null => Menu.application

  append(item: MenuItem): void {
    this.items.push(item)
  }
  popup(): void {
    record('Menu.popup', [outline(this)])
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

/** A menu as nested labels. */
export function outline(menu: Menu): unknown[] {
  return menu.items.map((item) =>
    item.type === 'separator' ? '-' : item.submenu ? [item.label, ...outline(item.submenu)] : item.label,
  )
}

/** Those that stand now. */
export const trays: Tray[] = []

export class Tray extends EventEmitter {
  private destroyed = false
  menu: Menu | null = null
  toolTip = ''
  title = ''

  constructor(image: unknown) {
    super()
    record('new Tray', [image])
    trays.push(this)
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setTitle(text: string): void {
    this.title = text
  }
  setImage(): void {
    // Recorded only.
  }
  setPressedImage(): void {
    // Recorded only.
  }
  setIgnoreDoubleClickEvents(): void {
    // Recorded only.
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }
  popUpContextMenu(): void {
    // Recorded only.
  }
  displayBalloon(): void {
    // Recorded only.
  }
  destroy(): void {
    this.destroyed = true
    trays.splice(trays.indexOf(this), 1)
  }
  isDestroyed = (): boolean => this.destroyed
  getBounds = (): object => ({ x: 0, y: 0, width: 24, height: 24 })
  getTitle = (): string => this.title
}

/** All that were shown. */
export const notifications: Notification[] = []

export class Notification extends EventEmitter {
  readonly options: { readonly title?: string; readonly body?: string }
  static isSupported = (): boolean => true

  constructor(options: { readonly title?: string; readonly body?: string } = {}) {
    super()
    this.options = options
  }
  show(): void {
    record('Notification', [this.options])
    notifications.push(this)
    setImmediate(() => this.emit('show', {}))
  }
  close(): void {
    this.emit('close', {})
  }
}

recordedClass('Tray', Tray)
