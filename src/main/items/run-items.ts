import type { ItemFeedState, RefusalRule } from '../../shared/items-contract.ts'
import type { NewsSettings } from '../../shared/items-settings.ts'
import { isFeedOn } from '../../shared/items-settings.ts'
import type { Index, Item, ItemFeedId } from '../../shared/items.ts'
import { ITEM_FEEDS, itemKey } from '../../shared/items.ts'
import { FaultError } from '../../shared/faults.ts'
import type { MarketEvent, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Clock } from '../feed/clock.ts'
import { systemClock } from '../feed/clock.ts'
import type { NetworkSettings } from '../feed/network.ts'
import { openNetwork } from '../feed/network.ts'
import { createAskFeed } from './ask-feed.ts'
import type { DecodedItems, ItemFeed } from './item-feed.ts'
import { ItemError } from './item-feed.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { keyName } from './item-keys.ts'
import type { SourcePoll, Taken } from './poll-source.ts'
import { createSourcePoll } from './poll-source.ts'
import { ITEM_FEEDS_BY_ID } from './registry.ts'
import type { KnownIndex, KnownItem } from './seen.ts'
import { createSeen } from './seen.ts'
import { Refusal, toIndex, toItem } from './validate.ts'

export interface ItemsOptions {
  readonly settings: NewsSettings
  readonly network: NetworkSettings
  readonly secrets: SecretStore
  /** The demo's feeds are asked with a key of its own: a real one never leaves for a simulated server. */
  readonly demo: boolean
  /** False: nothing is asked, whatever the settings say: there are no simulated feeds, or nobody wants news of this run. */
  readonly reachable: boolean
  /** What is stored already. */
  readonly known: { readonly items: readonly KnownItem[]; readonly indices: readonly KnownIndex[] }
  /** What is new, once each. */
  onEvents(events: readonly MarketEvent<Item | Index>[]): void
  readonly clock?: Clock
  readonly random?: () => number
  readonly feeds?: Readonly<Record<ItemFeedId, ItemFeed>>
}

/** What a test of an RSS address found. */
export interface TestedUrl {
  readonly title?: string
  readonly items: number
  readonly newest?: { readonly title: string; readonly publishedAt: Millis }
}

/** All feeds of news and sentiment, running until closed. */
export interface Items {
  /** In the order of ITEM_FEEDS; the RSS feed once for each address. */
  states(): readonly ItemFeedState[]
  onChange(listener: () => void): () => void
  setSettings(settings: NewsSettings): void
  setNetwork(settings: NetworkSettings): void
  refresh(feed: ItemFeedId, url?: string): void
  test(url: string): Promise<TestedUrl>
  /** An empty key is forgotten. */
  setKey(feed: ItemFeedId, key: string): Promise<'encrypted' | 'this-run'>
  close(): void
}

const DEMO_KEY = 'demo'
/** Not before so long after the last: a test asks a server too. */
const TEST_EVERY: Millis = 2 * SECOND

