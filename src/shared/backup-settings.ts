/** When backups are made, and how many stay. */

import { z } from 'zod'

export const BACKUP_SCHEDULES = ['off', 'daily', 'hours'] as const

const DEFAULTS = { schedule: 'off', hour: 4, everyHours: 6, keep: 7 } as const

export const backupSettingsSchema = z
  .strictObject({
    schedule: z.enum(BACKUP_SCHEDULES).default(DEFAULTS.schedule),
    /** 'daily': at this hour of the chosen zone. */
    hour: z
      .number()
      .int('must be a whole hour')
      .min(0, 'must be 0 to 23')
      .max(23, 'must be 0 to 23')
      .default(DEFAULTS.hour),
    /** 'hours': so long after the one before was begun. */
    everyHours: z
      .number()
      .int('must be whole hours')
      .min(1, 'must be 1 to 168')
      .max(168, 'must be 1 to 168')
      .default(DEFAULTS.everyHours),
    /** The newest so many stay; the last good one always does. */
    keep: z
      .number()
      .int('must be a whole number')
      .min(1, 'must be 1 to 365')
      .max(365, 'must be 1 to 365')
      .default(DEFAULTS.keep),
  })
  .default(DEFAULTS)

export type BackupSettings = z.infer<typeof backupSettingsSchema>
