/** The shell's contract as a browser tab can answer it: windows and notices of the browser's own, and a clear no for the rest. */

import type { Handlers } from '../../shared/bridge.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Saved, ShellContract, ShellInfo } from '../../shared/shell-contract.ts'
import { fragmentOf } from '../pane.ts'
import { session } from './session.ts'

const SIZES = { chart: [960, 600], book: [340, 640], tape: [380, 640] } as const

const INFO: ShellInfo = {
  host: 'browser',
  platform: 'browser',
  versions: {},
  can: {
    tray: false,
    openAtLogin: false,
    keepAwake: false,
    notify: typeof Notification !== 'undefined',
    updates: false,
    layoutFiles: false,
    popOut: true,
  },
}

function onlyDesktop(what: string): never {
  throw new FaultError('desktop-only', `${what} is there in the desktop app only.`)
}

export const browserShell: Handlers<ShellContract> = {
  'shell.info': () => INFO,
  'window.popOut'(view) {
    const [width, height] = SIZES[view.pane]
    // The name makes a second asking bring the same window forward. The tab's token goes along with an opener's window.
    const opened = window.open(
      location.pathname + fragmentOf(view),
      `tapedeck ${view.pane} ${view.instrument}`,
      `popup,width=${width},height=${height}`,
    )
    if (!opened) throw new FaultError('desktop-only', 'The browser did not open a window. Allow pop-ups for this page.')
    opened.focus()
  },
  'window.shows'(view) {
    history.replaceState(null, '', fragmentOf(view))
  },
  'window.list': () => [],
  'layout.export': () => onlyDesktop('Saving a layout'),
  'layout.import': () => onlyDesktop('Opening a layout'),
  async 'diagnostics.save'() {
    const engine = await session.call('diagnostics.report', {})
    const report = { kind: 'tapedeck-diagnostics', version: 1, shell: { info: INFO }, engine }
    return download(
      `tapedeck-diagnostics-${new Date().toISOString().slice(0, 10)}.json`,
      JSON.stringify(report, null, 2),
    )
  },
  async notify({ title, text }) {
    if (typeof Notification === 'undefined') onlyDesktop('A notification')
    if (Notification.permission === 'default') await Notification.requestPermission()
    if (Notification.permission === 'granted')
      new Notification(title, { body: text }).addEventListener('click', () => window.focus())
  },
  engine: () => () => undefined,
  update(_params, sink) {
    sink.send({ state: 'off' })
    return () => undefined
  },
  'update.check': () => onlyDesktop('Looking for updates'),
  'update.install': () => onlyDesktop('Installing an update'),
  requests: () => () => undefined,
}

/** The browser saves it where it saves downloads. */
function download(name: string, text: string): Saved {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return { saved: true, path: name }
}
