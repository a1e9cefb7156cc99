import { randomBytes } from 'node:crypto'
import type { Millis } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'

/** One-use passes to download a file: whoever has one needs no token, so it is good for one minute and once. */
export interface Tickets {
  /** A new ticket for a file (absolute path) that is offered under `name`. */
  issue(path: string, name: string): string
  /** The file behind a ticket, the first time and in time; then never again. */
  redeem(ticket: string): { readonly path: string; readonly name: string } | undefined
}

const LIFE: Millis = MINUTE
const BYTES = 16

export function createTickets(now: () => Millis = Date.now): Tickets {
  const issued = new Map<string, { readonly path: string; readonly name: string; readonly until: Millis }>()
  return {
    issue(path, name) {
      const at = now()
      for (const [ticket, { until }] of issued) if (until <= at) issued.delete(ticket)
      const ticket = randomBytes(BYTES).toString('base64url')
      issued.set(ticket, { path, name, until: at + LIFE })
      return ticket
    },
    redeem(ticket) {
      const found = issued.get(ticket)
      issued.delete(ticket)
      return found && now() < found.until ? { path: found.path, name: found.name } : undefined
    },
  }
}
