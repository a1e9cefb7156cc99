/** What Bybit makes of a client's frame: a request is done whole or refused whole. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { toTopic } from './stream.ts'

const CONNECTION = 'd9avtmrvu99oj2ihe620-5ftv7'
const MOST_ARGS = 10
/** All topics of a connection together. */
const MOST_CHARACTERS = 21_000

export function open(url: URL): Session | undefined {
  return url.pathname === '/v5/public/spot' ? { topics: [], format: 'spot' } : undefined
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const request = requestOf(text)
  const { op, req_id: id } = request ?? {}
  const say = (success: boolean, ret_msg: string, next = session, snapshots: readonly Topic[] = []): Answer => ({
    session: next,
    replies: [JSON.stringify({ success, ret_msg, conn_id: CONNECTION, ...(id !== undefined && { req_id: id }), op })],
    snapshots,
  })
  if (request === undefined) return say(false, 'error:invalid request')
  if (op === 'ping') return say(true, 'pong')
  if (op !== 'subscribe' && op !== 'unsubscribe') return say(false, `error:unknown op ${String(op)}`)
  if (!isNames(request.args)) return say(false, 'error:request args')
  const { args } = request
  if (args.length > MOST_ARGS) return say(false, `args size >${MOST_ARGS}`)

  const asked: Topic[] = []
  for (const name of args) {
    const topic = toTopic(name, scene)
    if (topic === undefined) return say(false, `error:handler not found,topic:${name}`)
    asked.push(topic)
  }
  const keys = new Set(asked.map(({ key }) => key))
  if (op === 'unsubscribe') {
    const topics = session.topics.filter(({ key }) => !keys.has(key))
    return say(true, '', { ...session, topics })
  }
  const twice = session.topics.find(({ key }) => keys.has(key))
  if (twice !== undefined) return say(false, `error:already subscribed,topic:${twice.key}`)
  const topics = [...session.topics, ...asked]
  if (topics.reduce((sum, { key }) => sum + key.length, 0) > MOST_CHARACTERS)
    return say(false, `args length >${MOST_CHARACTERS}`)
  const snapshots = asked.filter((topic) => topic.snapshot)
  return say(true, 'subscribe', { ...session, topics }, snapshots)
}

interface Request {
  readonly op?: unknown
  readonly req_id?: unknown
  readonly args?: unknown
}

function requestOf(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isNames(args: unknown): args is readonly string[] {
  return Array.isArray(args) && args.length > 0 && args.every((name) => typeof name === 'string')
}
