import { describe, expect, test } from 'vitest'
import type { BackupSettings } from '../../shared/backup-settings.ts'
import { backupSettingsSchema } from '../../shared/backup-settings.ts'
import { DAY, HOUR, MINUTE } from '../../shared/market.ts'
import { dueAt } from './schedule.ts'

const NOON = Date.UTC(2026, 10, 23, 12)
const set = (settings: Partial<BackupSettings>): BackupSettings => backupSettingsSchema.parse(settings)

test('without a schedule none is ever due', () => {
  expect(dueAt(set({}), 'UTC', undefined, NOON)).toBeUndefined()
})

describe('after every so many hours', () => {
  const settings = set({ schedule: 'hours', everyHours: 6 })

  test('the next one is due so long after the last one was begun, and at once where it was missed', () => {
    expect(dueAt(settings, 'UTC', NOON - HOUR, NOON)).toBe(NOON + 5 * HOUR)
    expect(dueAt(settings, 'UTC', NOON - DAY, NOON)).toBe(NOON - DAY + 6 * HOUR)
  })

  test('the first one is due at once', () => {
    expect(dueAt(settings, 'UTC', undefined, NOON)).toBe(NOON)
  })
})

describe('daily at an hour', () => {
  const settings = set({ schedule: 'daily', hour: 4 })
  const four = Date.UTC(2026, 10, 23, 4)

  test('one that has been made since then leaves it to the next day', () => {
    expect(dueAt(settings, 'UTC', four + MINUTE, NOON)).toBe(four + DAY)
  })

  test('one that was missed is due since its hour', () => {
    expect(dueAt(settings, 'UTC', four - MINUTE, NOON)).toBe(four)
    expect(dueAt(settings, 'UTC', undefined, NOON)).toBe(four)
  })

  test('before its hour the hour of the day before counts', () => {
    expect(dueAt(settings, 'UTC', undefined, four - 1)).toBe(four - DAY)
    expect(dueAt(settings, 'UTC', four - DAY, four - 1)).toBe(four)
  })

  test('the hour is that of the chosen zone', () => {
    expect(dueAt(settings, 'KST', NOON - 1, NOON)).toBe(Date.UTC(2026, 10, 23, 19))
  })

  test('on the local clock each due time shows that hour, a whole year long', () => {
    for (let day = 0; day < 366; day += 1) {
      const now = NOON + day * DAY
      const next = dueAt(settings, 'local', now, now)!
      expect([new Date(next).getHours(), next > now, next - now <= 25 * HOUR]).toEqual([4, true, true])
    }
  })
})
