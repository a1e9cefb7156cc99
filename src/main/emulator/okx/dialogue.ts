/** What OKX makes of a client's frame: each argument is answered for itself, and a refused one stops no other. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { toTopic } from './stream.ts'

const CONNECTION = 'a4d3ae55'
/** All arguments of a frame together. */
const LONGEST_FRAME = 64 * 1024

interface Arg {
  readonly channel: string
  readonly instId: string
}

export function open(url: URL): Session | undefined {
  return url.pathname === '/ws/v5/public' ? { topics: [], format: 'public' } : undefined
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  if (text === 'ping') return { session, replies: ['pong'], snapshots: [] }
  const request = requestOf(text)
  const { id, op } = request ?? {}
  const named = id === undefined ? {} : { id }
  const say = (code: string, msg: string): string =>
    JSON.stringify({ ...named, event: 'error', msg, code, connId: CONNECTION })
  if (request === undefined) return { session, replies: [say('60012', `Invalid request: ${text}`)], snapshots: [] }
  const args = argsOf(request.args)
  if (args === undefined || text.length > LONGEST_FRAME || (op !== 'subscribe' && op !== 'unsubscribe'))
    return { session, replies: [say('60012', `Invalid request: ${text}`)], snapshots: [] }

  const replies: string[] = []
  const snapshots: Topic[] = []
  let { topics } = session
  for (const arg of args) {
    const topic = scene.find(arg.instId) === undefined ? undefined : toTopic(arg.channel, arg.instId)
    if (topic === undefined) {
      replies.push(say('60018', unknown(op, arg)))
      continue
    }
    const isKnown = topics.some(({ key }) => key === topic.key)
    topics = topics.filter(({ key }) => key !== topic.key)
    if (op === 'subscribe') {
      topics = [...topics, topic]
      if (topic.snapshot && !isKnown) snapshots.push(topic)
    }
    replies.push(JSON.stringify({ ...named, event: op, arg, connId: CONNECTION }))
  }
  // Data may come before the acknowledgement.
  return { session: { ...session, topics }, replies: [], snapshots, afterwards: replies }
}

function unknown(op: string, { channel, instId }: Arg): string {
  const verb = op === 'subscribe' ? 'Subscribe' : 'Unsubscribe'
  return (
    `${verb} failed, wrong URL or channel:${channel},instId:${instId} doesn't exist. ` +
    'Please use the correct URL, channel and parameters referring to API document.'
  )
}

interface Request {
  readonly id?: unknown
  readonly op?: unknown
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

function argsOf(args: unknown): readonly Arg[] | undefined {
  if (!Array.isArray(args)) return undefined
  const isArg = (arg: unknown): arg is Arg =>
    typeof arg === 'object' &&
    arg !== null &&
    'channel' in arg &&
    'instId' in arg &&
    typeof arg.channel === 'string' &&
    typeof arg.instId === 'string'
  return args.every(isArg) ? args.map(({ channel, instId }) => ({ channel, instId })) : undefined
}

/** About a minute ahead, says the venue. */
export function farewell(): string {
  return JSON.stringify({
    event: 'notice',
    code: '64008',
    msg: 'The connection will soon be closed for a service upgrade. Please reconnect.',
    connId: CONNECTION,
  })
}
