import type { Millis, VenueId } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { answers } from './http.ts'
import type { Network } from './network.ts'

/**
 * Which venues can be reached now: one of their REST hosts begins to answer the call that lists its markets. What follows
 * the first line of the answer is not read. Settles after `timeout` at the latest, never rejects.
 */
export async function probeVenues(options: {
  readonly exchanges: readonly Exchange[]
  readonly network: Network
  readonly timeout: Millis
}): Promise<VenueId[]> {
  const { exchanges, network, timeout } = options
  const signal = AbortSignal.timeout(timeout)
  const reached = await Promise.all(
    exchanges.map(async (exchange) => {
      const path = await firstPath(exchange)
      if (path === undefined) return false
      const urls = exchange.rest.hosts.map((host) => network.resolve(exchange.id, 'rest', host) + path)
      const all = await Promise.all([...new Set(urls)].map((url) => answers(url, network, signal)))
      return all.includes(true)
    }),
  )
  return exchanges.filter((_, index) => reached[index]).map(({ id }) => id)
}

/** Path and query of the first call that the list of markets takes; it is not made. Undefined where the list takes none. */
function firstPath(exchange: Exchange): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = exchange.rest.markets((call) => {
      resolve(call.path)
      return Promise.reject(new Error('Only its path was wanted.'))
    })
    asked.then(
      () => resolve(undefined),
      () => undefined,
    )
  })
}
