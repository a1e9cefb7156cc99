import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { applicationMenu } from './menu.ts'
import { clickAll } from './testing/menus.ts'
import { WORDS } from './words.ts'

/** Ids and labels of a menu, nested. */
const outline = (items: readonly MenuItemConstructorOptions[]): unknown[] =>
  items.map((item) =>
    item.type === 'separator'
      ? '-'
      : Array.isArray(item.submenu)
        ? [item.label, ...outline(item.submenu)]
        : (item.role ?? item.id),
  )

describe('the menu', () => {
  const asked: unknown[] = []
  const action = (name: string) => () => void asked.push(name)
  const actions = {
    request: (request: unknown) => void asked.push(request),
    exportLayout: action('exportLayout'),
    importLayout: action('importLayout'),
    saveDiagnostics: action('saveDiagnostics'),
    checkUpdates: action('checkUpdates'),
    installUpdate: action('installUpdate'),
    quit: action('quit'),
  }
  const rest = [
    ['Edit', 'undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll'],
    [
      'View',
      'page:trade',
      'page:news',
      'page:kafka',
      'page:health',
      'page:data',
      '-',
      'search.open',
      'theme.toggle',
      '-',
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
    ],
  ]

  it.each(['linux', 'win32'] as const)('has exactly these entries on %s', (platform) => {
    expect(outline(applicationMenu(WORDS.en, { state: 'idle' }, platform, actions))).toEqual([
      ['File', 'export.open', '-', 'layout.export', 'layout.import', '-', 'page:settings', '-', 'quit'],
      ...rest,
      ['Window', 'minimize', 'close'],
      ['Help', 'keys.open', 'diagnostics', 'update.check', '-', 'page:about'],
    ])
  })

  it('has its app menu on macOS', () => {
    expect(outline(applicationMenu(WORDS.en, { state: 'idle' }, 'darwin', actions))).toEqual([
      [
        'Tapedeck',
        'page:about',
        '-',
        'page:settings',
        '-',
        'services',
        '-',
        'hide',
        'hideOthers',
        'unhide',
        '-',
        'quit',
      ],
      ['File', 'export.open', '-', 'layout.export', 'layout.import'],
      ...rest,
      ['Window', 'minimize', 'zoom', 'close'],
      ['Help', 'keys.open', 'diagnostics', 'update.check'],
    ])
  })

  it.each(['linux', 'darwin'] as const)('names every entry in Korean on %s, also what the system does', (platform) => {
    const labels = (items: readonly MenuItemConstructorOptions[]): (string | undefined)[] =>
      items.flatMap((item) =>
        item.type === 'separator' ? [] : [item.label, ...(Array.isArray(item.submenu) ? labels(item.submenu) : [])],
      )
    const latin = labels(applicationMenu(WORDS.ko, { state: 'idle' }, platform, actions)).filter(
      (label) => label === undefined || !/[가-힣]/.test(label),
    )
    expect(latin).toEqual(platform === 'darwin' ? ['Tapedeck', 'Kafka'] : ['Kafka'])
  })

  it('does what each entry says', () => {
    asked.length = 0
    clickAll(applicationMenu(WORDS.ko, { state: 'ready', version: '2.0.0' }, 'linux', actions))
    expect(asked).toEqual([
      { kind: 'command', command: 'export.open' },
      'exportLayout',
      'importLayout',
      { kind: 'page', page: 'settings' },
      'quit',
      { kind: 'page', page: 'trade' },
      { kind: 'page', page: 'news' },
      { kind: 'page', page: 'kafka' },
      { kind: 'page', page: 'health' },
      { kind: 'page', page: 'data' },
      { kind: 'command', command: 'search.open' },
      { kind: 'command', command: 'theme.toggle' },
      { kind: 'command', command: 'keys.open' },
      'saveDiagnostics',
      'installUpdate',
      { kind: 'page', page: 'about' },
    ])
  })

  it('A-71 offers to install only what is ready, and names it', () => {
    const help = (update: Parameters<typeof applicationMenu>[1]) =>
      (applicationMenu(WORDS.en, update, 'linux', actions).at(-1)!.submenu as MenuItemConstructorOptions[])[2]
    expect(help({ state: 'ready', version: '2.0.0' })).toMatchObject({ label: 'Install 2.0.0 and restart' })
    expect(help({ state: 'off' })).toMatchObject({ id: 'update.check', enabled: false })
    expect(help({ state: 'downloading', version: '2.0.0', share: 0.5 })).toMatchObject({ enabled: false })
  })
})
