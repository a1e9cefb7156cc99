/** Finds topics by name. Names are folded once, so that a key press costs a walk over ready text. */

export interface TopicIndex {
  readonly names: readonly string[]
  readonly folded: readonly string[]
}

const isInternal = (name: string): boolean => name.startsWith('__')

/** The names in alphabetical order, the broker's own ones last. */
export function indexTopics(names: readonly string[]): TopicIndex {
  const plain = names.filter((name) => !isInternal(name)).toSorted()
  const internal = names.filter(isInternal).toSorted()
  const sorted = [...plain, ...internal]
  return { names: sorted, folded: sorted.map((name) => name.toLowerCase()) }
}

/** Names that hold all words of the query, in the order of the index. */
export function filterTopics(index: TopicIndex, query: string, only?: (name: string) => boolean): readonly string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && !only) return index.names
  return index.names.filter(
    (name, place) => (!only || only(name)) && words.every((word) => index.folded[place]?.includes(word)),
  )
}
