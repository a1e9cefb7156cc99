/** The keys of venues, of the engine's test double: held while it runs. */

import type { accessContract, VenueSecret } from '../src/shared/access-contract.ts'
import type { Handlers } from '../src/shared/bridge.ts'

const SECRETS = ['kis.live', 'kis.paper'].flatMap((account) =>
  ['app-key', 'app-secret'].map((name) => ({ venue: 'kis', account, name }) as const),
)

export function fakeAccess(): Handlers<typeof accessContract> {
  const set = new Set<string>()
  const state = (): readonly VenueSecret[] =>
    SECRETS.map((each) => ({ ...each, state: set.has(`${each.account}.${each.name}`) ? 'this-run' : 'none' }))
  return {
    'venue.secret.state': state,
    'venue.secret.set'({ account, name, value }) {
      if (value === '') set.delete(`${account}.${name}`)
      else set.add(`${account}.${name}`)
      return state()
    },
  }
}
