import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordReasonCode } from './record-reasons.ts'
import { RECORD_REASONS, readRecordReason, recordReasonText } from './record-reasons.ts'

const codes = fc.constantFrom(...(Object.keys(RECORD_REASONS) as RecordReasonCode[]).filter((code) => code !== 'other'))
const field = fc.string().filter((text) => !text.includes('"'))

/** The values that a code's sentence names, and no others. */
function named(code: RecordReasonCode, all: Readonly<Record<string, string>>): Record<string, string> {
  const names = [...RECORD_REASONS[code].matchAll(/\{\{(\w+)\}\}/g)].map((match) => String(match[1]))
  return Object.fromEntries(names.map((name) => [name, all[name] ?? '']))
}

test('a reason comes back from the sentence that is stored for it, whatever its values are', () => {
  fc.assert(
    fc.property(codes, field, fc.string(), (code, name, value) => {
      const reason = { code, values: named(code, { field: name, value }) }
      expect(readRecordReason(recordReasonText(reason))).toEqual(reason)
    }),
    { numRuns: 1_000 },
  )
})

test('a sentence of another version is shown as it stands', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(recordReasonText(readRecordReason(text))).toBe(text)
    }),
  )
  expect(readRecordReason('Odd.')).toEqual({ code: 'other', values: { text: 'Odd.' } })
})

test('what earlier versions have stored is told in today’s words', () => {
  expect(
    [
      'The record is not JSON.',
      '"data.price" is not a canonical decimal.',
      'The record is not an object.',
      'The data is not an object.',
    ].map(readRecordReason),
  ).toEqual([
    { code: 'not-json', values: {} },
    { code: 'not-decimal', values: { field: 'data.price' } },
    { code: 'not-record', values: {} },
    { code: 'not-object', values: { field: 'data' } },
  ])
})
