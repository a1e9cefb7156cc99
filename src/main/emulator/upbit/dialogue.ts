/** What Upbit makes of a client's frame: one array asks for everything and replaces whatever was asked before. */

import { SECOND } from '../../../shared/market.ts'
import type { Answer, Scene, Session } from '../venue.ts'
import { FORMATS, isType, toTopic } from './stream.ts'
import type { Ask } from './stream.ts'

type Part = Readonly<Record<string, unknown>>

/** Sessions remember what was asked, for LIST_SUBSCRIPTIONS. */
export interface UpbitSession extends Session {
  readonly asked: readonly Part[]
}

export const SILENT: UpbitSession = { topics: [], format: 'DEFAULT', asked: [] }

/** An error costs the connection. */
const CLOSE = { code: 1000, after: 160 } as const

const MESSAGES: Readonly<Record<string, string>> = {
  NO_TICKET: '티켓이 존재하지 않거나, 유효하지 않습니다.',
  NO_TYPE: '타입이 존재하지 않습니다.',
  NO_CODES: '코드가 존재하지 않습니다.',
  WRONG_FORMAT: 'Format 이 맞지 않습니다.',
}

export function receive(text: string, session: Session, _scene: Scene): Answer {
  if (text === 'PING') {
    const text = '{"status":"UP"}'
    return { session, replies: [text], snapshots: [], beat: { text, every: 10 * SECOND } }
  }
  const parts = partsOf(text)
  if (parts === undefined) return refuse('WRONG_FORMAT')
  if (!parts.some((part) => typeof part['ticket'] === 'string' && part['ticket'] !== '')) return refuse('NO_TICKET')
  const format = formatOf(parts, session.format)
  if (format === undefined) return refuse('WRONG_FORMAT')
  if (parts.some((part) => part['method'] === 'LIST_SUBSCRIPTIONS')) return list(session as UpbitSession, parts, format)
  return subscribe(parts, format)
}

function subscribe(parts: readonly Part[], format: string): Answer {
  const asked = parts.filter((part) => 'type' in part || 'codes' in part)
  if (asked.length === 0) return refuse('NO_TYPE')
  const asks: Ask[] = []
  for (const part of asked) {
    const { type, codes } = part
    if (typeof type !== 'string' || type === '') return refuse('NO_TYPE')
    if (!isType(type)) return refuse('INVALID_PARAM', `${type} 은 지원하지 않는 타입입니다.`)
    if (!Array.isArray(codes) || codes.length === 0) return refuse('NO_CODES')
    const onlySnapshot = part['is_only_snapshot'] === true || part['isOnlySnapshot'] === true
    const onlyRealtime = part['is_only_realtime'] === true || part['isOnlyRealtime'] === true
    if (!levelIsServed(part)) continue
    for (const code of codes) asks.push({ type, code: String(code), onlySnapshot, onlyRealtime })
  }
  const topics = asks.map((ask) => toTopic(ask, format))
  const session: UpbitSession = { topics: topics.filter((topic) => topic.live), format, asked }
  return { session, replies: [], snapshots: topics.filter((topic) => topic.snapshot) }
}

/** Only ungrouped books are emulated; any other `level` is answered by silence, as the venue answers one it does not know. */
function levelIsServed({ type, level }: Part): boolean {
  return type !== 'orderbook' || level === undefined || level === 0
}

function list(session: UpbitSession, parts: readonly Part[], format: string): Answer {
  const ticket = parts.find((part) => 'ticket' in part)?.['ticket']
  const result = session.asked.map(({ type, codes, level }) => ({ type, codes, ...(level === 0 && { level }) }))
  const topics = session.topics.map((topic) => reformat(topic.key, format))
  return {
    session: { ...session, topics, format },
    replies: [JSON.stringify({ method: 'LIST_SUBSCRIPTIONS', result, ticket })],
    snapshots: [],
  }
}

function reformat(key: string, format: string): Session['topics'][number] {
  const [type = '', code = ''] = key.split(' ')
  return toTopic({ type, code, onlySnapshot: false, onlyRealtime: true }, format)
}

function refuse(name: string, message = MESSAGES[name] ?? name): Answer {
  const error = name === 'NO_TICKET' ? { name, message } : { message, name }
  return { session: SILENT, replies: [JSON.stringify({ error })], snapshots: [], close: CLOSE }
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

function formatOf(parts: readonly Part[], before: string): string | undefined {
  const format = parts.find((part) => 'format' in part)?.['format']
  if (format === undefined) return parts.some((part) => 'method' in part) ? before : 'DEFAULT'
  return FORMATS.find((known) => known === format)
}
