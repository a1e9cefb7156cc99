import { describe, expect, it } from 'vitest'
import { DOCTOR_FINDINGS } from '../../shared/doctor-findings.ts'
import { IMPORT_NOTES } from '../../shared/import-notes.ts'
import { doctor as en } from './en/doctor.ts'
import { doctor as ko } from './ko/doctor.ts'

const namesIn = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => String(match[1])))
const COPIES = new Set(['copy', 'hosts'])

describe.each([
  ['en', en],
  ['ko', ko],
])('the doctor in %s', (_, texts) => {
  it.each(Object.entries(DOCTOR_FINDINGS))('says %s with the values that it has', (code, row) => {
    const sentences: { readonly what: string; readonly cure?: string } =
      texts.findings[code as keyof typeof texts.findings]
    const used = namesIn(`${sentences.what} ${sentences.cure ?? ''}`)
    const given = new Set<string>(row.values.filter((each) => !COPIES.has(each)))
    expect([...used].filter((each) => !given.has(each))).toEqual([])
    expect(sentences.what.length).toBeGreaterThan(3)
    if (row.state === 'failed') expect(sentences.cure?.length ?? 0).toBeGreaterThan(5)
  })

  it('has the same values in each note of an import', () => {
    for (const [code, text] of Object.entries(IMPORT_NOTES))
      expect([code, namesIn(texts.imported[code as keyof typeof IMPORT_NOTES])]).toEqual([code, namesIn(text)])
  })
})
