import type { ItemFeedId } from '../../shared/items.ts'

/** The name under which the host keeps a feed's key. */
export function keyName(feed: ItemFeedId): string {
  return `news:${feed}:key`
}
