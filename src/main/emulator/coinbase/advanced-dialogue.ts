/** Advanced Trade's side of the talk: one channel a request. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { envelope, HEARTBEATS, toAdvancedTopic } from './advanced-stream.ts'
import type { Request } from './dialogue.ts'
import { aliasedBy } from './markets.ts'

/** Not documented, and so enforced since 2026. */
const MOST_BOOKS = 30

export function receiveAdvanced(request: Request, session: Session, scene: Scene): Answer {
  const name = String(request.channel)
  const refuse = (message: string, close?: Answer['close']): Answer => ({
    session,
    replies: [JSON.stringify({ type: 'error', message })],
    snapshots: [],
    ...(close && { close }),
  })
  const topics: Topic[] = name === 'heartbeats' ? [HEARTBEATS] : []
  for (const asked of name === 'heartbeats' ? [] : request.products) {
    const product = aliasedBy(asked) ?? asked
    if (scene.find(product) === undefined) return refuse(`failure to subscribe: ${asked} is not a valid product`)
    const topic = toAdvancedTopic(name, product)
    if (topic === undefined) return refuse(`channel ${name} is not supported`)
    topics.push(topic)
  }
  if (topics.length === 0) return refuse('no product_ids')

  const isSubscribing = request.type === 'subscribe'
  const keys = new Set(topics.map(({ key }) => key))
  const others = session.topics.filter(({ key }) => !keys.has(key))
  const fresh = topics.filter((topic) => !session.topics.some(({ key }) => key === topic.key))
  const next = { ...session, topics: isSubscribing ? [...others, ...topics] : others }
  if (next.topics.filter(({ channel }) => channel === 'book').length > MOST_BOOKS)
    return refuse('too many L2 streams requested in a single session', { code: 1008, after: 0 })
  return {
    session: next,
    replies: [],
    snapshots: isSubscribing ? fresh.filter(({ snapshot }) => snapshot) : [],
    afterwards: [envelope('subscriptions', scene, { subscriptions: listOf(next.topics) })],
  }
}

function listOf(topics: readonly Topic[]): object {
  const byName = Map.groupBy(topics, ({ key }) => key.split(' ')[1] ?? '')
  return Object.fromEntries(
    [...byName].map(([name, group]) => [name, group.map(({ market }) => market ?? 'heartbeats')]),
  )
}
