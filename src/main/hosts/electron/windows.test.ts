import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WindowState } from '../../../shared/shell-contract.ts'
import { asWindow, as, FakeWindow } from './testing/fake-electron.ts'
import { PANES } from '../../../shared/shell-contract.ts'
import { bringIntoView } from './window-bounds.ts'
import { SIZES, windowOptions } from './window-options.ts'
import type { WindowsParts } from './windows.ts'
import { createWindows } from './windows.ts'

const BTC = { pane: 'chart', instrument: 'upbit:BTC/KRW' } as const
const display = (id: number, x: number, y: number, width: number, height: number) => ({
  id,
  workArea: { x, y, width, height },
})
const LEFT = display(1, 0, 0, 1920, 1040)
const RIGHT = display(2, 1920, 0, 1280, 984)

let made: FakeWindow[]
let saved: WindowState[]
let closedToTray = true
let events: string[]
beforeEach(() => {
  vi.useFakeTimers()
  made = []
  saved = []
  events = []
  closedToTray = true
})
afterEach(() => vi.useRealTimers())

function open(state: WindowState = { version: 1, panes: [] }, displays = [LEFT, RIGHT]) {
  return createWindows({
    create(options) {
      const window = new FakeWindow(options)
      made.push(window)
      return asWindow(window)
    },
    screen: as<WindowsParts['screen']>({ getAllDisplays: () => displays, getPrimaryDisplay: () => displays[0] }),
    folder: '/app/out/main',
    state,
    onState: (now) => saved.push(now),
    staysInTray: () => closedToTray,
    onHidden: () => events.push('hidden'),
    onMainClosed: () => events.push('closed'),
    onSessionEnd: () => events.push('session ended'),
    log: (text) => events.push(text),
  })
}

