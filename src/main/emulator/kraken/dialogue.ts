/** What Kraken makes of a client's frame: one answer for each symbol, and a refused one stops no other. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { HEARTBEAT, toTopic } from './stream.ts'
import type { Params } from './stream.ts'
import { time } from './texts.ts'

interface Request {
  readonly method?: unknown
  readonly params?: unknown
  readonly req_id?: unknown
}

export function open(url: URL): Session | undefined {
  return url.pathname === '/v2' ? { topics: [], format: 'v2' } : undefined
}

/** Said before anything is asked. Its id is above 2^53. */
export function greet(): string {
  return (
    '{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2",' +
    '"connection_id":18125794168470749634,"upcoming_maintenance":[],"emergency":[]}]}'
  )
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const say = (reply: object): Answer => ({ session, replies: [JSON.stringify(reply)], snapshots: [] })
  const request = requestOf(text)
  if (request === undefined) return say({ error: 'Malformed request', success: false })
  const { method, params, req_id } = request
  const times = { ...(req_id !== undefined && { req_id }), time_in: time(scene.now), time_out: time(scene.now) }
  if (method === 'ping') return say({ method: 'pong', ...times })
  if (method !== 'subscribe' && method !== 'unsubscribe')
    return say({ error: 'Method not supported', method, success: false, ...times })
  const asked = paramsOf(params)
  if (asked === undefined) return say({ error: 'Malformed params', method, success: false, ...times })

  const replies: string[] = []
  const snapshots: Topic[] = []
  let topics = session.topics
  for (const symbol of asked.symbols) {
    const topic = scene.find(symbol) === undefined ? `Currency pair not supported ${symbol}` : toTopic(asked, symbol)
    if (typeof topic === 'string') {
      replies.push(JSON.stringify({ error: topic, method, success: false, symbol, ...times }))
      continue
    }
    const isKnown = topics.some(({ key }) => key === topic.key)
    topics = topics.filter(({ key }) => key !== topic.key)
    if (method === 'subscribe') {
      topics = [...topics, topic]
      if (topic.snapshot && !isKnown) snapshots.push(topic)
    }
    const { channel, depth } = asked
    const result = { channel, ...(channel === 'book' && { depth: depth ?? 10 }), snapshot: topic.snapshot, symbol }
    replies.push(JSON.stringify({ method, result, success: true, ...times }))
  }
  return { session: { ...session, topics }, replies, snapshots, ...(topics.length > 0 && { beat: HEARTBEAT }) }
}

function requestOf(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function paramsOf(params: unknown): (Params & { readonly symbols: readonly string[] }) | undefined {
  if (typeof params !== 'object' || params === null) return undefined
  const { channel, symbol } = params as { readonly channel?: unknown; readonly symbol?: unknown }
  if (typeof channel !== 'string' || !Array.isArray(symbol)) return undefined
  return { ...params, channel, symbols: symbol.map(String) }
}
