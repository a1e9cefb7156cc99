import type { Millis, VenueId } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { systemClock } from './clock.ts'
import { createGet } from './http.ts'
import type { Network } from './network.ts'

const MAX_BODY = 32 * 1024 * 1024

/**
 * Which venues answer now. Each gets its cheapest call (the newest trade of its Bitcoin market would need its list, so it
 * is the list's own host that counts): any JSON answer will do. Settles after `timeout` at the latest, never rejects.
 */
export async function probeVenues(options: {
  readonly exchanges: readonly Exchange[]
  readonly network: Network
  readonly timeout: Millis
}): Promise<VenueId[]> {
  const { exchanges, network, timeout } = options
  const get = createGet(network, systemClock, { request: timeout, maxBody: MAX_BODY })
  const end = AbortSignal.timeout(timeout)
  const answers = await Promise.all(exchanges.map((exchange) => answersNow(exchange)))
  return exchanges.filter((_, index) => answers[index]).map(({ id }) => id)

  async function answersNow(exchange: Exchange): Promise<boolean> {
    try {
      const first = new Promise<string>((resolve) => {
        void exchange.rest
          .markets((call) => {
            resolve(call.path)
            return Promise.reject(new Error('Only its address was wanted.'))
          })
          .catch(() => undefined)
      })
      const host = network.resolve(exchange.id, 'rest', exchange.rest.hosts[0]!)
      const { status } = await get(host + (await first), end)
      return status < 400
    } catch {
      return false
    }
  }
}
