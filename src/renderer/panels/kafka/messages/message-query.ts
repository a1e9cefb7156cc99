/** A search in a topic as it is being written, and as the engine takes it. */

import { messageQuerySchema } from '../../../../shared/kafka-contract.ts'
import type { z } from 'zod'
import type { Zone } from '../../../ui/zone.ts'
import { parseDateTime } from '../../../ui/zone.ts'
import { MOST_ROWS } from './tail.ts'

export type MessageQuery = z.output<typeof messageQuerySchema>

export const FROM_WAYS = ['last', 'earliest', 'latest', 'offset', 'at'] as const
export const TO_WAYS = ['end', 'offset', 'at'] as const

export interface QueryDraft {
  readonly topic: string
  readonly fromWay: (typeof FROM_WAYS)[number]
  /** A count, an offset, or a time on the chosen clock: as `fromWay` asks. */
  readonly from: string
  readonly toWay: (typeof TO_WAYS)[number]
  readonly to: string
  /** '0, 2-5'; empty: all. */
  readonly partitions: string
  readonly key: string
  readonly text: string
  readonly path: string
  readonly limit: string
}

export const EMPTY_QUERY: QueryDraft = {
  topic: '',
  fromWay: 'last',
  from: '1000',
  toWay: 'end',
  to: '',
  partitions: '',
  key: '',
  text: '',
  path: '',
  limit: '500',
}

export type QueryField = 'topic' | 'from' | 'to' | 'partitions' | 'path' | 'limit'

const PATH = /^[\w$.[\]-]+\s*(=|!=|<|>|~)\s*\S.*$/
const OFFSET = /^\d{1,19}$/

/** The query, or the fields that are not right. `follow`: a live tail, which has no end. */
export function checkQuery(
  draft: QueryDraft,
  follow: boolean,
  zone: Zone,
): { readonly query: MessageQuery } | { readonly wrong: ReadonlySet<QueryField> } {
  const wrong = new Set<QueryField>()
  const from = follow ? 'latest' : fromOf(draft, zone)
  const to = follow ? undefined : toOf(draft, zone)
  const partitions = partitionsOf(draft.partitions)
  if (draft.topic.trim() === '') wrong.add('topic')
  if (from === undefined) wrong.add('from')
  if (to === 'wrong') wrong.add('to')
  if (partitions === 'wrong') wrong.add('partitions')
  if (draft.path.trim() !== '' && !PATH.test(draft.path.trim())) wrong.add('path')
  const limit = Number(draft.limit)
  if (!follow && (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS)) wrong.add('limit')
  if (wrong.size > 0) return { wrong }
  const given = (text: string, name: 'key' | 'text' | 'path') => (text.trim() === '' ? {} : { [name]: text.trim() })
  return {
    query: messageQuerySchema.parse({
      topic: draft.topic.trim(),
      from,
      follow,
      // A tail ends when it is stopped; the page keeps the newest.
      limit: follow ? MOST_ROWS : limit,
      ...(to === undefined ? {} : { to }),
      ...(partitions === undefined ? {} : { partitions }),
      ...given(draft.key, 'key'),
      ...given(draft.text, 'text'),
      ...given(draft.path, 'path'),
    }),
  }
}

function fromOf({ fromWay, from }: QueryDraft, zone: Zone): MessageQuery['from'] | undefined {
  switch (fromWay) {
    case 'earliest':
    case 'latest':
      return fromWay
    case 'last': {
      const last = Number(from)
      return Number.isInteger(last) && last >= 1 && last <= 100_000 ? { last } : undefined
    }
    case 'offset':
      return OFFSET.test(from.trim()) ? { offset: from.trim() } : undefined
    case 'at': {
      const at = parseDateTime(from, zone)
      return at === undefined ? undefined : { at }
    }
  }
}

function toOf({ toWay, to }: QueryDraft, zone: Zone): MessageQuery['to'] | 'wrong' {
  if (toWay === 'end') return undefined
  if (toWay === 'offset') return OFFSET.test(to.trim()) ? { offset: to.trim() } : 'wrong'
  const at = parseDateTime(to, zone)
  return at === undefined ? 'wrong' : { at }
}

function partitionsOf(text: string): number[] | undefined | 'wrong' {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  if (parts.length === 0) return undefined
  const found = new Set<number>()
  for (const part of parts) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part)
    if (!match) return 'wrong'
    const first = Number(match[1])
    const last = Number(match[2] ?? match[1])
    if (last < first || last - first >= 10_000) return 'wrong'
    for (let each = first; each <= last; each += 1) found.add(each)
  }
  return [...found].toSorted((a, b) => a - b)
}
