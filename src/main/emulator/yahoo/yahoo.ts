/** Yahoo Finance, as its unofficial users describe it. */

import { SECOND } from '../../../shared/market.ts'
import type { Answer, EmulatedVenue, Scene, Session, Topic } from '../venue.ts'
import { YAHOO_MARKETS } from './markets.ts'
import { encodePricing } from './pricing.ts'
import { pricingOf } from './quotes.ts'
import { REST } from './rest.ts'

/** Symbols of a connection, invalid ones counted; the surplus is dropped without a word. */
const MOST = 100

export const yahoo: EmulatedVenue = {
  id: 'yahoo',
  markets: YAHOO_MARKETS,
  weight: 0.1,
  rules: { binary: false, frames: [], countsPings: false, connects: { count: 60, per: SECOND } },
  open: (url) =>
    url.pathname === '/' || url.pathname === ''
      ? { topics: [], format: url.searchParams.get('version') === '2' ? 'version 2' : 'version 1' }
      : undefined,
  receive,
  allTopics: () => YAHOO_MARKETS.map(({ symbol }) => toTopic(symbol, 'version 2')),
  tradeId: (_market, { index }) => String(index),
  rest: REST,
}

/** There are no acknowledgements. What is no JSON closes the socket; the real one gives no code for it. */
function receive(text: string, session: Session, scene: Scene): Answer {
  const asked = openAsked(text)
  if (asked === undefined) return { session, replies: [], snapshots: [], close: { code: 1000, after: 0 } }
  const left = session.topics.filter(({ market = '' }) => !asked.unsubscribe.includes(market))
  const known = new Set(left.map(({ market }) => market))
  const added = asked.subscribe
    .filter((symbol) => !known.has(symbol))
    .slice(0, Math.max(0, MOST - left.length))
    .map((symbol) => toTopic(symbol, session.format))
  return {
    session: { ...session, topics: [...left, ...added] },
    replies: [],
    snapshots: added.filter(({ market = '' }) => scene.find(market) !== undefined),
  }
}

/** Sampled, not every trade. */
function toTopic(symbol: string, format: string): Topic {
  return {
    key: `${symbol} ${format}`,
    market: symbol,
    channel: 'ticker',
    cadence: SECOND,
    snapshot: true,
    live: true,
    frame({ scene, memory }) {
      const market = scene.find(symbol)
      if (market === undefined) return undefined
      const values = pricingOf(scene, market)
      const state = `${values.price} ${values.time}`
      if (state === memory) return undefined
      const message = encodePricing(values)
      return { text: format === 'version 2' ? JSON.stringify({ type: 'pricing', message }) : message, memory: state }
    },
  }
}

function openAsked(
  text: string,
): { readonly subscribe: readonly string[]; readonly unsubscribe: readonly string[] } | undefined {
  try {
    const asked = JSON.parse(text) as Partial<Record<'subscribe' | 'unsubscribe', unknown>>
    const list = (value: unknown) => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])
    return { subscribe: list(asked.subscribe), unsubscribe: list(asked.unsubscribe) }
  } catch {
    return undefined
  }
}
