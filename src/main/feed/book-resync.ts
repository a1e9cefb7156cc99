import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import type { Dispatch } from './dispatch.ts'
import type { Market } from './market.ts'
import type { RestRunner } from './rest.ts'

/** Asking again for the same book sooner than this would only make it come later. */
const APART: Millis = 2 * SECOND

/**
 * Asks for one market's book anew, because its updates did not join: over its socket where the protocol can take one
 * subscription off and on again, else over REST. Until a book comes it is told as that market's trouble.
 */
export function createBookResync(parts: {
  exchange: Exchange
  rest: RestRunner
  clock: Clock
  signal: AbortSignal
  dispatch: Pick<Dispatch, 'onAsked'>
  onFault(fault: Fault): void
}): (market: Market) => void {
  const { exchange, rest, clock } = parts
  const asked = new WeakMap<Market, Millis>()
  return (market) => {
    const now = clock.monotonic()
    if (now - (asked.get(market) ?? -Infinity) < APART) return
    asked.set(market, now)
    market.silent.set('book', {
      fault: { code: 'market-silent', message: `${market.key}: the book is being rebuilt.` },
      since: clock.now(),
    })
    if (exchange.change === 'incremental' && exchange.unsubscribe)
      return market.link?.resubscribe([{ market: market.native, channels: ['book'] }])
    rest.run(exchange.rest.book(market.native), parts.signal).then(
      (book) => {
        market.silent.delete('book')
        parts.dispatch.onAsked([book], 'polled')
      },
      (error: unknown) => parts.onFault(toFault(error)),
    )
  }
}
