import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultError } from '../../../shared/faults.ts'
import {
  forgetClusterSecrets,
  hasClusterSecrets,
  keepClusterSecrets,
  readClusterSecrets,
} from '../../secrets/secret-store.ts'
import { openHeadlessSecrets } from './secrets.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-secrets-'))
  file = join(folder, 'secrets.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (passphrase?: string) =>
  openHeadlessSecrets(folder, passphrase === undefined ? {} : { TAPEDECK_PASSPHRASE: passphrase })
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: FaultError) => error.fault,
  )

describe('A-80 with a passphrase', () => {
  it('A-80 secrets outlive the program, in a file that only its owner reads and that holds none of them', async () => {
    const store = await open('correct horse')
    expect(store.available()).toBe('encrypted')
    expect(await store.set('kafka:one', 'canary-secret')).toBe('encrypted')
    expect(await store.set('kafka:two', 'another')).toBe('encrypted')
    const again = await open('correct horse')
    expect([await again.get('kafka:one'), await again.get('kafka:two'), again.has('kafka:three')]).toEqual([
      'canary-secret',
      'another',
      false,
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    for (const form of ['canary', 'correct horse', Buffer.from('canary-secret').toString('base64').slice(0, 16)])
      expect(text).not.toContain(form)
  })

  it('A-80 a wrong passphrase is told in one sentence, and changes nothing', async () => {
    await (await open('right')).set('kafka:one', 'canary-secret')
    const before = readFileSync(file)
    const store = await open('wrong')
    const fault = {
      code: 'bad-setting',
      message: `TAPEDECK_PASSPHRASE is not the one that ${file} was made with. Start with that one, or move the file away and enter the secrets again.`,
    }
    expect(store.problem).toBe(fault.message)
    expect(await refusalOf(store.get('kafka:one'))).toEqual(fault)
    expect(await refusalOf(store.set('kafka:one', 'new'))).toEqual(fault)
    expect(readFileSync(file)).toEqual(before)
    expect(await (await open('right')).get('kafka:one')).toBe('canary-secret')
  })

  it.each(['not JSON', '{}', '{"version":2}'])(
    'A-80 a file that is damaged or newer stays as it is: %s',
    async (text) => {
      writeFileSync(file, text)
      const store = await open('right')
      expect((await refusalOf(store.set('kafka:one', 'new')))?.message).toContain(`${file} cannot be read.`)
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )

  it('A-80 a secret put under another name does not open', async () => {
    const store = await open('right')
    await store.set('kafka:one', 'first')
    await store.set('kafka:two', 'second')
    const sealed = JSON.parse(readFileSync(file, 'utf8')) as { secrets: Record<string, unknown> }
    sealed.secrets['kafka:two'] = sealed.secrets['kafka:one']
    writeFileSync(file, JSON.stringify(sealed))
    const again = await open('right')
    expect(await again.get('kafka:one')).toBe('first')
    expect((await refusalOf(again.get('kafka:two')))?.message).toContain('"kafka:two"')
  })

  it('A-80 a secret that is forgotten is gone from the file, and secrets set at once are all kept', async () => {
    const store = await open('right')
    await Promise.all(['a', 'b', 'c'].map((name) => store.set(name, `secret ${name}`)))
    await store.set('b', undefined)
    const again = await open('right')
    expect(await Promise.all(['a', 'b', 'c'].map((name) => again.get(name)))).toEqual([
      'secret a',
      undefined,
      'secret c',
    ])
  })
})

describe('A-80 without a passphrase', () => {
  it('A-80 secrets live for this run only, and it says so', async () => {
    const store = await open()
    expect(store.available()).toBe('this-run')
    expect(await store.set('kafka:one', 'canary-secret')).toBe('this-run')
    expect(await store.get('kafka:one')).toBe('canary-secret')
    expect(await (await open()).get('kafka:one')).toBeUndefined()
  })

  it('A-80 sealed ones stay locked with a sentence, and untouched', async () => {
    await (await open('right')).set('kafka:one', 'canary-secret')
    const before = readFileSync(file)
    const store = await open()
    expect(store.has('kafka:one')).toBe(true)
    expect((await refusalOf(store.get('kafka:one')))?.message).toContain('start with TAPEDECK_PASSPHRASE')
    await store.set('kafka:one', 'for now')
    expect(await store.get('kafka:one')).toBe('for now')
    expect(readFileSync(file)).toEqual(before)
  })
})

it('A-80 a profile has its password and its key’s passphrase, each set, kept and forgotten alone', async () => {
  const store = await open('right')
  expect(await keepClusterSecrets(store, 'prod', { password: 'pass', keyPassphrase: 'key' })).toBe('encrypted')
  expect(await readClusterSecrets(store, 'prod')).toEqual({ password: 'pass', keyPassphrase: 'key' })
  await keepClusterSecrets(store, 'prod', { password: '' })
  expect(await readClusterSecrets(store, 'prod')).toEqual({ keyPassphrase: 'key' })
  expect([hasClusterSecrets(store, 'prod'), hasClusterSecrets(store, 'other')]).toEqual([true, false])
  await forgetClusterSecrets(store, 'prod')
  expect(await readClusterSecrets(store, 'prod')).toEqual({})
})
