import type { Instrument, InstrumentKey } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'

/** A venue's markets: what a symbol of its is called here, and back. */
export interface Directory {
  readonly instruments: readonly Instrument[]
  readonly natives: readonly string[]
  /** The list has been read from the venue, not only remembered. */
  readonly fresh: boolean
  key(native: string): InstrumentKey | undefined
  native(key: InstrumentKey): string | undefined
  instrument(native: string): Instrument | undefined
  replace(instruments: readonly Instrument[]): void
}

export function createDirectory(exchange: Pick<Exchange, 'toKey'>, known: readonly Instrument[]): Directory {
  let instruments: readonly Instrument[] = []
  let keys = new Map<string, InstrumentKey>()
  let natives = new Map<InstrumentKey, string>()
  let byNative = new Map<string, Instrument>()
  let fresh = false
  const put = (list: readonly Instrument[]) => {
    instruments = list
    keys = new Map(list.map((each) => [each.native, each.key]))
    natives = new Map(list.map((each) => [each.key, each.native]))
    byNative = new Map(list.map((each) => [each.native, each]))
  }
  put(known)
  return {
    get instruments() {
      return instruments
    },
    get natives() {
      return [...keys.keys()]
    },
    get fresh() {
      return fresh
    },
    key: (native) => keys.get(native) ?? exchange.toKey(native),
    native: (key) => natives.get(key),
    instrument: (native) => byNative.get(native),
    replace(list) {
      put(list)
      fresh = true
    },
  }
}
