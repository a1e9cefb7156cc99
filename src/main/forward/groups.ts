/** The forwarder's groups in the journal: one for each cluster and preset. What they have not taken is not trimmed. */

import type { PresetId } from '../../shared/kafka-settings.ts'
import type { Journal } from '../journal/journal.ts'

const PREFIX = 'forward:'

export function forwardGroup(cluster: string, preset: PresetId): string {
  return `${PREFIX}${cluster}:${preset}`
}

/**
 * Forgets all groups but those of `keep`: to a cluster that is not in use, and for a preset that is not chosen, nothing is
 * owed, and the journal must not wait for them. Absent: no cluster is in use.
 */
export async function retireForwards(
  journal: Journal,
  keep?: { readonly cluster: string; readonly presets: readonly PresetId[] },
): Promise<void> {
  const kept = new Set(keep?.presets.map((preset) => forwardGroup(keep.cluster, preset)))
  for (const group of await journal.groups())
    if (group.startsWith(PREFIX) && !kept.has(group)) journal.setGroup(group, undefined)
}
