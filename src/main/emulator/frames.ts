/** The emulated stream without sockets: what every topic of every venue says from a start on, as a pure function of its options. */

import { SECOND } from '../../shared/market.ts'
import type { Millis, VenueId } from '../../shared/market.ts'
import { createBoard } from './board.ts'
import { createMarketplace } from './marketplace.ts'
import { createScene } from './scene.ts'
import type { EmulatedVenue } from './venue.ts'
import { EMULATED } from './venues.ts'

export interface FrameOptions {
  readonly seed: number
  readonly start: Millis
  /** Trades a second over all venues together. */
  readonly rate: number
  readonly seconds: number
  /** Default: all that are emulated. */
  readonly venues?: readonly VenueId[]
  /** Leave out topics other than these channels. Default: all. */
  readonly channels?: readonly string[]
}

export interface VenueFrame {
  readonly venue: VenueId
  /** Model time. */
  readonly at: Millis
  readonly frame: string
}

/** All frames in order. The same options give the same frames, byte for byte; the server sends the very same texts. */
export function* frames(options: FrameOptions): Iterable<VenueFrame> {
  const { seed, start, rate, seconds, venues = EMULATED.map((venue) => venue.id), channels } = options
  const chosen = EMULATED.filter((venue) => venues.includes(venue.id))
  const marketplace = createMarketplace({ seed, rate, start, venues: chosen })
  let now = start
  const clock = { at: () => now, skew: () => 0, isRefused: () => false }

  const boards = new Map(chosen.map((venue) => [venue.id, boardOf(venue)]))
  function boardOf(venue: EmulatedVenue) {
    const board = createBoard(createScene(venue, marketplace.markets.get(venue.id) ?? new Map(), clock))
    for (const topic of venue.allTopics()) {
      if (channels === undefined || channels.includes(topic.channel)) board.add(topic)
    }
    return board
  }

  const said: VenueFrame[] = []
  for (const happening of marketplace.until(start + seconds * SECOND)) {
    now = happening.at
    for (const [venue, board] of boards) {
      const emit = (_topic: unknown, frame: string) => said.push({ venue, at: now, frame })
      if (happening.kind === 'tick') board.onTick(happening.at, emit)
      else if (happening.market.venue === venue) board.onTrade(happening.market, happening.trade, emit)
    }
    yield* said.splice(0)
  }
}
