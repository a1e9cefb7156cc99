import { compareDecimals } from '../../../shared/decimal.ts'
import type { Index } from '../../../shared/items.ts'
import type { Decimal, InstrumentKey, MarketEvent, Millis, Ticker } from '../../../shared/market.ts'
import { DAY, HOUR, pairOf, venueOf } from '../../../shared/market.ts'
import type { Fields } from './fields.ts'
import { exactly, toJson } from './fields.ts'
import { percentOf } from './percent.ts'
import type { PresetRecord } from './preset.ts'
import { subtract } from './previous-close.ts'
import { toIso } from './s3-records.ts'

/** How fearful the market is, and how prices stand then: one record for each new value of an index. */
export interface Sentiment {
  /** Remembers a market's last ticker. */
  observe(event: MarketEvent<Ticker>): void
  /** The records of an index's value: none for its history, which says nothing of now. */
  encode(event: MarketEvent<Index>): PresetRecord[]
}

/** Values older than this are history. A long weekend has no newer one. */
const FRESH: Millis = 5 * DAY
/** A ticker older than this says nothing of the moment. */
const NOW: Millis = HOUR
/** Markets of a summary: those that moved most. */
const MARKETS = 10

export function createSentiment(prefix: string): Sentiment {
  const tickers = new Map<InstrumentKey, MarketEvent<Ticker>>()
  const values = new Map<string, { readonly at: Millis; readonly value: Decimal }>()

  const moves = (at: Millis): readonly Fields[] =>
    [...tickers.values()]
      .filter(({ receivedAt }) => Math.abs(at - receivedAt) <= NOW)
      .toSorted((a, b) => compareDecimals(moveOf(b), moveOf(a)))
      .slice(0, MARKETS)
      .map(({ instrument, data }) => {
        const [symbol = '', quote] = pairOf(instrument).split('/')
        const { last, change } = data
        return { source: venueOf(instrument), symbol, quote, price: exactly(last), change_24h: percentOf(change) }
      })

  return {
    observe(event) {
      if (event.data.change !== undefined) tickers.set(event.instrument, event)
    },
    encode({ at, receivedAt, data }) {
      const { feed, value, label } = data
      const before = values.get(feed)
      if (before && at < before.at) return []
      values.set(feed, { at, value })
      if (receivedAt - at > FRESH) return []
      const record = toJson({
        source: feed,
        value: exactly(value),
        classification: label,
        change: exactly(before && subtract(value, before.value)),
        measured_at: toIso(at),
        markets: moves(receivedAt),
        timestamp: toIso(receivedAt),
      })
      return [{ topic: `${prefix}.insights.sentiment`, key: feed, value: record }]
    },
  }
}

/** How far a market moved, whichever way. */
function moveOf({ data: { change = '0' } }: MarketEvent<Ticker>): Decimal {
  return change.replace('-', '')
}
