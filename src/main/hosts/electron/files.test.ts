import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { DiagnosticsReport } from '../../../shared/engine-view.ts'
import type { FaultError } from '../../../shared/faults.ts'
import type { Layout } from '../../../shared/shell-contract.ts'
import type { DiagnosticsParts, ShellReport } from './diagnostics.ts'
import { createDiagnosticsSaver } from './diagnostics.ts'
import type { LayoutParts } from './layouts.ts'
import { createLayouts } from './layouts.ts'
import { asWindow, as, FakeWindow } from './testing/fake-electron.ts'
import { readWindowState, WINDOW_STATE_FILE, writeWindowState } from './window-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const window = asWindow(new FakeWindow({}))
const file = (name: string) => join(folder, name)
const refusalOf = (promise: Promise<unknown>) => promise.then(String, (error: FaultError) => error.fault.message)

const LAYOUT: Layout = {
  kind: 'tapedeck-layout',
  version: 1,
  windows: { version: 1, panes: [{ view: { pane: 'tape', instrument: 'upbit:BTC/KRW' } }] },
  chart: { instrument: 'binance:ETH/USDT', interval: 60_000 },
  watchlist: null,
}
const layouts = (path: string | undefined) => {
  const applied: Layout[] = []
  const answer = path === undefined ? { canceled: true } : { canceled: false, filePath: path, filePaths: [path] }
  return {
    applied,
    ...createLayouts({
      dialog: as<LayoutParts['dialog']>({
        showSaveDialog: () => Promise.resolve(answer),
        showOpenDialog: () => Promise.resolve({ filePaths: [], ...answer }),
      }),
      fileType: () => 'Tapedeck layout',
      current: () => Promise.resolve(LAYOUT),
      apply: (layout) => Promise.resolve(void applied.push(layout)),
    }),
  }
}

it('A-67 a layout that is exported is the layout that is imported', async () => {
  const path = file('mine.tapedeck-layout')
  const { applied, ...files } = layouts(path)
  expect(await files.export(window)).toEqual({ saved: true, path })
  expect([await files.import(window), applied]).toEqual([true, [LAYOUT]])
})

it('A-67 a dialog that is cancelled changes nothing', async () => {
  const { applied, ...files } = layouts(undefined)
  expect([await files.export(window), await files.import(window), applied]).toEqual([{ saved: false }, false, []])
})

it.each([
  ['not json', 'it is not JSON'],
  ['{}', 'kind: '],
  [JSON.stringify({ ...LAYOUT, version: 2 }), 'version: '],
  [JSON.stringify({ ...LAYOUT, command: 'rm' }), 'the file: Unrecognized key: "command"'],
  [
    JSON.stringify({ ...LAYOUT, chart: { instrument: 'nonsense', interval: 1 } }),
    'chart.instrument: must be a market key',
  ],
  [' '.repeat(300_000), 'it is too big'],
])('A-67 a file that is no layout is refused with its reason, and nothing changes', async (text, reason) => {
  const path = file('bad.tapedeck-layout')
  writeFileSync(path, text)
  const { applied, ...files } = layouts(path)
  expect(await refusalOf(files.open(path))).toContain(`bad.tapedeck-layout is no layout of Tapedeck: ${reason}`)
  expect(applied).toEqual([])
})

it('A-67 the windows’ places are kept for the owner alone, and a damaged file counts as none', () => {
  const state = {
    version: 1,
    main: { bounds: { x: 1, y: 2, width: 3, height: 4 }, maximized: true },
    panes: [],
  } as const
  writeWindowState(folder, { ...state, panes: [] })
  expect([readWindowState(folder), statSync(file(WINDOW_STATE_FILE)).mode & 0o777]).toEqual([state, 0o600])
  for (const text of ['{', '{"version":2}', '{"version":1,"panes":[{"view":{"pane":"keys","instrument":"a:b"}}]}']) {
    writeFileSync(file(WINDOW_STATE_FILE), text)
    expect(readWindowState(folder)).toEqual({ version: 1, panes: [] })
  }
})

it('A-80 the diagnostics file holds both reports, without the person, and can be read by its owner alone', async () => {
  const path = file('diagnostics.json')
  const save = createDiagnosticsSaver({
    dialog: as<DiagnosticsParts['dialog']>({
      showSaveDialog: () => Promise.resolve({ canceled: false, filePath: path }),
    }),
    fileType: () => 'Tapedeck diagnostics',
    shell: () => as<ShellReport>({ log: [`${homedir()}/x is not there`, 'proxy http://me:canary@proxy:1'] }),
    engine: () => Promise.resolve(as<DiagnosticsReport>({ version: '1' })),
  })
  expect(await save(window)).toEqual({ saved: true, path })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    kind: 'tapedeck-diagnostics',
    version: 1,
    shell: { log: ['~/x is not there', 'proxy http://•••@proxy:1'] },
    engine: { version: '1' },
  })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('the diagnostics can be saved without an engine, and then say why there is none', async () => {
  const path = file('without.json')
  const save = createDiagnosticsSaver({
    dialog: as<DiagnosticsParts['dialog']>({
      showSaveDialog: () => Promise.resolve({ canceled: false, filePath: path }),
    }),
    fileType: () => '',
    shell: () => as<ShellReport>({}),
    engine: () => Promise.reject(new Error('gone')),
  })
  await save(window)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    engine: { fault: { code: 'internal', message: 'gone' } },
  })
})
