/** Parameters that several calls have in common. */

import { z } from 'zod'
import type { InstrumentKey } from './market.ts'

export const instrument = z
  .string()
  .regex(/^[a-z0-9]+:[^\s]{1,60}$/, 'must be a market key such as "upbit:BTC/KRW"')
  .transform((text) => text as InstrumentKey)

export const instant = z.number().int().min(0).max(8.64e15)

export const interval = z
  .number()
  .int()
  .min(1_000)
  .max(86_400_000)
  .refine((value) => value % 1_000 === 0 && 86_400_000 % value === 0, 'must be whole seconds that divide a day')

export const nothing = z.strictObject({})
