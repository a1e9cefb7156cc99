/** The settings of the installed app: tray, closing, login, sleep, notifications, updates. A browser ignores them. */

import { z } from 'zod'

/** So many values stand in the tray at most. */
export const TRAY_VALUES = 4

const market = z.string().regex(/^[a-z0-9]+:.+$/, 'must be a market key such as "upbit:BTC/KRW"')

export const desktopSettingsSchema = z.strictObject({
  /** Markets whose prices stand in the tray. null: the first of the watch list. */
  tray: z
    .array(market)
    .min(1, 'holds at least one market')
    .max(TRAY_VALUES, `holds at most ${TRAY_VALUES} markets`)
    .nullable()
    .default(null),
  /** Closing the main window leaves the engine at work. */
  closeToTray: z.boolean().default(true),
  openAtLogin: z.boolean().default(false),
  /** The system does not fall asleep while the engine collects. The screen may. */
  keepAwake: z.boolean().default(false),
  notifications: z.boolean().default(true),
  /** Look for updates. They are installed when somebody asks, never before. */
  updates: z.boolean().default(true),
})
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>

export const DEFAULT_DESKTOP: DesktopSettings = desktopSettingsSchema.parse({})
