import type { Handlers, Sink } from '../shared/bridge.ts'
import type { itemsContract } from '../shared/items-contract.ts'
import type { ItemRow } from '../shared/items-contract.ts'
import { keyName } from './items/item-keys.ts'
import type { Items } from './items/run-items.ts'
import { latest } from './latest.ts'
import type { News } from './news.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { Reader } from './store/store.ts'

export interface NewsHandlerParts {
  readonly reader: Reader
  readonly items: Items
  readonly news: News
  readonly secrets: SecretStore
}

/** The answers to the contract's part on news and sentiment. */
export function createNewsHandlers({ reader, items, news, secrets }: NewsHandlerParts): Handlers<typeof itemsContract> {
  return {
    'items.list': (query) => reader.items(query),
    items: (_params, sink) => news.onItems(gathered(sink)),
    'items.index': (query, sink) => news.onIndex(query, latest(sink)),
    'items.feeds': (_params, sink) => {
      const send = latest(sink)
      send(items.states())
      return items.onChange(() => send(items.states()))
    },
    'items.refresh': ({ feed, url }) => items.refresh(feed, url),
    'items.test': ({ url }) => items.test(url),
    'items.key.set': async ({ feed, key }) => ({ kept: await items.setKey(feed, key) }),
    'items.key.state': ({ feed }) => ({ set: secrets.has(keyName(feed)), kept: secrets.available() }),
  }
}

/** Rows that wait for a page: it can always ask for the list. */
const MOST_WAITING = 500

/** Sends what comes, in pieces, as the page takes them. */
function gathered(sink: Sink<readonly ItemRow[]>): (rows: readonly ItemRow[]) => void {
  let waiting: ItemRow[] = []
  const flush = () => {
    if (!sink.ready || waiting.length === 0) return
    const rows = waiting
    waiting = []
    sink.send(rows)
  }
  sink.onReady(flush)
  return (rows) => {
    waiting = [...waiting, ...rows].slice(-MOST_WAITING)
    flush()
  }
}
