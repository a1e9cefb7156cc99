import { assert, constantFrom, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { createRedactedLog } from './redacted-log.ts'
import { createRedactor } from './redactor.ts'

/** Every form in which a secret travels through the engine's parts. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify({ password: secret }),
  'in an address': (secret) => `https://user:${encodeURIComponent(secret)}@host/`,
  'in a form': (secret) => new URLSearchParams({ password: secret }).toString(),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in a Basic header': (secret) => `Basic ${Buffer.from(`alice:${secret}`).toString('base64')}`,
  'in a SASL PLAIN message': (secret) => Buffer.from(`\0alice\0${secret}`).toString('base64'),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
}

it.each(Object.keys(FORMS))('A-80 a secret is taken out %s', (form) => {
  const secret = 'pä ss"wörd+/\\\n=&%'
  const text = FORMS[form]?.(secret) ?? ''
  const redacted = createRedactor(secret).text(`before ${text} after`)
  expect(redacted).toMatch(/^before .*•••.* after$/s)
  expect(holds(redacted, secret)).toEqual([])
})

it('A-80 no form of any secret is left in any text (property)', () => {
  const letter = constantFrom(...Array.from('abcXYZ019 äß한글😀"\'\\/+=&%?.$^(\n\t'))
  const secrets = string({ minLength: 8, maxLength: 40, unit: letter })
  assert(
    property(secrets, constantFrom(...Object.keys(FORMS)), string({ unit: letter }), (secret, form, around) => {
      const text = `${around}|${FORMS[form]?.(secret) ?? ''}|${around}`
      expect(holds(createRedactor(secret).text(text), secret)).toEqual([])
    }),
  )
})

it('A-80 a short secret goes where it stands alone, and leaves words as they are', () => {
  const redactor = createRedactor('ab')
  expect(redactor.text('password=ab; about ab, tab')).toBe('password=•••; about •••, tab')
})

it('A-80 of two secrets the longer one goes whole', () => {
  expect(createRedactor('hunter', 'hunter-two').text('hunter-two, hunter')).toBe('•••, •••')
})

it('A-80 values are redacted at any depth, and nothing else of them changes', () => {
  const redactor = createRedactor('canary-secret')
  expect(
    redactor.value({ at: 1, ok: true, none: undefined, list: ['canary-secret', { 'key canary-secret': 'x' }] }),
  ).toEqual({ at: 1, ok: true, none: undefined, list: ['•••', { 'key •••': 'x' }] })
})

it('A-80 a log redacts what it writes, keeps and shows, also for secrets that become known later', () => {
  const written: string[] = []
  const shown: string[] = []
  const redactor = createRedactor()
  const log = createRedactedLog(
    createLog((text) => written.push(text)),
    redactor,
  )
  log.onLine((line) => shown.push(line.text))
  redactor.add('canary-secret')
  log.error('login with canary-secret failed')
  expect([...shown, ...log.recent().map((line) => line.text)]).toEqual(Array(2).fill('login with ••• failed'))
  expect(written.join('')).not.toContain('canary-secret')
})

/** The forms of a secret that a text still holds. */
function holds(text: string, secret: string): readonly string[] {
  const inner = Object.entries(FORMS).filter(([name]) => !['in JSON', 'in an address', 'in a form'].includes(name))
  return inner.filter(([, form]) => text.includes(form(secret))).map(([name]) => name)
}
