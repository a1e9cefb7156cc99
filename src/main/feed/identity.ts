import type { Millis, Trade } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'

/** How often one source (a socket, a REST answer) has told each fingerprint: twice from one source are two trades. */
export interface Tally {
  count(key: string): number
}

/** A trade as a source tells it: `at` by the venue's clock, `serial` its number in the source, where it has no id. */
export interface Sighting {
  readonly trade: Trade
  readonly at: Millis
  readonly serial?: string | undefined
}

/** The trades of one market that were told already, so that stream, polling and overlapping sockets never double one. */
export interface Identities {
  /** The trade under its lasting id, or undefined if it was told before. */
  admit(sighting: Sighting, tally: Tally): Trade | undefined
  /** Those of one answer, each as by `admit`. However long it is, it pushes nothing out before all of it has been compared. */
  admitAll(answer: readonly Sighting[], tally: Tally): readonly (Trade | undefined)[]
}

/** More than one page of an answer holds and a market trades while it is on its way, so that it is always recognised whole. */
const WINDOW = 2_000

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
  const nameOf = identity === 'id' ? byId : byValues
  return {
    admit(sighting, tally) {
      const named = nameOf(sighting, tally)
      if (named === undefined || told.get(named.key)) return undefined
      told.set(named.key, true)
      return named.trade
    },
    admitAll(answer, tally) {
      const fresh = new Set<string>()
      const admitted = answer.map((sighting) => {
        const named = nameOf(sighting, tally)
        if (named === undefined || told.get(named.key) || fresh.has(named.key)) return undefined
        fresh.add(named.key)
        return named.trade
      })
      for (const key of fresh) told.set(key, true)
      return admitted
    },
  }
}

interface Named {
  readonly key: string
  readonly trade: Trade
}

function byId({ trade }: Sighting): Named {
  return { key: trade.id, trade }
}

/** Undefined: this source has told it already. */
function byValues({ trade, at, serial }: Sighting, tally: Tally): Named | undefined {
  const fingerprint = `${at}/${trade.id}`
  // The same number twice is one trade sent twice, if all else is equal too: numbers were seen rounded.
  if (serial !== undefined && tally.count(`${fingerprint}#${serial}`) > 0) return undefined
  const ordinal = tally.count(fingerprint)
  // Equal trades of one millisecond are told apart by their ordinal.
  return { key: `${fingerprint}/${ordinal}`, trade: ordinal === 0 ? trade : { ...trade, id: `${trade.id}-${ordinal}` } }
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
