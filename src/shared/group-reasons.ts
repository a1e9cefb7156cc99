/**
 * Why a member of a consumer group does not read, and why a group shares its partitions out anew. English here, for logs and
 * the command line; the renderer has both languages of the same keys.
 */

import type { Fault } from './faults.ts'
import { fillSentence } from './sentence.ts'

export const GROUP_REASONS = {
  changed: 'Members or topics have changed.',
  lost: 'The group went on without this member.',
  silent: 'The group could not be reached.',
  /** Until the session of the one that vanished ends, nobody is given a share. */
  absent: 'The group waits for a member that has gone without a word; its session must end first.',
  rebuilt: 'It did not move, and was built anew.',
  'stuck-busy': '{{place}} does not move although there is more to read: the records in hand are not done with.',
  'stuck-silent': '{{place}} does not move although there is more to read: nothing arrives.',
  closed: 'It has left the group.',
  vanished: 'It has vanished without a word.',
  'idle-none-left': 'No partition is left for it, or there is no such topic yet.',
  'idle-too-many':
    'Partitions: {{partitions}}, members: {{members}}. A partition is read by one member of a group only.',
  added: 'A member was added.',
  left: 'Member {{member}} left.',
  killed: 'Member {{member}} was killed.',
  crashed: 'Member {{member}} crashed.',
} as const satisfies Readonly<Record<string, string>>

export type GroupReasonCode = keyof typeof GROUP_REASONS

/** One of ours, or the trouble that the cluster or the handling of a batch made. */
export type GroupReason =
  | { readonly code: GroupReasonCode; readonly values?: Readonly<Record<string, string>> }
  | { readonly code: 'trouble'; readonly fault: Fault }

/** The reason as an English sentence. */
export function groupReasonText(reason: GroupReason): string {
  return reason.code === 'trouble'
    ? reason.fault.message
    : fillSentence(GROUP_REASONS[reason.code], reason.values ?? {})
}

/** Why a member has no share of `partitions` that `members` members have between them. Undefined: not for want of partitions. */
export function idleReason(partitions: number, members: number): GroupReason | undefined {
  if (partitions === 0 || partitions >= members) return undefined
  return { code: 'idle-too-many', values: { partitions: String(partitions), members: String(members) } }
}
