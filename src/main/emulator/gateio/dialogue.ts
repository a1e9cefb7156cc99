/** What Gate.io makes of a client's frame: a request is done whole or refused whole. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { isChannel, toTopic } from './stream.ts'
import { seconds } from './texts.ts'

const CONNECTION = '86f3e47ebac290b8'
const TRACE = '4828a24ccb45b4a8783146882392a4bd'
/** Seconds that a request's time may be off. */
const MOST_OFF = 60

const BODY = 1
const ARGUMENT = 2

export function open(url: URL): Session | undefined {
  return url.pathname === '/ws/v4/' || url.pathname === '/ws/v4' ? { topics: [], format: 'v4' } : undefined
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const { now } = scene
  const request = requestOf(text)
  const { id, channel, event, payload } = request ?? {}
  if (channel === 'spot.ping') {
    const pong = { time: seconds(now), channel: 'spot.pong', event: '', error: null, result: null }
    return { session, replies: [JSON.stringify(pong)], snapshots: [] }
  }
  const answer = (rest: object): string =>
    JSON.stringify({
      time: seconds(now),
      time_ms: Math.floor(now),
      ...(id !== undefined && { id }),
      conn_id: CONNECTION,
      trace_id: TRACE,
      channel,
      event,
      payload,
      ...rest,
    })
  const refuse = (code: number, message: string): Answer => ({
    session,
    replies: [answer({ error: { code, message }, result: { status: 'fail' } })],
    snapshots: [],
  })
  if (request === undefined) return refuse(BODY, 'invalid request body')
  if (typeof request.time !== 'number' || Math.abs(request.time - seconds(now)) > MOST_OFF)
    return refuse(BODY, 'request time is too far from server time')
  if (event !== 'subscribe' && event !== 'unsubscribe') return refuse(BODY, `invalid event ${String(event)}`)
  if (typeof channel !== 'string' || !isChannel(channel)) return refuse(BODY, `unknown channel ${String(channel)}`)
  if (!isNames(payload)) return refuse(ARGUMENT, 'invalid payload')

  const asked: Topic[] = []
  for (const name of payload) {
    const topic = toTopic(channel, name)
    if (topic === undefined) return refuse(ARGUMENT, `invalid argument ${name}`)
    if (scene.find(topic.market) === undefined) return refuse(ARGUMENT, `unknown currency pair ${topic.market}`)
    asked.push(topic)
  }
  const keys = new Set(asked.map(({ key }) => key))
  const twice = session.topics.find(({ key }) => keys.has(key))
  if (event === 'subscribe' && channel === 'spot.obu' && twice !== undefined)
    return refuse(ARGUMENT, `Alert sub ${twice.key.slice(channel.length + 1)}`)
  const others = session.topics.filter(({ key }) => !keys.has(key))
  const done = answer({ result: { status: 'success' }, requestId: TRACE })
  if (event === 'unsubscribe') return { session: { ...session, topics: others }, replies: [done], snapshots: [] }
  // The whole book comes before the acknowledgement.
  const snapshots = asked.filter((topic) => topic.snapshot && topic.key !== twice?.key)
  return { session: { ...session, topics: [...others, ...asked] }, replies: [], snapshots, afterwards: [done] }
}

interface Request {
  readonly time?: unknown
  readonly id?: unknown
  readonly channel?: unknown
  readonly event?: unknown
  readonly payload?: unknown
}

function requestOf(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isNames(payload: unknown): payload is readonly string[] {
  return Array.isArray(payload) && payload.length > 0 && payload.every((name) => typeof name === 'string')
}

export function farewell(): string {
  return JSON.stringify({
    type: 'upgrade',
    msg: 'The connection will soon be closed for a service upgrade. Please reconnect.',
  })
}
