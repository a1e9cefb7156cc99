import type { Exchange } from '../exchanges/exchange.ts'
import type { RunRest } from './collector.ts'
import { systemClock } from './clock.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import { createGet } from './http.ts'
import type { Network } from './network.ts'
import { createRest } from './rest.ts'

/** A venue's REST interface alone, within its limits, for whoever needs no feed. Calls end when `signal` is aborted. */
export function openVenueRest(exchange: Exchange, network: Network, signal?: AbortSignal): RunRest {
  const rest = createRest({
    exchange,
    get: createGet(network, systemClock, FEED_LIMITS),
    clock: systemClock,
    signal: signal ?? new AbortController().signal,
    resolve: (url) => network.resolve(exchange.id, 'rest', url),
    onMalformed: () => undefined,
    onAnswer: () => undefined,
  })
  return (call) => rest.run(call)
}
