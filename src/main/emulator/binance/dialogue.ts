/** What Binance makes of a client's frame: names are added and taken away, every request is answered, and nothing is said about a stream that does not exist. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { toTopic } from './stream.ts'

/** Sessions remember names, also of streams that do not exist. */
export interface BinanceSession extends Session {
  readonly names: readonly string[]
}

type Id = string | number | null | undefined

/** A longer SUBSCRIBE frame is not answered at all. Undocumented. */
const LONGEST_FRAME = 4_096
const MOST_STREAMS = 1_024

export function open(url: URL): Session | undefined {
  const [, first, ...rest] = url.pathname.split('/')
  if (first === 'ws') return sessionOf(rest.map(decode), 'raw')
  if (first === 'stream' && rest.length === 0)
    return sessionOf((url.searchParams.get('streams') ?? '').split('/'), 'combined')
  return undefined
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function sessionOf(asked: readonly string[], format: string): BinanceSession {
  const names = asked.filter((name) => name !== '')
  const topics = names
    .map((name) => toTopic(name, format === 'combined'))
    .filter((topic): topic is Topic => topic !== undefined)
  return { names, format, topics }
}

export function receive(text: string, session: Session, _scene: Scene): Answer {
  const { names, format } = session as BinanceSession
  const say = (reply: object, next: Session = session): Answer => ({
    session: next,
    replies: [JSON.stringify(reply)],
    snapshots: [],
  })
  const request = requestOf(text)
  if (request === undefined) return say({ code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' })
  const { method, params, id } = request
  const refuse = (code: number, msg: string) => say({ code, msg, ...(id !== undefined && { id }) })
  if (!isId(id))
    return say({
      code: 2,
      msg: 'Invalid request: request ID must be an unsigned integer, a string of at most 36 characters, or null',
    })

  switch (method) {
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE': {
      if (!isNames(params)) return refuse(2, 'Invalid request: invalid type: expected a sequence of strings')
      if (Buffer.byteLength(text) > LONGEST_FRAME) return { session, replies: [], snapshots: [] }
      const next =
        method === 'SUBSCRIBE' ? [...new Set([...names, ...params])] : names.filter((name) => !params.includes(name))
      if (next.length > MOST_STREAMS) return say({ error: { code: 4, msg: 'Too many subscriptions' }, id })
      return say({ result: null, id }, sessionOf(next, format))
    }
    case 'LIST_SUBSCRIPTIONS':
      return params === undefined ? say({ result: names, id }) : refuse(2, 'Invalid request: too many parameters')
    case 'SET_PROPERTY':
      return setProperty(params, refuse, (combined) =>
        say({ result: null, id }, sessionOf(names, combined ? 'combined' : 'raw')),
      )
    default:
      return refuse(2, `Invalid request: unknown variant \`${String(method)}\``)
  }
}

function setProperty(
  params: unknown,
  refuse: (code: number, msg: string) => Answer,
  set: (combined: boolean) => Answer,
): Answer {
  const [name, value] = Array.isArray(params) ? (params as readonly unknown[]) : []
  if (name !== 'combined') return refuse(0, 'Unknown property')
  return typeof value === 'boolean' ? set(value) : refuse(1, 'Invalid value type: expected Boolean')
}

interface Request {
  readonly method?: unknown
  readonly params?: unknown
  readonly id?: Id
}

function requestOf(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isId(id: unknown): id is Id {
  if (id === undefined || id === null) return true
  return typeof id === 'number' ? Number.isSafeInteger(id) && id >= 0 : typeof id === 'string' && id.length <= 36
}

function isNames(params: unknown): params is readonly string[] {
  return Array.isArray(params) && params.every((name) => typeof name === 'string')
}

export function farewell(session: Session, scene: Scene): string {
  const event = `{"e":"serverShutdown","E":${scene.now}}`
  return session.format === 'combined' ? `{"stream":"!serverShutdown","data":${event}}` : event
}
