/** News and sentiment as this page hears of them, while somebody looks. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { IndexPoint, ItemFeedState } from '../../../shared/items-contract.ts'
import type { IndexFeedId } from '../../../shared/items.ts'
import { INDEX_FEEDS } from '../../../shared/items.ts'
import { session } from '../../bridge/session.ts'
import { showFault } from '../../ui/show-fault.ts'
import type { NewsFilter, NewsList } from './news-list.ts'
import { EMPTY_LIST, showWaiting, withNew, withPage } from './news-list.ts'

interface NewsState {
  readonly list: NewsList
  readonly loading: boolean
  readonly feeds: readonly ItemFeedState[]
  readonly indices: Readonly<Partial<Record<IndexFeedId, readonly IndexPoint[]>>>
}

const PAGE = 100
/** Days of an index's history that are drawn. */
export const INDEX_DAYS = 90

export const newsStore = createStore<NewsState>(() => ({ list: EMPTY_LIST, loading: false, feeds: [], indices: {} }))

/** Somebody points into the list, is in it by keyboard, or has scrolled it: nothing may move there. */
let reading = false
export function setReading(now: boolean): void {
  reading = now
}

function fail(error: unknown): void {
  newsStore.setState({ loading: false })
  showFault('news', error)
}

async function load(older: boolean): Promise<void> {
  const { filter, rows } = newsStore.getState().list
  const last = older ? rows?.at(-1) : undefined
  newsStore.setState({ loading: true })
  const page = await session.call('items.list', {
    ...filter,
    ...(last ? { before: { publishedAt: last.publishedAt, key: last.key } } : {}),
    count: PAGE,
  })
  newsStore.setState(({ list }) => ({ list: withPage(list, filter, page, older), loading: false }))
}

export function loadOlder(): void {
  load(true).catch(fail)
}

export function setFilter(change: Partial<NewsFilter>, without: readonly (keyof NewsFilter)[] = []): void {
  newsStore.setState(({ list }) => {
    const next = Object.entries({ ...list.filter, ...change }).filter(([name]) => !without.includes(name as 'feed'))
    return { list: { ...list, filter: { text: '', ...Object.fromEntries(next) } } }
  })
  load(false).catch(fail)
}

export function showNew(): void {
  newsStore.setState(({ list }) => ({ list: showWaiting(list) }))
}

/** Listens until left. */
export function followNews(): () => void {
  const leaves = [
    session.open('items', {}, (rows) =>
      newsStore.setState(({ list }) => ({ list: withNew(list, [...rows].toReversed(), reading) })),
    ),
    ...INDEX_FEEDS.map((feed) =>
      session.open('items.index', { feed, days: INDEX_DAYS }, (points) =>
        newsStore.setState(({ indices }) => ({ indices: { ...indices, [feed]: points } })),
      ),
    ),
    followFeeds(),
  ]
  load(false).catch(fail)
  return () => {
    for (const leave of leaves) leave()
  }
}

/** Listens to how the feeds stand, until left. */
export function followFeeds(): () => void {
  return session.open('items.feeds', {}, (feeds) => newsStore.setState({ feeds }))
}

export function useNews<T>(select: (state: NewsState) => T): T {
  return useStore(newsStore, select)
}
