import type { VenueHealth } from '../../shared/engine-view.ts'
import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { Access } from './access.ts'
import type { Clock } from './clock.ts'
import type { Directory } from './directory.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { Refusal } from './refusal.ts'
import type { Watches } from './watches.ts'

type State = VenueHealth['state']

/** A venue's state as shown: which it is, since when, and what is wrong. */
export interface VenueStatus {
  /** Data came through a socket. */
  onData(receivedAt: Millis): void
  onPolled(): void
  /** A connection that had worked broke. */
  onBreak(): void
  onFailure(fault: Fault): void
  onPaused(fault: Fault): void
  /** Looks again. */
  update(): void
  view(): Pick<
    VenueHealth,
    | 'state'
    | 'since'
    | 'fault'
    | 'attempt'
    | 'nextAttemptAt'
    | 'lastDataAt'
    | 'reconnects'
    | 'markets'
    | 'troubled'
    | 'endpoint'
  >
}

/** A poll proves that polling works for so long. */
const POLL_HOLDS: Millis = 15 * SECOND
/** The same fault is told to the log again after so long. */
const SAY_AGAIN: Millis = 60 * SECOND

export function createVenueStatus(parts: {
  exchange: Exchange
  clock: Clock
  limits: FeedLimits
  watches: Pick<Watches, 'links' | 'markets' | 'unlisted'>
  directory: Directory
  access?: Access | undefined
  refusal?: Pick<Refusal, 'fault'> | undefined
  isPaused(): boolean
  onFault(fault: Fault): void
}): VenueStatus {
  const { clock, limits, watches, directory } = parts
  let state: State = 'connecting'
  let since = clock.now()
  let fault: Fault | undefined
  let pausedFor: Fault | undefined
  let lastDataAt: Millis | undefined
  let polledAt = -Infinity
  let reconnects = 0
  const said = new Map<string, Millis>()

  const find = (): State => {
    if (parts.access?.needsKey) return 'needs-key'
    if (parts.isPaused()) return 'paused'
    const { links } = watches
    if (links.length === 0) return directory.instruments.length > 0 ? 'live' : fault ? 'down' : 'connecting'
    const away = links.filter((link) => link.awaySince !== undefined)
    const now = clock.monotonic()
    if (away.length > 0) {
      const long = away.some((link) => now - (link.awaySince ?? now) >= limits.pollAfter)
      if (long && now - polledAt < POLL_HOLDS) return 'polled'
      return away.every((link) => !link.open && link.fault) ? 'down' : 'connecting'
    }
    const markets = [...watches.markets.values()].filter((market) => !market.refused)
    return markets.length > 0 && markets.every((market) => market.silent.has('trade')) ? 'silent' : 'live'
  }
  const update = () => {
    const next = find()
    if (next === 'live') fault = undefined
    if (next === state) return
    state = next
    since = clock.now()
  }
  const onFailure = (next: Fault) => {
    fault = next
    const now = clock.monotonic()
    if (now - (said.get(next.code) ?? -Infinity) < SAY_AGAIN) return
    said.set(next.code, now)
    parts.onFault(next)
  }
  const troubled = (): VenueHealth['troubled'] => [
    ...[...watches.unlisted].map(([instrument, trouble]) => ({ instrument, ...trouble })),
    ...[...watches.markets.values()].flatMap((market) =>
      [market.refused, market.rebuilding, ...market.silent.values()].flatMap((trouble) =>
        trouble ? [{ instrument: market.key, ...trouble }] : [],
      ),
    ),
  ]

  return {
    onData(receivedAt) {
      lastDataAt = receivedAt
    },
    onPolled() {
      polledAt = clock.monotonic()
      lastDataAt = clock.now()
      update()
    },
    onBreak() {
      reconnects += 1
    },
    onFailure,
    onPaused(next) {
      pausedFor = next
      onFailure(next)
      update()
    },
    update,
    view() {
      update()
      const [first] = watches.links
      const worst = watches.links.find((link) => link.fault) ?? first
      const shown =
        parts.access?.fault ??
        (parts.isPaused() ? pausedFor : undefined) ??
        parts.refusal?.fault ??
        worst?.fault ??
        fault
      return {
        state,
        since,
        ...(shown ? { fault: shown } : {}),
        attempt: worst?.awaySince === undefined ? 0 : worst.attempt,
        ...(worst?.nextAttemptAt !== undefined && !worst.open ? { nextAttemptAt: worst.nextAttemptAt } : {}),
        ...(lastDataAt === undefined ? {} : { lastDataAt }),
        reconnects,
        markets: watches.markets.size,
        troubled: troubled(),
        ...(first ? { endpoint: first.endpoint } : {}),
      }
    },
  }
}
