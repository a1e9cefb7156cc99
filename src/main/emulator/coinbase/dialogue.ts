/**
 * What Coinbase makes of a client's frame. Its two feeds live on hosts of their own; here the first frame tells which of
 * them the client takes this for: the Exchange's names `channels`, Advanced Trade's one `channel`.
 */

import type { Answer, Scene, Session } from '../venue.ts'
import { receiveAdvanced } from './advanced-dialogue.ts'
import { receiveExchange } from './exchange-dialogue.ts'
import { numbered } from './advanced-stream.ts'

/** What both feeds' requests have. */
export interface Request {
  readonly type: 'subscribe' | 'unsubscribe'
  readonly products: readonly string[]
  readonly channels: unknown
  readonly channel: unknown
}

export function open(url: URL): Session | undefined {
  return url.pathname === '/' ? { topics: [], format: 'new' } : undefined
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const request = requestOf(text)
  const say = (reply: object): Answer => ({ session, replies: [JSON.stringify(reply)], snapshots: [] })
  if (request === undefined) return say({ type: 'error', message: 'Malformed JSON' })
  if (typeof request === 'string') return say({ type: 'error', message: request })
  const format = request.channel === undefined ? 'exchange' : 'advanced'
  if (session.format !== 'new' && session.format !== format)
    return say({ type: 'error', message: 'Failed to subscribe', reason: 'this is the other feed' })
  const known = { ...session, format }
  return format === 'exchange' ? receiveExchange(request, known, scene) : receiveAdvanced(request, known, scene)
}

/** Every frame of Advanced Trade has its number on the connection. */
export function number(text: string, session: Session, count: number): string {
  return session.format === 'advanced' ? numbered(text, count) : text
}

function requestOf(text: string): Request | string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { type, product_ids: ids, channels, channel } = value as Readonly<Record<string, unknown>>
  if (type !== 'subscribe' && type !== 'unsubscribe') return `${String(type)} is not a valid type`
  return { type, products: Array.isArray(ids) ? ids.map(String) : [], channels, channel }
}