export function runItems(options: ItemsOptions): Items {
  const { secrets, clock = systemClock, random = Math.random, feeds = ITEM_FEEDS_BY_ID } = options
  const seen = createSeen(options.known, clock.now())
  const listeners = new Set<() => void>()
  const polls = new Map<string, SourcePoll>()
  let { settings } = options
  let network = openNetwork(options.network)
  let ask = createAskFeed(network, clock)
  let version = options.network.version ?? '0'
  let testedAt = -Infinity
  const closing = new AbortController()

  const onChange = () => {
    for (const listener of listeners) listener()
  }

  const take = (feed: ItemFeedId, decoded: DecodedItems, receivedAt: Millis): Taken => {
    const events: MarketEvent<Item | Index>[] = []
    const refused: RefusalRule[] = []
    let duplicates = 0
    let newestAt = -Infinity
    const add = (at: Millis, data: Item | Index) =>
      events.push({ instrument: itemKey(data), at, receivedAt, origin: 'polled', data })
    for (const raw of decoded.items ?? []) {
      const read = toItem(raw, feed, receivedAt)
      const item = options.demo && !(read instanceof Refusal) ? marked(read) : read
      if (item instanceof Refusal) {
        refused.push(item.rule)
        continue
      }
      newestAt = Math.max(newestAt, item.publishedAt)
      if (seen.isNewItem(item, receivedAt)) add(item.publishedAt, item)
      else duplicates += 1
    }
    for (const raw of decoded.indices ?? []) {
      const index = toIndex(raw, feed, receivedAt)
      if (index instanceof Refusal) {
        refused.push(index.rule)
        continue
      }
      newestAt = Math.max(newestAt, index.at)
      if (seen.isNewIndex({ at: index.at, ...index.data })) add(index.at, index.data)
      else duplicates += 1
    }
    if (events.length > 0) options.onEvents(events.toSorted((a, b) => a.at - b.at))
    return { items: events.length, duplicates, refused, ...(newestAt === -Infinity ? {} : { newestAt }) }
  }

  const sourcesOf = (feed: ItemFeedId): readonly (string | undefined)[] =>
    feed === 'crypto_news' ? settings.rss : [undefined]
  const keyOf = (feed: ItemFeedId, url: string | undefined) => `${feed} ${url ?? ''}`

  /** The polls that the settings ask for, in order. One that is not asked for stands still and keeps its pace. */
  const wanted = () =>
    ITEM_FEEDS.flatMap((feed) =>
      sourcesOf(feed).map((url) => {
        const key = keyOf(feed, url)
        let poll = polls.get(key)
        if (!poll) {
          const parts = {
            clock,
            random,
            version,
            ask: () => ask,
            key: () => (options.demo ? Promise.resolve(DEMO_KEY) : secrets.get(keyName(feed))),
            take: (decoded: DecodedItems, receivedAt: Millis) => take(feed, decoded, receivedAt),
            onChange,
          }
          poll = createSourcePoll({ feed: feeds[feed], ...(url === undefined ? {} : { url }) }, parts)
          polls.set(key, poll)
        }
        return { feed, poll }
      }),
    )
  const apply = () => {
    const asked = new Set<SourcePoll>()
    for (const { feed, poll } of wanted()) if (options.reachable && isFeedOn(settings, feed)) asked.add(poll)
    for (const poll of polls.values()) {
      if (asked.has(poll)) poll.start()
      else if (poll.state.state !== 'off') poll.stop()
    }
    onChange()
  }
  apply()

  return {
    states: () => wanted().map(({ poll }) => poll.state),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setSettings(next) {
      settings = next
      apply()
    },
    setNetwork(next) {
      const opened = openNetwork(next) // throws before anything changes
      network.close()
      network = opened
      version = next.version ?? '0'
      ask = createAskFeed(network, clock)
    },
    refresh(feed, url) {
      const poll = polls.get(keyOf(feed, url))
      if (!poll || !wanted().some((each) => each.poll === poll))
        throw new FaultError('not-found', 'This address is not among the RSS feeds. Add it in the settings.')
      poll.refresh()
    },
    async test(url) {
      if (clock.monotonic() - testedAt < TEST_EVERY)
        throw new FaultError('rate-limited', 'One address is tested at a time. Try again in a moment.')
      testedAt = clock.monotonic()
      const feed = feeds.crypto_news
      const { body = '', receivedAt } = await ask(feed.request({ url, key: '', version }), {}, closing.signal)
      try {
        const { title, items = [] } = feed.decode(body, { url, now: receivedAt })
        const valid = items
          .map((raw) => toItem(raw, feed.id, receivedAt))
          .filter((each): each is Item => !(each instanceof Refusal))
        const newest = valid.toSorted((a, b) => b.publishedAt - a.publishedAt)[0]
        return {
          ...(title === undefined ? {} : { title }),
          items: valid.length,
          ...(newest ? { newest: { title: newest.title, publishedAt: newest.publishedAt } } : {}),
        }
      } catch (error) {
        if (error instanceof ItemError) throw new FaultError('feed-unreadable', error.message)
        throw error
      }
    },
    async setKey(feed, key) {
      const kept = await secrets.set(keyName(feed), key.trim() === '' ? undefined : key.trim())
      polls.get(keyOf(feed, undefined))?.wake()
      return kept
    },
    close() {
      closing.abort()
      for (const poll of polls.values()) poll.stop()
      listeners.clear()
      network.close()
    },
  }
}

/** Simulated news says so, wherever it is read. */
function marked(item: Item): Item {
  return item.title.startsWith('DEMO') ? item : { ...item, title: `DEMO · ${item.title}` }
}
