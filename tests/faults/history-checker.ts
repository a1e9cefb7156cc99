/** Compares what was to be delivered with what was: per key, by the records' names. Pure, and the one judge of all such proofs. */

/** Names of records by key, in order. */
export type History = ReadonlyMap<string, readonly string[]>

export interface Verdict {
  readonly expected: number
  readonly delivered: number
  /** Expected and not there. */
  readonly lost: number
  /** Deliveries of a record beyond its first. */
  readonly doubled: number
  /** Records whose first delivery came after that of one that follows them. */
  readonly reordered: number
  /** Delivered and never expected. */
  readonly invented: number
  /** The first few of each, as 'lost <key> <name>'. */
  readonly samples: readonly string[]
}

const SAMPLES = 10

export function checkHistory(expected: History, delivered: History): Verdict {
  const samples: string[] = []
  const counts = { lost: 0, doubled: 0, reordered: 0, invented: 0 }
  const note = (what: keyof typeof counts, key: string, name: string) => {
    counts[what] += 1
    if (counts[what] <= SAMPLES) samples.push(`${what} ${key} ${name}`)
  }
  for (const key of new Set([...expected.keys(), ...delivered.keys()])) {
    const wanted = new Map((expected.get(key) ?? []).map((name, index) => [name, index]))
    const seen = new Set<string>()
    let furthest = -1
    for (const name of delivered.get(key) ?? []) {
      const index = wanted.get(name)
      if (index === undefined) note('invented', key, name)
      else if (seen.has(name)) note('doubled', key, name)
      else {
        if (index < furthest) note('reordered', key, name)
        furthest = Math.max(furthest, index)
        seen.add(name)
      }
    }
    for (const name of wanted.keys()) if (!seen.has(name)) note('lost', key, name)
  }
  return { expected: sizeOf(expected), delivered: sizeOf(delivered), ...counts, samples }
}

function sizeOf(history: History): number {
  let size = 0
  for (const names of history.values()) size += names.length
  return size
}
