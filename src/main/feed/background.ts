import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Instrument, MarketEvent, Millis, Ticker } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import { createBackoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { sleep } from './clock.ts'
import type { Directory } from './directory.ts'
import { toEvent } from './dispatch.ts'
import type { FeedLimits } from './feed-limits.ts'
import { runPoller } from './poller.ts'
import type { RestRunner } from './rest.ts'
import type { AskStandIn } from './stand-in.ts'

export interface BackgroundParts {
  readonly exchange: Exchange
  readonly rest: RestRunner
  readonly clock: Clock
  readonly limits: FeedLimits
  readonly random: () => number
  readonly signal: AbortSignal
  readonly directory: Directory
  /** Symbols whose socket is away. */
  away(): readonly string[]
  /** Asks another venue for what this one does not bring. */
  readonly standIn?: AskStandIn | undefined
  onFault(fault: Fault): void
  /** All values of one answer. */
  onPolled(values: readonly Decoded[]): void
  onTickers(tickers: readonly MarketEvent<Ticker>[]): void
  onMarkets(instruments: readonly Instrument[]): void
}

/** What a feed asks over REST of its own accord, until aborted: the list of markets, all tickers, and what sockets do not bring. */
export function runBackground(parts: BackgroundParts): void {
  void refreshMarkets(parts)
  void refreshTickers(parts)
  void runPoller(parts)
}

/** How soon to look again whether there is a list to ask tickers of. */
const LIST_SOON: Millis = 250

/** Reads the list until it is there, then each hour. */
async function refreshMarkets({
  exchange,
  rest,
  clock,
  limits,
  random,
  signal,
  ...parts
}: BackgroundParts): Promise<void> {
  const backoff = createBackoff(limits.retry, random)
  while (!signal.aborted) {
    try {
      const markets = await exchange.rest.markets((call) => rest.run(call, signal))
      if (signal.aborted) return
      backoff.reset()
      parts.onMarkets(markets)
      await sleep(clock, limits.marketsEvery, signal)
    } catch (error) {
      if (signal.aborted) return
      parts.onFault(toFault(error))
      await sleep(clock, backoff.next(), signal)
    }
  }
}

/** Tickers of all markets each few seconds. What failed is tried again at the next turn. */
async function refreshTickers({
  exchange,
  rest,
  clock,
  limits,
  signal,
  directory,
  ...parts
}: BackgroundParts): Promise<void> {
  while (!signal.aborted) {
    try {
      const { natives } = directory
      const asked = exchange.rest.tickersEach ? [] : natives
      for (const call of asked.length > 0 ? exchange.rest.tickers(asked) : []) {
        const tickers = await rest.run(call, signal)
        const receivedAt = clock.now()
        if (signal.aborted) return
        parts.onTickers(
          tickers.flatMap((each) => {
            const key = directory.key(each.market)
            return key ? [toEvent(key, each, each.data, each.at ?? receivedAt, receivedAt, 'polled')] : []
          }),
        )
      }
    } catch (error) {
      if (signal.aborted) return
      parts.onFault(toFault(error))
    }
    await sleep(clock, directory.natives.length > 0 ? limits.allTickersEvery : LIST_SOON, signal)
  }
}