describe.each(['main', ...PANES] as const)('A-80 the options of a %s window', (kind) => {
  it('A-80 are exactly these', () => {
    expect(windowOptions('/app/out/main', kind)).toEqual({
      ...SIZES[kind],
      backgroundColor: '#0b0d10',
      show: false,
      title: 'Tapedeck',
      autoHideMenuBar: true,
      webPreferences: {
        preload: '/app/out/preload/preload.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    })
  })
})

it('A-80 every window is made with those options, and loads the app’s own page', () => {
  const windows = open()
  windows.restore(false)
  windows.popOut({ ...BTC, interval: 1_000 })
  expect(made.map(({ options }) => options.webPreferences)).toEqual(
    made.map(() => windowOptions('/app/out/main', 'main').webPreferences),
  )
  expect(made.map(({ calls }) => calls[0])).toEqual([
    ['loadURL', 'app://tapedeck/index.html'],
    ['loadURL', 'app://tapedeck/index.html#pane=chart&market=upbit%3ABTC%2FKRW&interval=1000'],
  ])
})

it('A-66 closing the main window hides it and says so; shown again it is the same window', () => {
  const windows = open()
  windows.restore(false)
  made[0]!.emit('ready-to-show')
  expect(made[0]!.close()).toBe(false)
  expect([made[0]!.visible, events]).toEqual([false, ['hidden']])
  windows.focusMain()
  expect([made.length, made[0]!.visible]).toEqual([1, true])
})

it('A-66 where closing means quitting, the closed main window says so', () => {
  closedToTray = false
  const windows = open()
  windows.restore(false)
  expect([made[0]!.close(), events]).toEqual([true, ['closed']])
})

it('A-72 the end of the user’s session is told, so that quitting can begin', () => {
  open().restore(false)
  made[0]!.emit('session-end', {})
  expect(events).toEqual(['session ended'])
})

it('A-66 a second start restores a minimised window and brings it to the front', () => {
  const windows = open()
  windows.restore(false)
  made[0]!.minimized = true
  windows.focusMain()
  expect(made[0]!.calls.slice(-3)).toEqual([['restore'], ['show'], ['focus']])
})

it('started at login, no window shows itself', () => {
  open().restore(true)
  made[0]!.emit('ready-to-show')
  expect(made[0]!.visible).toBe(false)
})

it('A-67 panes pop out once each, and come back with their places and what they showed', () => {
  const windows = open()
  windows.restore(false)
  windows.popOut(BTC)
  windows.popOut(BTC)
  windows.popOut({ pane: 'tape', instrument: 'upbit:BTC/KRW' })
  expect(made.length).toBe(3)
  made[0]!.bounds = { x: 10, y: 20, width: 1300, height: 800 }
  made[1]!.bounds = { x: 2000, y: 40, width: 700, height: 500 }
  made[1]!.emit('move')
  windows.shows(asWindow(made[1]!), { ...BTC, interval: 60_000 })
  windows.beginQuit()
  const state = saved.at(-1)!
  expect(state).toEqual({
    version: 1,
    main: { bounds: { x: 10, y: 20, width: 1300, height: 800 }, maximized: false },
    panes: [
      { view: { ...BTC, interval: 60_000 }, bounds: { x: 2000, y: 40, width: 700, height: 500 } },
      { view: { pane: 'tape', instrument: 'upbit:BTC/KRW' }, bounds: { x: 0, y: 0, width: 380, height: 640 } },
    ],
  })
  made = []
  open(state).restore(false)
  expect(made.map(({ bounds }) => bounds)).toEqual([
    { x: 10, y: 20, width: 1300, height: 800 },
    { x: 2000, y: 40, width: 700, height: 500 },
    { x: 0, y: 0, width: 380, height: 640 },
  ])
})

it('A-67 a pane that is closed is not restored; one that quitting closes is', () => {
  const windows = open()
  windows.restore(false)
  windows.popOut(BTC)
  made[1]!.close()
  expect(saved.at(-1)?.panes).toEqual([])
  windows.popOut(BTC)
  windows.beginQuit()
  made[2]!.close()
  expect(saved.at(-1)?.panes.map(({ view }) => view)).toEqual([BTC])
})

it('A-67 a layout replaces the panes and moves the main window', () => {
  const windows = open()
  windows.restore(false)
  windows.popOut(BTC)
  windows.arrange({
    version: 1,
    main: { bounds: { x: 5, y: 5, width: 1200, height: 720 }, maximized: true },
    panes: [{ view: BTC, bounds: { x: 9_000, y: 0, width: 500, height: 400 } }],
  })
  expect([made[0]!.bounds, made[0]!.maximized, made[1]!.destroyed, made[2]!.bounds]).toEqual([
    { x: 5, y: 5, width: 1200, height: 720 },
    true,
    true,
    { x: 710, y: 320, width: 500, height: 400 },
  ])
})

it('a page that crashes is loaded again, once', () => {
  open().restore(false)
  made[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  made[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(made[0]!.calls.filter(([name]) => name === 'reload').length).toBe(1)
})

describe('A-67 a window comes back into view', () => {
  const areas = [LEFT.workArea, RIGHT.workArea]
  it.each([
    [
      'it stays where it can be seen',
      { x: 2000, y: 100, width: 800, height: 600 },
      { x: 2000, y: 100, width: 800, height: 600 },
    ],
    ['its screen is gone', { x: -3000, y: 100, width: 800, height: 600 }, { x: 560, y: 220, width: 800, height: 600 }],
    [
      'it is bigger than any screen',
      { x: 5000, y: 0, width: 4000, height: 3000 },
      { x: 0, y: 0, width: 1920, height: 1040 },
    ],
    [
      'its head is above the edge',
      { x: 100, y: -20, width: 800, height: 600 },
      { x: 100, y: 0, width: 800, height: 600 },
    ],
    [
      'its head is far above the edge',
      { x: 100, y: -400, width: 800, height: 600 },
      { x: 560, y: 220, width: 800, height: 600 },
    ],
    [
      'only a sliver is left of it',
      { x: -760, y: 100, width: 800, height: 600 },
      { x: 560, y: 220, width: 800, height: 600 },
    ],
    [
      'it hangs below the edge',
      { x: 0, y: 1030, width: 800, height: 600 },
      { x: 560, y: 220, width: 800, height: 600 },
    ],
  ])('A-67 %s', (_name, bounds, expected) => {
    expect(bringIntoView(bounds, areas)).toEqual(expected)
  })
})
