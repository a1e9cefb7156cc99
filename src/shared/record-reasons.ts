/**
 * Why a record could not be read. Logs, files and the store keep the English sentence; a page gets the code and its values
 * back from it, and has Korean and English of the same keys.
 */

import { fillSentence } from './sentence.ts'

export const RECORD_REASONS = {
  'no-value': 'The record has no value.',
  'not-json': 'The record is not JSON.',
  'not-record': 'The record is not an object.',
  'not-object': 'The {{field}} is not an object.',
  'not-market': '"{{field}}" is not a market key: {{value}}',
  'unknown-kind': '"{{field}}" is unknown: {{value}}',
  'not-text': '"{{field}}" is missing or not text.',
  'not-number': '"{{field}}" is missing or not a number.',
  'not-decimal': '"{{field}}" is not a canonical decimal.',
  'not-whole': '"{{field}}" must be a whole number, 0 or more.',
  'not-millis': '"{{field}}" must be whole milliseconds.',
  'not-positive': '"{{field}}" must be at least 1.',
  'not-boolean': '"{{field}}" must be true or false.',
  'not-one-of': '"{{field}}" must be one of {{value}}.',
  'not-levels': '"{{field}}" must be a list of levels, each [price, size].',
  'not-gaps': '"{{field}}" must be a list of gaps.',
  'not-texts': '"{{field}}" must be a list of texts.',
  'not-address': '"{{field}}" must be an http or https address.',
  'out-of-reason': '"{{field}}" is no number within reason.',
  /** A sentence of another version: shown as it stands. */
  other: '{{text}}',
} as const satisfies Readonly<Record<string, string>>

export type RecordReasonCode = keyof typeof RECORD_REASONS

export interface RecordReason {
  readonly code: RecordReasonCode
  readonly values: Readonly<Record<string, string>>
}

/** The reason as an English sentence. */
export function recordReasonText({ code, values }: RecordReason): string {
  return fillSentence(RECORD_REASONS[code], values)
}

const SENTENCES = Object.entries(RECORD_REASONS)
  .filter(([code]) => code !== 'other')
  .map(([code, template]) => ({ code: code as RecordReasonCode, sentence: toPattern(template) }))

/** The reason that a sentence tells: the way back from `recordReasonText`, for whatever text. */
export function readRecordReason(text: string): RecordReason {
  for (const { code, sentence } of SENTENCES) {
    const match = sentence.exec(text)
    if (match) return { code, values: { ...match.groups } }
  }
  return { code: 'other', values: { text } }
}

/** A field's name holds no quotes; another value may hold anything. */
function toPattern(template: string): RegExp {
  const literal = template.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
  const pattern = literal.replaceAll(
    /\\\{\\\{(\w+)\\\}\\\}/g,
    (_, name: string) => `(?<${name}>${name === 'field' ? '[^"]*' : '[^]*'})`,
  )
  return new RegExp(`^${pattern}$`)
}
