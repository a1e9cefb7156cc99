import type { Ticker } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import type { RunRest } from './collector.ts'

/** The price of a market as another venue tells it, labelled so; undefined where that one has none now. Never rejects. */
export type AskStandIn = (market: string) => Promise<Decoded<Ticker> | undefined>

/** `other`: the venue that stands in, and its REST interface, while it is collected. */
export function createStandIn(
  exchange: Exchange,
  other: () => { readonly exchange: Exchange; readonly run: RunRest } | undefined,
): AskStandIn | undefined {
  const { standIn } = exchange
  if (standIn === undefined) return undefined
  return async (market) => {
    const found = other()
    if (found === undefined) return undefined
    for (const native of standIn.natives(market))
      for (const call of found.exchange.rest.tickers([native]))
        try {
          const [told] = await found.run(call)
          if (told !== undefined) return { ...told, market, data: { ...told.data, source: standIn.source } }
        } catch {
          // It is not listed there under this symbol, or that venue has trouble of its own, which it tells itself.
        }
    return undefined
  }
}
