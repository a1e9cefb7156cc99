import type { VenueHealth } from '../../shared/engine-view.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import { shareOf } from './budget.ts'
import type { GapLedger } from './gap-ledger.ts'
import type { Malformed } from './malformed.ts'
import type { Meters } from './meters.ts'
import type { RestRunner } from './rest.ts'
import type { VenueStatus } from './venue-status.ts'
import type { Watches } from './watches.ts'

/** A venue's row of the health board, from those who know its parts. */
export function viewHealth(parts: {
  readonly exchange: Exchange
  readonly status: VenueStatus
  readonly meters: Meters
  readonly ledger: GapLedger
  readonly malformed: Malformed
  readonly watches: Watches
  readonly rest: RestRunner
}): VenueHealth {
  const { exchange, watches } = parts
  const limits = [...parts.rest.limits(), ...watches.limits()]
  return {
    venue: exchange.id,
    ...parts.status.view(),
    ...parts.meters.view(),
    gaps: parts.ledger.count,
    malformed: parts.malformed.counts(),
    ...registrations(exchange, watches),
    budget: Math.max(0, ...limits.map(shareOf)),
    limits,
  }
}

/** How much room is left on the venue's sockets, where they take only so many registrations, and who is polled for want of it. */
function registrations(exchange: Exchange, watches: Watches): Pick<VenueHealth, 'registrations'> {
  const room = exchange.limits.registrations
  if (room === undefined) return {}
  const used = room.of(watches.links.flatMap((link) => link.plan.wants))
  const polled = [...watches.markets.values()].filter((market) => !market.link && !market.refused).length
  return { registrations: { used, most: room.most, polled } }
}
