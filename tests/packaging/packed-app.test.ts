import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectMoving, exportTrades } from '../e2e/desktop-acts.ts'
import { openDesktop } from '../e2e/desktop.ts'
import type { Packed } from './packed.ts'
import { pack } from './packed.ts'
import { loadResedit } from './stub-electron.ts'

const home = mkdtempSync(join(tmpdir(), 'tapedeck-packed-'))
const UPDATES = {
  TAPEDECK_UPDATE_URL: 'https://updates.example.com/tapedeck/',
  TAPEDECK_UPDATE_PUBLIC_KEY: Buffer.alloc(32, 7).toString('base64'),
}
let linux: Packed
let windows: Packed
beforeAll(async () => {
  linux = await pack(home, 'linux')
  windows = await pack(home, 'win32', UPDATES)
}, 180_000)
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

const manifestOf = (packed: Packed) =>
  JSON.parse(packed.text('package.json')) as { main: string; devDependencies?: object; tapedeck?: object }
const prebuilds = (packed: Packed) =>
  readdirSync(join(packed.resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds'))

describe('A-79 what is packed', () => {
  test('is the built app and its packages, and nothing of how it was made', () => {
    for (const { files } of [linux, windows]) {
      const outside = files.filter((each) => !each.startsWith('node_modules/'))
      expect(
        outside.filter((each) => !/^(out\/(main|preload|renderer)\/|package\.json$|LICENSE$|NOTICE$)/.test(each)),
      ).toEqual([])
      expect(
        files.filter((each) => /\.(map|tsx?)$|\.test\.|\.tsbuildinfo$|\/(src|deps)\/.*\.(c|cpp|h)$/.test(each)),
      ).toEqual([])
      expect(files.filter((each) => /^out\/main\/(headless|emulator)\.js$/.test(each))).toEqual([
        'out/main/emulator.js',
      ])
    }
  })

  test('holds no package of development, nor the Node that development runs on', () => {
    const { devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    const unwanted = Object.keys({ ...devDependencies, ...optionalDependencies })
    for (const { files } of [linux, windows])
      expect(unwanted.filter((name) => files.some((each) => each.startsWith(`node_modules/${name}/`)))).toEqual([])
  })

  test('begins where package.json says', () => {
    expect(manifestOf(linux)).toMatchObject({ main: 'out/main/index.js' })
    expect(linux.files).toContain('out/main/index.js')
    expect(manifestOf(linux)).not.toHaveProperty('devDependencies')
  })

  test('has the native module of its own system beside the archive, and of no other', () => {
    expect([prebuilds(linux), prebuilds(windows)]).toEqual([['linux-x64.node'], ['win32-x64.node']])
  })

  test('knows its updates where the environment named them, and looks for none where not', () => {
    expect([manifestOf(linux).tapedeck, manifestOf(windows).tapedeck]).toEqual([
      undefined,
      { updates: { url: UPDATES.TAPEDECK_UPDATE_URL, publicKey: UPDATES.TAPEDECK_UPDATE_PUBLIC_KEY } },
    ])
  })
})

describe('A-80 the program', () => {
  const FUSES = {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  }
  test('has its fuses set: no Node, no inspector, only the archive that it was packed with', async () => {
    expect(await linux.fuses()).toEqual(FUSES)
    expect(await windows.fuses()).toEqual(FUSES)
  })

  test('carries on Windows the hash of its archive, an icon in seven sizes, and its name', async () => {
    const { NtExecutable, NtExecutableResource, Resource } = await loadResedit()
    const program = NtExecutable.from(readFileSync(windows.program), { ignoreCert: true })
    const { entries } = NtExecutableResource.from(program)
    const integrity = entries.find(({ type }) => type === 'INTEGRITY')
    expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString())).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: windows.headerHash },
    ])
    expect(Resource.IconGroupEntry.fromEntries(entries).map(({ icons }) => icons.length)).toEqual([7])
    const [version] = Resource.VersionInfo.fromEntries(entries)
    expect(version?.getStringValues({ lang: 1033, codepage: 1200 })).toMatchObject({ ProductName: 'Tapedeck' })
  })
})

describe('A-79 unpacked to a folder with nothing else', () => {
  const app = join(home, 'app')
  beforeAll(() => {
    mkdirSync(app)
    linux.unpackTo(app)
  }, 60_000)

  test('the native module opens SQLite', () => {
    const script = `
      const Database = require(${JSON.stringify(join(app, 'node_modules/better-sqlite3'))})
      console.log(new Database(':memory:').prepare('SELECT 6 * 7 AS it').get().it)`
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('42\n')
  })

  test('the packed files alone start, show the demo moving, and write a CSV', async () => {
    const desktop = await openDesktop({
      app,
      args: ['--demo'],
      environment: { TAPEDECK_DOUBLE_PACKAGED: '1', TAPEDECK_WELCOMED: '1' },
    })
    try {
      const page = await desktop.page()
      await expectMoving(page)
      const lines = readFileSync(await exportTrades(desktop, page), 'utf8')
        .trimEnd()
        .split('\r\n')
      expect(lines.length).toBeGreaterThan(1)
    } finally {
      expect(await desktop.close()).toBe(0)
    }
  })
})
