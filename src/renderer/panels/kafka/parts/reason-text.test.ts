import { beforeAll, describe, expect, it } from 'vitest'
import type { GroupReason, GroupReasonCode } from '../../../../shared/group-reasons.ts'
import { GROUP_REASONS, groupReasonText as inEnglish } from '../../../../shared/group-reasons.ts'
import type { RecordReasonCode } from '../../../../shared/record-reasons.ts'
import { RECORD_REASONS } from '../../../../shared/record-reasons.ts'
import type { Language } from '../../../i18n/index.ts'
import { i18n, startI18n } from '../../../i18n/index.ts'
import { groupReasonText, recordReasonText } from './reason-text.ts'

beforeAll(() => startI18n('en'))

const VALUES = {
  field: 'data.price',
  value: 'rumour',
  text: 'As it stands.',
  place: 't 3',
  partitions: '3',
  members: '4',
}
const group = (language: Language, reason: GroupReason) =>
  groupReasonText(i18n.getFixedT(language, 'kafka'), i18n.getFixedT(language, 'faults'), reason)
const record = (language: Language, code: RecordReasonCode) =>
  recordReasonText(i18n.getFixedT(language, 'kafka'), { code, values: VALUES })

describe('A-69 reasons of the engine', () => {
  it.each(Object.keys(GROUP_REASONS) as GroupReasonCode[])('of a group: %s, in both languages', (code) => {
    const reason = { code, values: { ...VALUES, member: 'readers-1' } }
    expect(group('en', reason)).toBe(inEnglish(reason))
    expect(group('ko', reason)).toMatch(/[가-힣]/)
    expect(group('ko', reason)).not.toMatch(/\{\{|groupReasons/)
  })

  it.each((Object.keys(RECORD_REASONS) as RecordReasonCode[]).filter((code) => code !== 'other'))(
    'of a record: %s, in both languages',
    (code) => {
      expect(record('en', code)).toMatch(/^[A-Z"]/)
      expect(record('ko', code)).toMatch(/[가-힣]/)
      expect(record('ko', code)).not.toMatch(/\{\{|recordReasons/)
    },
  )

  it('of a trouble begin with our own words, and end with what was said of it', () => {
    const fault = { code: 'cluster-away', message: 'Nothing listens at 127.0.0.1:9092.' } as const
    expect(group('ko', { code: 'trouble', fault })).toBe(
      'Kafka 클러스터가 응답하지 않습니다. Nothing listens at 127.0.0.1:9092.',
    )
  })

  it('of another version stand as they are', () => {
    expect([record('ko', 'other'), record('en', 'other')]).toEqual(['As it stands.', 'As it stands.'])
  })
})
