/** How lag is judged: by the market's time where it is known, since that is what a trader misses. */

import type { GroupRow } from '../../../../shared/kafka-view.ts'
import type { Mark } from '../../../ui/venues.ts'

const FAR_SECONDS = 600
const LATE_SECONDS = 30
/** Nearer to the end than this a group is up to date: what it lacks is on its way. */
const CLOSE_SECONDS = 3

/** Ten minutes of market time behind, and not catching up. */
export function isFarBehind(group: Pick<GroupRow, 'seconds' | 'clearSeconds'>): boolean {
  return (group.seconds ?? 0) >= FAR_SECONDS && group.clearSeconds === undefined
}

/** Reads as fast as records come: its few records of lag have no end to wait for. */
export function keepsUp(group: Pick<GroupRow, 'seconds'>): boolean {
  return group.seconds !== undefined && group.seconds < CLOSE_SECONDS
}

/** What a group's lag is worth in colour. */
export function lagTone(group: Pick<GroupRow, 'seconds' | 'clearSeconds'>): 'bad' | 'warn' | undefined {
  if (isFarBehind(group)) return 'bad'
  return (group.seconds ?? 0) >= LATE_SECONDS ? 'warn' : undefined
}

/** The words of i18n for what the broker calls a group's state. */
export type GroupState = 'stable' | 'rebalancing' | 'empty' | 'dead' | 'unknown'

const STATES: Readonly<Record<string, GroupState>> = {
  stable: 'stable',
  preparingrebalance: 'rebalancing',
  completingrebalance: 'rebalancing',
  assigning: 'rebalancing',
  reconciling: 'rebalancing',
  empty: 'empty',
  dead: 'dead',
}

export function groupState(told: string): GroupState {
  return STATES[told.toLowerCase().replaceAll(/[^a-z]/g, '')] ?? 'unknown'
}

export const GROUP_MARKS: Readonly<Record<GroupState, Mark>> = {
  stable: 'live',
  rebalancing: 'silent',
  empty: 'off',
  dead: 'down',
  unknown: 'waiting',
}
