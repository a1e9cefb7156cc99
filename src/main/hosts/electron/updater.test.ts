import { createHash, generateKeyPairSync } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { UpdatePackage } from '../../updates/feed.ts'
import { FEED_NAME } from '../../updates/open-feed.ts'
import { signFeed } from '../../updates/sign-feed.ts'
import type { UpdaterParts } from './updater.ts'
import { createUpdater, packageOf, readUpdateSource } from './updater.ts'

const makers = generateKeyPairSync('ed25519')
const publicKey = Buffer.from(makers.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
const source = { url: 'https://updates.example.com/', publicKey }
const program = Buffer.from('a new Tapedeck')
const NAMES: Readonly<Record<UpdatePackage, string>> = { appimage: 'T.AppImage', nsis: 'T.exe', dmg: 'T.dmg' }
const feed = signFeed(
  {
    version: '1.3.0',
    files: (Object.keys(NAMES) as UpdatePackage[]).map((kind) => ({
      package: kind,
      arch: 'x64',
      name: NAMES[kind],
      bytes: program.length,
      sha512: createHash('sha512').update(program).digest('hex'),
    })),
  },
  makers.privateKey,
)

let folder: string
let calls: unknown[][]
let app: EventEmitter & Pick<UpdaterParts['app'], 'relaunch' | 'quit'>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-updater-'))
  calls = []
  app = Object.assign(new EventEmitter(), {
    relaunch: (options: unknown) => void calls.push(['relaunch', options]),
    quit: () => void calls.push(['quit']),
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

const updater = (platform: NodeJS.Platform, changes: Partial<UpdaterParts> = {}) =>
  createUpdater({
    source,
    version: '1.2.9',
    platform,
    arch: 'x64',
    environment: { APPIMAGE: join(folder, 'Tapedeck.AppImage') },
    folder,
    fetch: (url) => Promise.resolve(new Response(url.endsWith(FEED_NAME) ? feed : new Uint8Array(program))),
    app,
    openPath: (path) => {
      calls.push(['open', path])
      return Promise.resolve('')
    },
    start: (...args) => calls.push(['start', ...args]),
    ...changes,
  })
/** An update that was found and fetched. */
const ready = async (platform: NodeJS.Platform, changes: Partial<UpdaterParts> = {}) => {
  const port = updater(platform, changes)!
  expect(await port.check()).toBe('1.3.0')
  await port.download(() => undefined)
  return port
}
const fetched = (kind: UpdatePackage) => join(folder, 'updates', NAMES[kind])

it('A-71 finding and fetching an update installs nothing and ends nothing', async () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) await ready(platform)
  app.emit('quit')
  expect(calls).toEqual([])
})

it('A-71 an AppImage is put in the place of the one that runs, whole and executable, and started again', async () => {
  const own = join(folder, 'Tapedeck.AppImage')
  writeFileSync(own, 'an old Tapedeck')
  const port = await ready('linux')
  await port.install()
  expect([readFileSync(own), statSync(own).mode & 0o777]).toEqual([program, 0o755])
  expect(calls).toEqual([['relaunch', { execPath: own, args: [] }], ['quit']])
})

it('A-71 the Windows installer starts only when Tapedeck has ended', async () => {
  const port = await ready('win32')
  await port.install()
  expect(calls).toEqual([['quit']])
  app.emit('quit')
  expect(calls.at(-1)).toEqual(['start', fetched('nsis'), ['--updated', '/S', '--force-run']])
})

it('A-71 a dmg is opened, for the system to check and the user to put in its place', async () => {
  const port = await ready('darwin')
  await port.install()
  expect(calls).toEqual([['open', fetched('dmg')]])
  const refused = await ready('darwin', { openPath: () => Promise.resolve('No application knows this file.') })
  await expect(refused.install()).rejects.toThrow('No application knows this file.')
})

it('A-71 what was changed after it had been fetched is not installed', async () => {
  const own = join(folder, 'Tapedeck.AppImage')
  writeFileSync(own, 'an old Tapedeck')
  const port = await ready('linux')
  writeFileSync(fetched('appimage'), 'another Tapedeck')
  await expect(port.install()).rejects.toThrow('was changed after it had been fetched')
  expect([readFileSync(own, 'utf8'), calls]).toEqual(['an old Tapedeck', []])
})

it('what the package manager installed, and a build without a feed, do not update themselves', () => {
  expect([
    packageOf('linux', {}),
    updater('linux', { environment: {} }),
    updater('win32', { source: undefined }),
  ]).toEqual([undefined, undefined, undefined])
})

it('the feed is the one that was packed into package.json', () => {
  mkdirSync(join(folder, 'out/main'), { recursive: true })
  const sourceOf = (manifest: object) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    return readUpdateSource(join(folder, 'out/main'))
  }
  expect([sourceOf({ version: '1.0.0' }), sourceOf({ tapedeck: { updates: source } })]).toEqual([undefined, source])
})
