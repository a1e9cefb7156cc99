/** One JSON object a second on `bit_topic`, from the 1 s bars of one market. */

import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, SECOND } from '../../../shared/market.ts'
import { BIT_TOPIC, encodeBitTopic } from './bit-topic.ts'
import type { Preset } from './preset.ts'

/**
 * A second's first bar stands: its readers know no corrections. `ticker` is the market as they spell it, 'BTC-USD'; the
 * dollar tokens USDT and USDC count as dollars.
 */
export function createS0(market: InstrumentKey): Preset {
  const ticker = toTicker(market)
  return {
    id: 's0',
    topics: [{ name: BIT_TOPIC, partitions: 1, split: 'key' }],
    reads: ['bars'],
    market,
    encode({ instrument, data }) {
      if (instrument !== market || data.kind !== 'bar' || data.interval !== SECOND || data.revision > 0) return []
      const value = encodeBitTopic(data, { ticker })
      return value === undefined ? [] : [{ topic: BIT_TOPIC, key: null, value }]
    },
  }
}

function toTicker(market: InstrumentKey): string {
  return pairOf(market)
    .replace('/', '-')
    .replace(/-USD[TC]$/, '-USD')
}
