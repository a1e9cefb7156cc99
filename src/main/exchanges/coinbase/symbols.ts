/** Coinbase's product ids: BTC-USD is BTC priced in USD. */

import type { InstrumentKey } from '../../../shared/market.ts'

/** Key of a native symbol: 'BTC-USD' is 'coinbase:BTC/USD'. */
export function toKey(native: string): InstrumentKey | undefined {
  const pair = /^([^\s/-]+)-([^\s/-]+)$/.exec(native)
  return pair === null ? undefined : `coinbase:${pair[1]}/${pair[2]}`
}
