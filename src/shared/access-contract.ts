/** The part of the contract about the keys of venues that want some. They go in and never come back. */

import { z } from 'zod'
import type { Contract } from './bridge.ts'
import { command } from './contract-makers.ts'
import type { VenueId } from './market.ts'

/** One secret of a venue's account: whether it is there, and how. */
export interface VenueSecret {
  readonly venue: VenueId
  /** Live and paper accounts of a venue have keys of their own: 'kis.live', 'kis.paper'. */
  readonly account: string
  readonly name: string
  /** 'environment': set there, and cannot be changed here. */
  readonly state: 'none' | 'encrypted' | 'this-run' | 'environment'
}

export const accessContract = {
  /** Which secrets there are, of all accounts. */
  'venue.secret.state': command(z.strictObject({})).returns<readonly VenueSecret[]>(),
  /** Keeps one with the host, or forgets it where the value is empty, and tries the venue with it. */
  'venue.secret.set': command(
    z.strictObject({
      account: z.string().max(40),
      name: z.string().max(40),
      value: z
        .string()
        .max(1_000, 'is longer than any key')
        .regex(/^[\x21-\x7e]*$/, 'must have no spaces in it'),
    }),
  ).returns<readonly VenueSecret[]>(),
} satisfies Contract
