/** What Bithumb makes of a client's frame: one array asks for everything and replaces whatever was asked before. */

import { SECOND } from '../../../shared/market.ts'
import type { Answer, Session } from '../venue.ts'
import { FORMATS, isType, toTopic } from './stream.ts'
import type { Ask } from './stream.ts'

type Part = Readonly<Record<string, unknown>>

export const SILENT: Session = { topics: [], format: 'DEFAULT' }

/** An error costs the connection. */
const CLOSE = { code: 1000, after: 160 } as const

export function receive(text: string, session: Session): Answer {
  if (text === 'PING') {
    const text = '{"status":"UP"}'
    return { session, replies: [text], snapshots: [], beat: { text, every: 10 * SECOND } }
  }
  const parts = partsOf(text)
  if (parts === undefined) return refuse('WRONG_FORMAT')
  if (!parts.some(({ ticket }) => typeof ticket === 'string' && ticket !== '')) return refuse('NO_TICKET')
  const format = parts.find((part) => 'format' in part)?.['format'] ?? 'DEFAULT'
  const known = FORMATS.find((each) => each === format)
  return known === undefined ? refuse('WRONG_FORMAT') : subscribe(parts, known)
}

function subscribe(parts: readonly Part[], format: string): Answer {
  const asked = parts.filter((part) => 'type' in part || 'codes' in part)
  if (asked.length === 0) return refuse('NO_TYPE')
  const asks: Ask[] = []
  for (const { type, codes, isOnlySnapshot, isOnlyRealtime } of asked) {
    if (type === undefined || type === '') return refuse('NO_TYPE')
    if (!isType(type)) return refuse('INVALID_PARAM')
    if (!Array.isArray(codes) || codes.length === 0) return refuse('NO_CODES')
    // In snake case, which is Upbit's, the options are passed over.
    for (const code of codes)
      asks.push({
        type,
        code: String(code),
        onlySnapshot: isOnlySnapshot === true,
        onlyRealtime: isOnlyRealtime === true,
      })
  }
  const topics = asks.map((ask) => toTopic(ask, format))
  return {
    session: { topics: topics.filter(({ live }) => live), format },
    replies: [],
    snapshots: topics.filter(({ snapshot }) => snapshot),
  }
}

function refuse(name: string): Answer {
  return { session: SILENT, replies: [JSON.stringify({ error: { name, message: name } })], snapshots: [], close: CLOSE }
}

function partsOf(text: string): readonly Part[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isList = Array.isArray(value) && value.every((part) => typeof part === 'object' && part !== null)
    return isList ? (value as readonly Part[]) : undefined
  } catch {
    return undefined
  }
}
