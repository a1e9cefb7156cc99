import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { kis } from '../exchanges/kis/index.ts'
import { createGrantFile } from './access-file.ts'
import type { Access, GrantKeep } from './access.ts'
import { createAccess, createMemoryKeep } from './access.ts'
import type { Get } from './http.ts'
import type { VirtualClock } from './testing/virtual-clock.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const KEYS: Record<string, string> = { 'kis.live:app-key': 'PSkey', 'kis.live:app-secret': 'shh' }
const TOKEN = (nth: number) => JSON.stringify({ access_token: `token-${nth}`, expires_in: 86_400 })
const TOO_SOON = '{"error_code":"EGW00133","error_description":"접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)"}'

let clock: VirtualClock
let asked: string[]
let answer: (nth: number) => string
let keys: Record<string, string>
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-access-'))
  clock = createVirtualClock()
  asked = []
  answer = TOKEN
  keys = { ...KEYS }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const get: Get = async (url, _signal, question) => {
  asked.push(`${question?.method} ${new URL(url).pathname}`)
  const body = answer(asked.length)
  await Promise.resolve()
  return { status: 200, headers: {}, body, sentAt: clock.now(), receivedAt: clock.now() }
}
const open = (keep: GrantKeep = createMemoryKeep()): Access =>
  createAccess(kis, {
    get,
    clock,
    signal: new AbortController().signal,
    secrets: { get: (name) => Promise.resolve(keys[name]) },
    keep,
    resolve: (url) => url,
  })!
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)),
  )

test('A-05 twenty who ask at once cause one request, and all get its token', async () => {
  const access = open()
  const headers = await Promise.all(Array.from({ length: 20 }, () => access.headers()))
  expect(asked).toEqual(['POST /oauth2/tokenP'])
  expect(new Set(headers.map((each) => each['authorization']))).toEqual(new Set(['Bearer token-1']))
})

test('A-05 a restart within a token’s life causes none, one after it causes one', async () => {
  const file = join(folder, 'access.json')
  await open(createGrantFile(file)).headers()
  await clock.advance(12 * HOUR)
  expect((await open(createGrantFile(file)).headers())['authorization']).toBe('Bearer token-1')
  expect(asked).toHaveLength(1)
  await clock.advance(12 * HOUR)
  expect((await open(createGrantFile(file)).headers())['authorization']).toBe('Bearer token-2')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toMatch(/PSkey|shh/)
})

test('A-05 EGW00133 waits a minute, and nothing is asked before, not even by the next run', async () => {
  const keep = createMemoryKeep()
  answer = () => TOO_SOON
  const access = open(keep)
  expect(await codeOf(access.headers())).toBe('rate-limited')
  await clock.advance(59 * SECOND)
  expect([await codeOf(access.headers()), await codeOf(open(keep).headers())]).toEqual(['rate-limited', 'rate-limited'])
  expect(asked).toHaveLength(1)
  answer = TOKEN
  await clock.advance(SECOND)
  expect([await codeOf(access.headers()), asked.length]).toEqual(['fine', 2])
})

test('a token that the venue gave up is asked for anew, but not within the same minute', async () => {
  const access = open()
  await access.headers()
  access.forget('rest')
  expect(await codeOf(access.headers())).toBe('rate-limited')
  await clock.advance(MINUTE)
  expect((await access.headers())['authorization']).toBe('Bearer token-2')
})

test('A-05 without a key it says so, and asks nothing; keys that are entered later are taken', async () => {
  keys = { 'kis.live:app-key': 'PSkey' }
  const access = open()
  expect(await codeOf(access.headers())).toBe('needs-key')
  expect([access.needsKey, access.fault?.code, asked]).toEqual([true, 'needs-key', []])
  keys = { ...KEYS }
  await access.renew()
  expect([access.needsKey, access.fault, await codeOf(access.headers())]).toEqual([false, undefined, 'fine'])
})

test('keys that are refused are not tried again until there are others', async () => {
  answer = () => '{"error_code":"EGW00103","error_description":"유효하지 않은 AppKey입니다."}'
  const access = open()
  expect(await codeOf(access.headers())).toBe('key-refused')
  await clock.advance(HOUR)
  expect([await codeOf(access.headers()), access.fault?.code, asked.length]).toEqual(['key-refused', 'key-refused', 1])
  answer = TOKEN
  keys['kis.live:app-key'] = 'other'
  await access.renew()
  expect([await codeOf(access.headers()), access.fault]).toEqual(['fine', undefined])
})

test('another key’s token is not taken for one’s own', async () => {
  const keep = createMemoryKeep()
  await open(keep).headers()
  keys['kis.live:app-secret'] = 'other'
  expect((await open(keep).headers())['authorization']).toBe('Bearer token-2')
})

test('a connection has a grant of its own, put into each of its frames', async () => {
  answer = () => '{"approval_key":"approved"}'
  const sign = await open().signer()
  expect([sign('{"header":{"approval_key":""}}'), asked]).toEqual([
    '{"header":{"approval_key":"approved"}}',
    ['POST /oauth2/Approval'],
  ])
})
