/** What the parent and the child of the crash test agree upon. */

import type { InstrumentKey } from '../../src/shared/market.ts'

export const MARKETS: readonly InstrumentKey[] = Array.from(
  { length: 12 },
  (_, index) => `upbit:C${index}/KRW` as const,
)
export const CAPS = { storeBytes: 20e9, tradeDays: 30, secondDays: 365 }
export const BALLAST = 65_536
