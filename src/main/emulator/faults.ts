/** Everything that can be made to go wrong on command, and which of it is going on. */

import { VENUES } from '../../shared/market.ts'
import type { Millis, VenueId } from '../../shared/market.ts'

/** What a fault can be told to strike: a venue, or the hosts of news, which share one name. */
export type FaultPlace = VenueId | 'news'
const PLACES: readonly FaultPlace[] = [...VENUES, 'news']

/** Where a fault strikes. What is absent means: everywhere. */
export interface Target {
  readonly venue?: FaultPlace
  /** The venue's own symbol. */
  readonly market?: string
  /** 'trade', 'book', …; of news, the host of a feed. */
  readonly channel?: string
}

export const MALFORMED_SHAPES = ['truncated', 'not-json', 'wrong-type', 'huge'] as const
export type MalformedShape = (typeof MALFORMED_SHAPES)[number]

export type EmulatorFault =
  /** The next `count` trades (channel 'book': book frames) are not sent; ids and sequence go on. */
  | ({ readonly kind: 'gap'; readonly count: number } & Target)
  /** The next `count` trades are sent twice. */
  | ({ readonly kind: 'duplicate'; readonly count: number } & Target)
  /** The next `count` trades are sent `by` later, or without `by` each after its market's next trade. */
  | ({ readonly kind: 'disorder'; readonly count: number; readonly by?: Millis } & Target)
  /** The next `count` trades carry `factor` (default 10) times their price. */
  | ({ readonly kind: 'absurd'; readonly count: number; readonly factor?: number } & Target)
  /**
   * Nothing is said. Without market and channel, the socket does not even answer pings. With `snapshots`, replies and
   * the snapshots of new subscriptions are still sent, and nothing after.
   */
  | ({ readonly kind: 'silence'; readonly for: Millis; readonly snapshots?: boolean } & Target)
  /** With a close code, or without one broken off with no close frame. */
  | { readonly kind: 'disconnect'; readonly venue?: VenueId; readonly code?: number }
  /** The venue's farewell (where it has one), and `after` (default 1 s) later the close. */
  | { readonly kind: 'shutdown'; readonly venue?: VenueId; readonly after?: Millis }
  /** New sockets and calls are answered with an HTTP status, or without one dropped. */
  | {
      readonly kind: 'refuse'
      readonly venue?: FaultPlace
      readonly for: Millis
      readonly status?: number
      /** 'ws' or 'rest'; of news, the host of a feed; absent: all. */
      readonly channel?: string
    }
  /** The next `count` data frames are damaged. */
  | ({
      readonly kind: 'malformed'
      readonly shape: MalformedShape
      readonly count: number
      readonly bytes?: number
    } & Target)
  /** The market is as if it were not listed. */
  | { readonly kind: 'refuse-market'; readonly venue: VenueId; readonly market: string; readonly for?: Millis }
  /** Every frame and answer is `delay` late. */
  | { readonly kind: 'slow'; readonly venue?: FaultPlace; readonly delay: Millis; readonly for: Millis }
  /** Each socket's last data frame is repeated, `rate` times a second. */
  | { readonly kind: 'flood'; readonly venue?: VenueId; readonly rate: number; readonly for: Millis }
  /** The venue's clock is `offset` ahead (negative: behind), until told otherwise. */
  | { readonly kind: 'skew'; readonly venue?: VenueId; readonly offset: Millis }
  /** Ends all faults. */
  | { readonly kind: 'reset' }

type Kind = EmulatorFault['kind']
type Of<K extends Kind> = Extract<EmulatorFault, { kind: K }>

/** Number fields that each kind must have. */
const NEEDS: Readonly<Record<Kind, readonly string[]>> = {
  gap: ['count'],
  duplicate: ['count'],
  disorder: ['count'],
  absurd: ['count'],
  silence: ['for'],
  disconnect: [],
  shutdown: [],
  refuse: ['for'],
  malformed: ['count'],
  'refuse-market': [],
  slow: ['delay', 'for'],
  flood: ['rate', 'for'],
  skew: ['offset'],
  reset: [],
}

