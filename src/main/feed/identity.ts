import type { Millis, Trade } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'

/** How often one source (a socket, a REST answer) has told each fingerprint: twice from one source are two trades. */
export interface Tally {
  count(key: string): number
}

/** The trades of one market that were told already, so that stream, polling and overlapping sockets never double one. */
export interface Identities {
  /** The trade under its lasting id, or undefined if it was told before. */
  admit(trade: Trade, at: Millis, tally: Tally): Trade | undefined
}

/** More than any REST answer holds, so that an answer is always recognised whole. */
const WINDOW = 1_000

export function createTally(): Tally {
  const counts = createWindow<number>(WINDOW)
  return {
    count(key) {
      const before = counts.get(key) ?? 0
      counts.set(key, before + 1)
      return before
    },
  }
}

export function createIdentities(identity: Exchange['identity']): Identities {
  const told = createWindow<true>(WINDOW)
  const isNew = (key: string) => {
    if (told.get(key)) return false
    told.set(key, true)
    return true
  }
  if (identity === 'id') return { admit: (trade) => (isNew(trade.id) ? trade : undefined) }
  return {
    admit(trade, at, tally) {
      const fingerprint = `${at}/${trade.id}`
      const ordinal = tally.count(fingerprint)
      if (!isNew(`${fingerprint}/${ordinal}`)) return undefined
      // Equal trades of one millisecond are told apart by their ordinal.
      return ordinal === 0 ? trade : { ...trade, id: `${trade.id}-${ordinal}` }
    },
  }
}

/** Remembers the last `size` to 2 × `size` keys, without the cost of dropping them one by one. */
function createWindow<V>(size: number) {
  let recent = new Map<string, V>()
  let older = new Map<string, V>()
  return {
    get: (key: string): V | undefined => recent.get(key) ?? older.get(key),
    set(key: string, value: V) {
      if (recent.size >= size) {
        older = recent
        recent = new Map()
      }
      recent.set(key, value)
    },
  }
}
