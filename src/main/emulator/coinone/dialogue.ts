/** What Coinone makes of a client's frame: topics are added and taken away one by one, and a bad one is acknowledged before it is refused. */

import type { Answer, Scene, Session } from '../venue.ts'
import { INTERVALS, isChannel, keyOf, toTopic } from './stream.ts'
import type { Ask } from './stream.ts'

export const SILENT: Session = { topics: [], format: 'DEFAULT' }

type Request = Readonly<Record<string, unknown>>

export function greet(): string {
  return '{"response_type":"CONNECTED","data":{"session_id":"00000000-0000-4000-8000-000000000000"}}'
}

export function receive(text: string, session: Session, scene: Scene): Answer {
  const request = objectOf(text)
  const type = request?.['request_type']
  if (request === undefined || typeof type !== 'string') return refuse(session, 160_010, 'Invalid Request')
  if (type === 'PING') return say(session, { response_type: 'PONG' })
  if (type !== 'SUBSCRIBE' && type !== 'UNSUBSCRIBE') return refuse(session, 160_011, 'Invalid Type', 'request_type')
  const { channel, format = 'DEFAULT' } = request
  if (!isChannel(channel)) return refuse(session, 160_011, 'Invalid Type', 'channel')
  if (format !== 'DEFAULT' && format !== 'SHORT') return refuse(session, 160_011, 'Invalid Type', 'format')
  const topic = request['topic']
  if (typeof topic !== 'object' || topic === null) return refuse(session, 160_010, 'Invalid Request')
  return type === 'SUBSCRIBE'
    ? subscribe(session, scene, channel, topic as Request, format === 'SHORT')
    : unsubscribe(session, channel, topic as Request, format === 'SHORT')
}

function subscribe(session: Session, scene: Scene, channel: string, asked: Request, isShort: boolean): Answer {
  const ask = askOf(channel, asked, isShort)
  const acknowledged = JSON.stringify({ response_type: 'SUBSCRIBED', channel, data: dataOf(ask) })
  const topic = toTopic(ask)
  const isServed =
    scene.find(ask.symbol) !== undefined && (channel !== 'CHART' || Object.hasOwn(INTERVALS, ask.interval))
  if (topic === undefined || !isServed) {
    const { replies } = refuse(session, 160_012, 'Invalid Topic')
    return { session, replies: [acknowledged, ...replies], snapshots: [] }
  }
  const others = session.topics.filter(({ key }) => key !== topic.key)
  return {
    session: { ...session, topics: [...others, topic] },
    replies: [acknowledged],
    snapshots: topic.snapshot ? [topic] : [],
  }
}

function unsubscribe(session: Session, channel: string, asked: Request, isShort: boolean): Answer {
  const ask = askOf(channel, asked, isShort)
  const left = { ...session, topics: session.topics.filter(({ key }) => key !== keyOf(ask)) }
  return say(left, { response_type: 'UNSUBSCRIBED', channel, data: dataOf(ask) })
}

/** Currencies are taken in any case, and told in capitals. */
function askOf(channel: string, topic: Request, isShort: boolean): Ask {
  const word = (name: string) => {
    const value = topic[name]
    return typeof value === 'string' ? value : ''
  }
  const symbol = `${word('quote_currency')}/${word('target_currency')}`.toUpperCase()
  return { channel, symbol, interval: channel === 'CHART' ? word('interval') : '', isShort }
}

function dataOf({ symbol, interval }: Ask): object {
  const [quote_currency, target_currency] = symbol.split('/')
  return { quote_currency, target_currency, ...(interval !== '' && { interval }) }
}

function say(session: Session, reply: object): Answer {
  return { session, replies: [JSON.stringify(reply)], snapshots: [] }
}

/** Names no topic, and the socket stays open. */
function refuse(session: Session, error_code: number, message: string, field?: string): Answer {
  return say(session, { response_type: 'ERROR', error_code, message, ...(field !== undefined && { field }) })
}

function objectOf(text: string): Request | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Request) : undefined
  } catch {
    return undefined
  }
}
