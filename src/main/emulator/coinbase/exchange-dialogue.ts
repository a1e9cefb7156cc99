/** The Exchange feed's side of the talk: a request is taken whole or refused whole, and answered with all that is subscribed. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import type { Request } from './dialogue.ts'
import { toExchangeTopic } from './exchange-stream.ts'

/** Asked under one name, acknowledged under another. */
const ACKNOWLEDGED: Readonly<Record<string, string>> = { level2_batch: 'level2_50' }
const KEYED = ['level2', 'level3', 'full']
const AUTHENTICATE =
  'level2, level3, and full channels now require authentication. https://docs.cloud.coinbase.com/exchange/docs/websocket-auth'

export function receiveExchange(request: Request, session: Session, scene: Scene): Answer {
  const refuse = (reason: string): Answer => ({
    session,
    replies: [JSON.stringify({ type: 'error', message: 'Failed to subscribe', reason })],
    snapshots: [],
  })
  const topics: Topic[] = []
  for (const { name, products } of channelsOf(request)) {
    if (KEYED.includes(name)) return refuse(AUTHENTICATE)
    for (const product of products) {
      if (scene.find(product) === undefined) return refuse(`${product} is not a valid product`)
      const topic = toExchangeTopic(name, product)
      if (topic === undefined) return refuse(`${name} is not a valid channel`)
      topics.push(topic)
    }
  }
  if (topics.length === 0) return refuse('No channels provided')

  const keys = new Set(topics.map(({ key }) => key))
  const others = session.topics.filter(({ key }) => !keys.has(key))
  const isNew = (topic: Topic) => !session.topics.some(({ key }) => key === topic.key)
  const isSubscribing = request.type === 'subscribe'
  const next = { ...session, topics: isSubscribing ? [...others, ...topics] : others }
  return {
    session: next,
    replies: [JSON.stringify({ type: 'subscriptions', channels: listOf(next.topics) })],
    snapshots: isSubscribing ? topics.filter((topic) => topic.snapshot && isNew(topic)) : [],
  }
}

/** A channel is a name for all products of the request, or an object with its own. */
function channelsOf({
  channels,
  products,
}: Request): readonly { readonly name: string; readonly products: readonly string[] }[] {
  if (!Array.isArray(channels)) return []
  return channels.map((channel: unknown) => {
    if (typeof channel !== 'object' || channel === null) return { name: String(channel), products }
    const { name, product_ids: own } = channel as { readonly name?: unknown; readonly product_ids?: unknown }
    return { name: String(name), products: Array.isArray(own) ? own.map(String) : products }
  })
}

function listOf(topics: readonly Topic[]): readonly object[] {
  const byName = Map.groupBy(topics, ({ key }) => key.split(' ')[1] ?? '')
  return [...byName].map(([name, group]) => ({
    name: ACKNOWLEDGED[name] ?? name,
    product_ids: group.map(({ market }) => market),
    account_ids: null,
  }))
}