/** Checks what came over a wire. Throws one sentence that names the field and what it takes. */
export function checkFault(value: unknown): EmulatorFault {
  const fault = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const needs = Object.hasOwn(NEEDS, String(fault['kind'])) ? NEEDS[fault['kind'] as Kind] : undefined
  if (needs === undefined) throw new Error(`kind must be one of ${Object.keys(NEEDS).join(', ')}.`)
  for (const name of needs) {
    if (typeof fault[name] !== 'number' || !Number.isFinite(fault[name])) {
      throw new Error(`${String(fault['kind'])} needs the number '${name}'.`)
    }
  }
  const { venue, shape, market } = fault
  if (venue !== undefined && !PLACES.some((known) => known === venue))
    throw new Error(`venue must be one of ${PLACES.join(', ')}.`)
  if (fault['kind'] === 'malformed' && !MALFORMED_SHAPES.some((known) => known === shape)) {
    throw new Error(`shape must be one of ${MALFORMED_SHAPES.join(', ')}.`)
  }
  if (fault['kind'] === 'refuse-market' && typeof market !== 'string')
    throw new Error("refuse-market needs the text 'market'.")
  return fault as EmulatorFault
}

export interface Faults {
  /** Starts a fault that lasts. 'disconnect' and 'shutdown' do not last; 'reset' ends the others. */
  start(fault: EmulatorFault): void
  /** The fault of that kind whose count this uses up by one. */
  take<K extends 'gap' | 'duplicate' | 'disorder' | 'absurd' | 'malformed'>(kind: K, target: Target): Of<K> | undefined
  /** The fault of that kind that is going on. */
  holding<K extends 'silence' | 'refuse' | 'refuse-market' | 'slow' | 'flood'>(
    kind: K,
    target: Target,
  ): Of<K> | undefined
  /** How far a venue's clock is ahead. */
  skew(venue: VenueId): Millis
}

interface Active {
  readonly fault: Exclude<EmulatorFault, Of<'reset' | 'skew'>>
  readonly until: Millis
  left: number
}

export function createFaults(now: () => Millis): Faults {
  let active: Active[] = []
  const skews = new Map<VenueId | 'all', Millis>()

  function start(fault: EmulatorFault): void {
    if (fault.kind === 'reset') {
      active = []
      skews.clear()
    } else if (fault.kind === 'skew') {
      if (fault.venue === undefined) skews.clear()
      skews.set(fault.venue ?? 'all', fault.offset)
    } else {
      const until = 'for' in fault && fault.for !== undefined ? now() + fault.for : Number.POSITIVE_INFINITY
      // What strikes trades does not strike books unless it says so.
      const placed =
        'count' in fault && fault.kind !== 'malformed' ? { ...fault, channel: fault.channel ?? 'trade' } : fault
      active.push({ fault: placed, until, left: 'count' in fault ? fault.count : Number.POSITIVE_INFINITY })
    }
  }

  function find(kind: Kind, target: Target): Active | undefined {
    if (active.length === 0) return undefined
    const moment = now()
    active = active.filter((each) => each.left > 0 && each.until > moment)
    return active.find(({ fault }) => fault.kind === kind && strikes(fault, target))
  }

  return {
    start,
    take(kind, target) {
      const found = find(kind, target)
      if (found === undefined) return undefined
      found.left -= 1
      return found.fault as Of<typeof kind>
    },
    holding: (kind, target) => find(kind, target)?.fault as Of<typeof kind> | undefined,
    skew: (venue) => skews.get(venue) ?? skews.get('all') ?? 0,
  }
}

/** Does it strike there? A fault that names a market does not strike what is about no market in particular. */
function strikes(fault: Target, target: Target): boolean {
  return (
    (fault.venue === undefined || fault.venue === target.venue) &&
    (fault.market === undefined || fault.market === target.market) &&
    (fault.channel === undefined || fault.channel === target.channel)
  )
}
