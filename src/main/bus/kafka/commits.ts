import type { Millis } from '../../../shared/market.ts'
import type { Place } from './assign.ts'
import type { Cluster } from './cluster.ts'
import { busFault } from './errors.ts'
import type { Membership } from './group.ts'
import { commitOffsets } from './offsets.ts'

/** Offsets on their way to the group: the newest of each place, written together twice a second. */
export interface Commits {
  add(place: Place, offset: bigint): void
  /** Writes what waits. Never rejects: what could not be written waits on, or is another member's by now. */
  flush(): Promise<void>
  close(): void
}

const BETWEEN: Millis = 500

export function createCommits(cluster: Cluster, membership: () => Membership): Commits {
  const waiting = new Map<string, Place & { readonly offset: bigint }>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let isClosed = false

  const write = async () => {
    const offsets = [...waiting.values()]
    if (offsets.length === 0) return
    const { group, generation, member } = membership()
    try {
      await commitOffsets(cluster, group, offsets, { generation, member })
    } catch (error) {
      if (busFault(error).fault.code !== 'group-active') return arm()
    }
    for (const written of offsets) {
      const key = `${written.topic} ${written.partition}`
      if (waiting.get(key)?.offset === written.offset) waiting.delete(key)
    }
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }
  const arm = () => {
    if (!isClosed) timer ??= setTimeout(() => void flush(), BETWEEN)
  }

  return {
    add({ topic, partition }, offset) {
      waiting.set(`${topic} ${partition}`, { topic, partition, offset })
      arm()
    },
    flush,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
