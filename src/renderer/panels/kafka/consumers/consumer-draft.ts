/** A consumer as it is being written: text in every field, checked as a whole. */

import type { ConsumerSpec } from '../../../../shared/kafka-settings.ts'
import { consumerSchema } from '../../../../shared/kafka-settings.ts'
import type { Zone } from '../../../ui/zone.ts'
import { formatDateTime, parseDateTime } from '../../../ui/zone.ts'

export const START_WAYS = ['earliest', 'latest', 'at', 'offset'] as const

export interface ConsumerDraft {
  readonly name: string
  readonly bus: ConsumerSpec['bus']
  /** Separated by commas. */
  readonly topics: string
  readonly group: string
  readonly members: string
  readonly way: (typeof START_WAYS)[number]
  readonly time: string
  readonly offset: string
  readonly sink: ConsumerSpec['sink']
  readonly on: boolean
}

export function toConsumerDraft(spec: ConsumerSpec | undefined, zone: Zone): ConsumerDraft {
  const start = spec?.start ?? 'latest'
  return {
    name: spec?.name ?? '',
    bus: spec?.bus ?? 'kafka',
    topics: spec?.topics.join(', ') ?? '',
    group: spec?.group ?? '',
    members: String(spec?.members ?? 1),
    way: typeof start === 'string' ? start : 'at' in start ? 'at' : 'offset',
    time: formatDateTime(typeof start === 'object' && 'at' in start ? start.at : Date.now(), zone),
    offset: typeof start === 'object' && 'offset' in start ? String(start.offset) : '0',
    sink: spec?.sink ?? 'store',
    on: spec?.on ?? true,
  }
}

export type ConsumerField = 'name' | 'topics' | 'group' | 'members' | 'start'

/** The consumer, or the fields that are not right. */
export function checkConsumer(
  draft: ConsumerDraft,
  zone: Zone,
): { readonly spec: ConsumerSpec } | { readonly wrong: ReadonlySet<ConsumerField> } {
  const at = parseDateTime(draft.time, zone)
  const start =
    draft.way === 'at' ? { at: at ?? -1 } : draft.way === 'offset' ? { offset: Number(draft.offset || 'x') } : draft.way
  const parsed = consumerSchema.safeParse({
    name: draft.name.trim(),
    bus: draft.bus,
    topics: draft.topics.split(/[\s,]+/).filter(Boolean),
    group: draft.group.trim() || draft.name.trim(),
    members: draft.bus === 'journal' ? 1 : Number(draft.members),
    start,
    sink: draft.sink,
    on: draft.on,
  })
  if (parsed.success) return { spec: parsed.data }
  return { wrong: new Set(parsed.error.issues.map((issue) => String(issue.path[0]) as ConsumerField)) }
}
