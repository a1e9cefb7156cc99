/** Step two of the quality of items: each is told once, however often a feed repeats it. */

import { identitiesOf, SAME_TITLE } from '../../shared/items.ts'
import type { Index, Item } from '../../shared/items.ts'
import type { Millis } from '../../shared/market.ts'
import { DAY } from '../../shared/market.ts'

/** An item that is in the store already, by what it is known by. */
export type KnownItem = Pick<Item, 'feed' | 'id' | 'url' | 'title' | 'publishedAt'>

/** A value of an index that is in the store already. */
export type KnownIndex = Pick<Index, 'feed' | 'value'> & { readonly at: Millis }

export interface Seen {
  /** True once per item: later ones that share its id or address, or its title within a week, are the same. */
  isNewItem(item: KnownItem, now: Millis): boolean
  /** True where (feed, at) has no such value yet. */
  isNewIndex(index: KnownIndex): boolean
}

/** What no feed has repeated for so long is forgotten; the store still knows it. */
const FORGOTTEN: Millis = 32 * DAY

export function createSeen(
  stored: { readonly items: Iterable<KnownItem>; readonly indices: Iterable<KnownIndex> },
  now: Millis,
): Seen {
  const known = new Map<string, { publishedAt: Millis; seenAt: Millis }>()
  const values = new Map<string, string>()
  let sweptAt = now

  const sweep = (at: Millis) => {
    if (at - sweptAt < DAY) return
    sweptAt = at
    for (const [identity, { seenAt }] of known) if (at - seenAt > FORGOTTEN) known.delete(identity)
  }
  const isNewItem: Seen['isNewItem'] = (item, at) => {
    sweep(at)
    const { publishedAt } = item
    let isNew = true
    const identities = identitiesOf(item).map((identity) => `${item.feed} ${identity}`)
    for (const identity of identities) {
      const entry = known.get(identity)
      if (!entry) continue
      const isTitle = identity.startsWith(`${item.feed} title `)
      if (isTitle && Math.abs(entry.publishedAt - publishedAt) > SAME_TITLE) continue
      entry.seenAt = at
      isNew = false
    }
    // An address that changed its title is known by both from now on.
    for (const identity of identities)
      if (isNew || !known.has(identity)) known.set(identity, { publishedAt, seenAt: at })
    return isNew
  }

  const isNewIndex: Seen['isNewIndex'] = ({ feed, at, value }) => {
    const key = `${feed} ${at}`
    if (values.get(key) === value) return false
    values.set(key, value)
    return true
  }

  for (const item of stored.items) isNewItem(item, now)
  for (const index of stored.indices) isNewIndex(index)
  return { isNewItem, isNewIndex }
}
