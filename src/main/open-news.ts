import type { Handlers } from '../shared/bridge.ts'
import type { itemsContract, ItemFeedState } from '../shared/items-contract.ts'
import type { NewsSettings } from '../shared/items-settings.ts'
import { INDEX_FEEDS } from '../shared/items.ts'
import type { Index, Item } from '../shared/items.ts'
import type { MarketEvent, Millis } from '../shared/market.ts'
import { DAY } from '../shared/market.ts'
import type { NetworkSettings } from './feed/network.ts'
import { runItems } from './items/run-items.ts'
import { createNewsHandlers } from './news-handlers.ts'
import type { NewsParts } from './news.ts'
import { createNews } from './news.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { Reader } from './store/store.ts'

/** A feed that repeats an item has it among its newest: what arrived before is only in the store. */
const KNOWN: Millis = 32 * DAY
/** A feed tells its history with each answer. */
const KNOWN_INDEX: Millis = 401 * DAY

export interface OpenNewsParts extends NewsParts {
  readonly reader: Reader
  readonly settings: NewsSettings
  readonly network: NetworkSettings
  readonly secrets: SecretStore
  /** False: no feed is asked, whatever the settings say. */
  readonly asked: boolean
  onEvents(events: readonly MarketEvent<Item | Index>[]): void
}

/** News and sentiment as the engine holds them: the feeds on one side, the pages on the other, the store between. */
export interface OpenNews {
  readonly handlers: Handlers<typeof itemsContract>
  /** How each feed stands. */
  states(): readonly ItemFeedState[]
  setSettings(settings: NewsSettings): void
  setNetwork(network: NetworkSettings): void
  close(): void
}

export async function openNews(parts: OpenNewsParts): Promise<OpenNews> {
  const { reader, network, demo, settings, asked, onEvents, secrets } = parts
  const now = Date.now()
  const known = {
    items: await reader.knownItems({ since: now - KNOWN }),
    indices: await Promise.all(
      INDEX_FEEDS.map(async (feed) =>
        (await reader.index({ feed, since: now - KNOWN_INDEX })).map((point) => ({ feed, ...point })),
      ),
    ).then((lists) => lists.flat()),
  }
  const news = createNews(parts)
  // With addresses of others in place of the real ones, only those are asked; the demo never asks a real one.
  const reachable = asked && (network.endpoints === undefined ? !demo : network.endpoints.news !== undefined)
  const items = runItems({ settings, network, secrets, demo, reachable, known, onEvents })
  return {
    handlers: createNewsHandlers({ reader, items, news, secrets }),
    states: items.states,
    setSettings: items.setSettings,
    setNetwork: items.setNetwork,
    close() {
      items.close()
      news.close()
    },
  }
}
