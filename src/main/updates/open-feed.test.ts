import { createHash, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Feed } from './feed.ts'
import { isNewer } from './feed.ts'
import type { FeedOptions } from './open-feed.ts'
import { FEED_NAME, openFeed } from './open-feed.ts'
import { signFeed } from './sign-feed.ts'

const makers = generateKeyPairSync('ed25519')
const strangers = generateKeyPairSync('ed25519')
const publicKey = Buffer.from(makers.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
const program = Buffer.from('a new Tapedeck '.repeat(10_000))
const sha512 = (bytes: Buffer) => createHash('sha512').update(bytes).digest('hex')
const NAME = 'Tapedeck-1.3.0-linux-x64.AppImage'
const feed: Feed = {
  version: '1.3.0',
  files: [{ package: 'appimage', arch: 'x64', name: NAME, bytes: program.length, sha512: sha512(program) }],
}

let folder: string
let server: Server
/** What the server answers, by path. */
let files: Map<string, string | Buffer>
let asked: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-updates-'))
  asked = []
  files = new Map<string, string | Buffer>([
    [`/${FEED_NAME}`, signFeed(feed, makers.privateKey)],
    [`/${NAME}`, program],
  ])
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const body = files.get(request.url ?? '')
    if (body === undefined) response.writeHead(404).end()
    else response.end(body)
  }).listen(0, '127.0.0.1')
  await new Promise((settle) => server.once('listening', settle))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = (changes: Partial<FeedOptions> = {}) =>
  openFeed({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicKey,
    version: '1.2.9',
    package: 'appimage',
    arch: 'x64',
    folder: join(folder, 'updates'),
    fetch: (url) => fetch(url),
    ...changes,
  })
const left = () => (existsSync(join(folder, 'updates')) ? readdirSync(join(folder, 'updates')) : [])

test('A-71 a newer version is found, fetched whole, and handed out as the feed names it', async () => {
  const updates = open()
  const shares: number[] = []
  expect(await updates.check()).toBe('1.3.0')
  await updates.download((share) => shares.push(share))
  const file = await updates.fetched()
  expect(readFileSync(file)).toEqual(program)
  expect([left(), shares.at(-1), shares.toSorted((a, b) => a - b)]).toEqual([[NAME], 1, shares])
})

test.each([
  ['the same version', { version: '1.3.0' }],
  ['an older one, signed once upon a time', { version: '1.10.0' }],
  ['none for this machine', { arch: 'arm64' }],
  ['none for this kind of package', { package: 'nsis' as const }],
])('A-71 %s is no update', async (_what, changes) => {
  const updates = open(changes)
  expect(await updates.check()).toBe(undefined)
  await expect(updates.download(() => undefined)).rejects.toThrow('There is no update to fetch')
  expect(asked).toEqual([`/${FEED_NAME}`])
})

describe('A-71 a wrong signature is refused, and no file is asked for', () => {
  const good = () => JSON.parse(signFeed(feed, makers.privateKey)) as { signed: string; signature: string }
  const rows: readonly (readonly [string, () => string, RegExp])[] = [
    ['signed by somebody else', () => signFeed(feed, strangers.privateKey), /not signed by the makers/],
    [
      'changed after it was signed',
      () => JSON.stringify({ ...good(), signed: good().signed.replace('1.3.0', '1.4.0') }),
      /not signed by the makers/,
    ],
    ['without a signature', () => JSON.stringify({ ...good(), signature: '' }), /is no feed/],
    ['with nothing but zeros for one', () => JSON.stringify({ ...good(), signature: 'A'.repeat(88) }), /not signed/],
    ['no JSON', () => '<html>Sign in to this network</html>', /is no feed/],
    ['endless', () => 'x'.repeat(300_000), /is no feed/],
    [
      'signed, but naming a file elsewhere',
      () => signFeed({ ...feed, files: [{ ...feed.files[0]!, name: '../../.bashrc' }] }, makers.privateKey),
      /does not know/,
    ],
  ]
  test.each(rows)('%s', async (_what, text, reason) => {
    files.set(`/${FEED_NAME}`, text())
    await expect(open().check()).rejects.toThrow(reason)
    expect([asked, left()]).toEqual([[`/${FEED_NAME}`], []])
  })
})

describe('A-71 a wrong file is refused and not kept', () => {
  const flipped = Buffer.from(program)
  flipped[77_777]! ^= 1
  test.each([
    ['one bit differs', flipped, /SHA-512 differs/],
    ['it ends early', program.subarray(0, -1), /ended after/],
    ['it goes on', Buffer.concat([program, Buffer.from('!')]), /longer than the feed says/],
    ['it is empty', Buffer.alloc(0), /ended after 0/],
  ])('%s', async (_what, body, reason) => {
    files.set(`/${NAME}`, body)
    const updates = open()
    await updates.check()
    await expect(updates.download(() => undefined)).rejects.toThrow(reason)
    expect(left()).toEqual([])
    await expect(updates.fetched()).rejects.toThrow()
  })

  test('it is gone from the server', async () => {
    files.delete(`/${NAME}`)
    const updates = open()
    await updates.check()
    await expect(updates.download(() => undefined)).rejects.toThrow(`The update server answered 404`)
  })

  test('somebody changes it between fetching and installing', async () => {
    const updates = open()
    await updates.check()
    await updates.download(() => undefined)
    writeFileSync(join(folder, 'updates', NAME), flipped)
    await expect(updates.fetched()).rejects.toThrow('was changed after it had been fetched')
    expect(left()).toEqual([])
  })
})

test.each(['http://updates.example.com', 'ftp://x', 'file:///tmp', 'nonsense', 'http://127.0.0.1.example.com/'])(
  'A-71 updates never come from %s',
  (url) => {
    expect(() => open({ url })).toThrow('the address must begin with https://')
  },
)

test('a key that is none is our own mistake, told at once', () => {
  expect(() => open({ publicKey: 'c2hvcnQ=' })).toThrow('32 bytes of base64')
})

test('a server that is away is told with its reason, and the next look may find it', async () => {
  const updates = open({
    fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
  })
  await expect(updates.check()).rejects.toThrow('The update server was not reached (ECONNREFUSED).')
})

test.each([
  ['1.2.10', '1.2.9', true],
  ['2.0.0', '1.99.99', true],
  ['1.2.9', '1.2.9', false],
  ['1.2.9', '1.2.9-beta.1', true],
  ['1.2.8', '1.2.9-beta.1', false],
])('%s is newer than %s: %s', (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected)
})
