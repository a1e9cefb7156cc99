import { toFault } from '../../shared/faults.ts'
import type { Channel, Millis, Ticker } from '../../shared/market.ts'
import { CHANNELS } from '../../shared/market.ts'
import type { Decoded } from '../exchanges/exchange.ts'
import type { BackgroundParts } from './background.ts'
import { sleep } from './clock.ts'

/** Trades of one answer: enough for seconds of the busiest market. */
export const POLLED_TRADES = 100
/** Markets asked at once: the venue's limits set the pace, not the round trip. */
const AT_ONCE = 4

/** Asks over REST for what the sockets do not bring, round after round, within the venue's limits; until aborted. */
export async function runPoller(parts: BackgroundParts): Promise<void> {
  const { exchange, rest, clock, limits, signal } = parts
  let tickersAt: Millis = -Infinity
  const attempt = async (work: () => Promise<readonly Decoded[]>) => {
    try {
      const values = await work()
      if (!signal.aborted) parts.onPolled(values)
    } catch (error) {
      if (!signal.aborted) parts.onFault(toFault(error))
    }
  }
  while (!signal.aborted) {
    const from = clock.monotonic()
    const markets = parts.away()
    if (markets.length > 0 && from - tickersAt >= limits.pollTickersEvery) {
      tickersAt = from
      const left = new Set(markets)
      for (const call of exchange.rest.tickers(markets))
        await attempt(async () => {
          const answer = await rest.run<readonly Decoded<Ticker>[]>(call, signal)
          return answer.filter(({ market }) => left.delete(market))
        })
      await askStandIn(parts, left)
    }
    for (let index = 0; index < markets.length && !signal.aborted; index += AT_ONCE)
      await Promise.all(
        markets.slice(index, index + AT_ONCE).map(async (market) => {
          const channels: readonly Channel[] = exchange.channelsOf?.(market) ?? CHANNELS
          const has = (channel: Channel) => channels.includes(channel)
          const isTold = has('trade') && (exchange.rest.hasTrades?.(market) ?? true)
          if (isTold) await attempt(() => rest.run(exchange.rest.trades(market, POLLED_TRADES), signal))
          if (has('book')) await attempt(async () => [await rest.run(exchange.rest.book(market), signal)])
        }),
      )
    await sleep(clock, Math.max(limits.pollEvery - (clock.monotonic() - from), limits.pollEvery / 4), signal)
  }
}

/** Prices of these markets from another venue, one after the other. */
async function askStandIn(
  { standIn, signal, away, onPolled }: BackgroundParts,
  markets: Iterable<string>,
): Promise<void> {
  if (standIn === undefined) return
  for (const market of markets) {
    if (signal.aborted) return
    const told = await standIn(market)
    if (told !== undefined && !signal.aborted && away().includes(market)) onPolled([told])
  }
}
