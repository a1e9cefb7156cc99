/** Where a group's offsets shall go, as it is being chosen. */

import type { Millis } from '../../../../shared/market.ts'
import type { Zone } from '../../../ui/zone.ts'
import { parseDateTime } from '../../../ui/zone.ts'

export const RESET_WAYS = ['earliest', 'latest', 'at', 'by'] as const
export type ResetWay = (typeof RESET_WAYS)[number]

export interface ResetDraft {
  readonly way: ResetWay
  /** '2026-11-23 14:32:08' on the chosen clock. */
  readonly time: string
  /** Records, negative: back. */
  readonly by: string
}

/** The target as the engine takes it; undefined where a field is not readable. */
export type ResetTarget = 'earliest' | 'latest' | { readonly at: Millis } | { readonly by: number }

export function toTarget(draft: ResetDraft, zone: Zone): ResetTarget | undefined {
  if (draft.way === 'earliest' || draft.way === 'latest') return draft.way
  if (draft.way === 'at') {
    const at = parseDateTime(draft.time, zone)
    return at === undefined ? undefined : { at }
  }
  const by = draft.by.trim().replace('−', '-')
  return /^[+-]?\d{1,15}$/.test(by) && Number(by) !== 0 ? { by: Number(by) } : undefined
}
