import type { MenuItemConstructorOptions } from 'electron'
import type { ShellRequest, UpdateState } from '../../../shared/shell-contract.ts'
import type { Words } from './words.ts'
import { fill } from './words.ts'

export interface MenuActions {
  readonly request: (request: ShellRequest) => void
  readonly exportLayout: () => void
  readonly importLayout: () => void
  readonly saveDiagnostics: () => void
  readonly checkUpdates: () => void
  readonly installUpdate: () => void
  readonly quit: () => void
}

/** The page binds these keys itself; the menu only shows them. */
const shown = (accelerator: string) => ({ accelerator, registerAccelerator: false })

/** The application's menu. It has no entry that reloads a page or opens developer tools. */
export function applicationMenu(
  words: Words,
  update: UpdateState,
  platform: NodeJS.Platform,
  actions: MenuActions,
): readonly MenuItemConstructorOptions[] {
  const page = (name: Extract<ShellRequest, { kind: 'page' }>['page'], label: string, keys?: string) => ({
    id: `page:${name}`,
    label,
    ...(keys === undefined ? {} : shown(keys)),
    click: () => actions.request({ kind: 'page', page: name }),
  })
  const ask = (command: Extract<ShellRequest, { kind: 'command' }>['command'], label: string, keys?: string) => ({
    id: command,
    label,
    ...(keys === undefined ? {} : shown(keys)),
    click: () => actions.request({ kind: 'command', command }),
  })
  // Electron names what the system does in English alone.
  const role = <R extends keyof Words & NonNullable<MenuItemConstructorOptions['role']>>(name: R) => ({
    role: name,
    label: words[name],
  })
  const settings = page('settings', words.settings, 'Alt+,')
  const quit = { id: 'quit', label: words.quit, accelerator: 'CommandOrControl+Q', click: actions.quit }
  const about = page('about', words.about)
  const separator = { type: 'separator' } as const
  const mac = platform === 'darwin'
  const apple: MenuItemConstructorOptions[] = [
    about,
    separator,
    settings,
    separator,
    role('services'),
    separator,
    role('hide'),
    role('hideOthers'),
    role('unhide'),
    separator,
    quit,
  ]
  return [
    ...(mac ? [{ label: 'Tapedeck', submenu: apple }] : []),
    {
      label: words.file,
      submenu: [
        ask('export.open', words.export, 'CommandOrControl+E'),
        separator,
        { id: 'layout.export', label: words.exportLayout, click: actions.exportLayout },
        { id: 'layout.import', label: words.importLayout, click: actions.importLayout },
        ...(mac ? [] : [separator, settings, separator, quit]),
      ],
    },
    {
      label: words.edit,
      submenu: [role('undo'), role('redo'), separator, role('cut'), role('copy'), role('paste'), role('selectAll')],
    },
    {
      label: words.view,
      submenu: [
        page('trade', words.trade, 'Alt+1'),
        page('news', words.news, 'Alt+8'),
        page('kafka', words.kafka, 'Alt+3'),
        page('health', words.health, 'Alt+4'),
        page('data', words.data, 'Alt+6'),
        separator,
        ask('search.open', words.search, 'CommandOrControl+K'),
        ask('theme.toggle', words.theme),
        separator,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        role('togglefullscreen'),
      ],
    },
    {
      label: words.window,
      role: 'window',
      submenu: [role('minimize'), ...(mac ? [role('zoom')] : []), role('close')],
    },
    {
      label: words.help,
      role: 'help',
      submenu: [
        ask('keys.open', words.keys),
        { id: 'diagnostics', label: words.diagnostics, click: actions.saveDiagnostics },
        update.state === 'ready'
          ? {
              id: 'update.install',
              label: fill(words.installUpdate, { version: update.version }),
              click: actions.installUpdate,
            }
          : {
              id: 'update.check',
              label: words.checkUpdates,
              enabled: update.state === 'idle' || update.state === 'failed',
              click: actions.checkUpdates,
            },
        ...(mac ? [] : [separator, about]),
      ],
    },
  ]
}
