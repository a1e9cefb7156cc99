import type { ItemFeedId } from '../../shared/items.ts'

/** Where the keys of feeds are kept: the host's secrets, as far as they are needed here. */
export interface ItemKeys {
  /** How one that is set now would be kept. */
  available(): 'encrypted' | 'this-run'
  /** undefined forgets it. */
  set(name: string, value: string | undefined): Promise<'encrypted' | 'this-run'>
  get(name: string): Promise<string | undefined>
  has(name: string): boolean
}

/** The name under which a feed's key is kept. */
export function keyName(feed: ItemFeedId): string {
  return `news:${feed}:key`
}

/** Keys of this run only, where the host cannot keep any. */
export function createMemoryKeys(): ItemKeys {
  const keys = new Map<string, string>()
  return {
    available: () => 'this-run',
    set(name, value) {
      if (value === undefined) keys.delete(name)
      else keys.set(name, value)
      return Promise.resolve('this-run')
    },
    get: (name) => Promise.resolve(keys.get(name)),
    has: (name) => keys.has(name),
  }
}
