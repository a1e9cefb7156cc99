import { expect, test } from 'vitest'
import { LAYOUTS, toHeadings } from './columns.ts'

test('A-45 a local zone is named in both languages, as a name that SQL and people can read', () => {
  const zone = { name: 'America/New_York', offset: () => -300 }
  const names = (language: 'ko' | 'en') => toHeadings(LAYOUTS.gaps, zone, language, true).map(({ name }) => name)
  expect([names('en'), names('ko')]).toEqual([
    [
      'since_america_new_york',
      'since_utc',
      'since_ms',
      'exchange',
      'market',
      'until_america_new_york',
      'until_utc',
      'until_ms',
      'seconds',
      'reason',
      'filled_by',
      'DEMO',
    ],
    [
      '시작(America/New_York)',
      '시작(UTC)',
      '시작_epoch_ms',
      '거래소',
      '종목',
      '끝(America/New_York)',
      '끝(UTC)',
      '끝_epoch_ms',
      '초',
      '사유',
      '채움',
      'DEMO',
    ],
  ])
})
