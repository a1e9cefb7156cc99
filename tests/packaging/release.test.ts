import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { missingFor, updateSource } from '../../scripts/package/environment.ts'
import { describePackages } from '../../scripts/package/feed.ts'
import { readFeed } from '../../src/main/updates/feed.ts'
import { signFeed } from '../../src/main/updates/sign-feed.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-release-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('A-71 the feed of a release names its packages by kind, processor, size and hash, and no other file', () => {
  for (const name of [
    'Tapedeck-1.3.0-linux-x86_64.AppImage',
    'Tapedeck-1.3.0-win-x64.exe',
    'Tapedeck-1.3.0-mac-arm64.dmg',
    'Tapedeck-1.3.0-linux-amd64.deb',
    'Tapedeck-1.2.9-win-x64.exe',
    'builder-debug.yml',
  ])
    writeFileSync(join(folder, name), name)
  const entry = (kind: string, arch: string, name: string) => ({
    package: kind,
    arch,
    name,
    bytes: name.length,
    sha512: createHash('sha512').update(name).digest('hex'),
  })
  const feed = describePackages(folder, '1.3.0')
  const files = feed.files.toSorted((a, b) => (a.package < b.package ? -1 : 1))
  expect({ ...feed, files }).toEqual({
    version: '1.3.0',
    files: [
      entry('appimage', 'x64', 'Tapedeck-1.3.0-linux-x86_64.AppImage'),
      entry('dmg', 'arm64', 'Tapedeck-1.3.0-mac-arm64.dmg'),
      entry('nsis', 'x64', 'Tapedeck-1.3.0-win-x64.exe'),
    ],
  })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  expect(readFeed(signFeed(feed, privateKey), publicKey)).toEqual(feed)
})

test('packing says what it goes without, and which variables would bring it', () => {
  expect(missingFor('linux', {})).toEqual([
    { what: 'updates (the packed app looks for none)', names: 'TAPEDECK_UPDATE_URL + TAPEDECK_UPDATE_PUBLIC_KEY' },
  ])
  const apple = { CSC_NAME: 'Tapedeck', APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' }
  const updates = { TAPEDECK_UPDATE_URL: 'https://updates.example.com/', TAPEDECK_UPDATE_PUBLIC_KEY: 'x' }
  expect(missingFor('darwin', { ...apple, ...updates })).toEqual([])
  expect(missingFor('win32', { ...updates, CSC_LINK: 'x' }).map(({ what }) => what)).toEqual(['signing for Windows'])
})

test('an address without a key, or a key without an address, is no source of updates', () => {
  expect([
    updateSource({ TAPEDECK_UPDATE_URL: 'https://updates.example.com/' }),
    updateSource({ TAPEDECK_UPDATE_URL: '', TAPEDECK_UPDATE_PUBLIC_KEY: 'x' }),
    updateSource({ TAPEDECK_UPDATE_URL: 'https://updates.example.com/', TAPEDECK_UPDATE_PUBLIC_KEY: 'x' }),
  ]).toEqual([undefined, undefined, { url: 'https://updates.example.com/', publicKey: 'x' }])
})
