/** Writes the signed feed beside the packages of a release: `node scripts/package/feed.ts dist`, with TAPEDECK_UPDATE_KEY. */

import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Feed, UpdateFile, UpdatePackage } from '../../src/main/updates/feed.ts'
import { readFeed } from '../../src/main/updates/feed.ts'
import { FEED_NAME } from '../../src/main/updates/open-feed.ts'
import { signFeed } from '../../src/main/updates/sign-feed.ts'

const PACKAGES: Readonly<Record<string, UpdatePackage>> = { AppImage: 'appimage', exe: 'nsis', dmg: 'dmg' }
const ARCHS: Readonly<Record<string, UpdateFile['arch']>> = { x64: 'x64', x86_64: 'x64', arm64: 'arm64' }

/** What the feed says of the packages in a folder; other files are passed over. */
export function describePackages(folder: string, version: string): Feed {
  const files = readdirSync(folder).flatMap((name) => {
    const [, arch, extension] = /-(\w+)\.(\w+)$/.exec(name) ?? []
    const kind = PACKAGES[extension ?? '']
    const known = ARCHS[arch ?? '']
    if (!kind || !known || !name.includes(`-${version}-`)) return []
    const bytes = readFileSync(join(folder, name))
    const sha512 = createHash('sha512').update(bytes).digest('hex')
    return [{ package: kind, arch: known, name, bytes: bytes.length, sha512 }]
  })
  return { version, files }
}

function run(folder: string): void {
  const pem = process.env['TAPEDECK_UPDATE_KEY']
  if (!pem)
    throw new Error('TAPEDECK_UPDATE_KEY is not set. Make one: openssl genpkey -algorithm ed25519; docs/packaging.md.')
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const key = createPrivateKey(pem)
  const text = signFeed(describePackages(folder, version), key)
  const { files } = readFeed(text, createPublicKey(key)) // What the app would refuse is not written.
  writeFileSync(join(folder, FEED_NAME), text)
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
  console.log(`${FEED_NAME}: ${version}, ${files.map(({ name }) => name).join(', ')}. Public key: ${publicKey}`)
}

if (import.meta.main) run(resolve(process.argv[2] ?? 'dist'))
