import type { Handlers } from '../shared/bridge.ts'
import type { accessContract, VenueSecret } from '../shared/access-contract.ts'
import { FaultError } from '../shared/faults.ts'
import type { VenueId } from '../shared/market.ts'
import type { Exchange } from './exchanges/exchange.ts'
import type { SecretSource } from './feed/access.ts'
import { secretName } from './feed/access.ts'
import { kisAccountOf } from './kis-account.ts'
import type { SecretStore } from './secrets/secret-store.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Variables of older systems, for the account that KIS_PAPER_TRADING chooses. */
const VARIABLES: Readonly<Record<string, string>> = { 'app-key': 'KIS_APP_KEY', 'app-secret': 'KIS_APP_SECRET' }

/** The keys of all venues that want some: read by the collector, written by pages, seen by nobody. */
export interface VenueSecrets extends SecretSource {
  readonly handlers: Handlers<typeof accessContract>
}

/** `onChange`: a secret of that venue was set or forgotten. */
export function createVenueSecrets(
  store: SecretStore,
  exchanges: readonly Exchange[],
  onChange: (venue: VenueId) => void,
  environment: Environment = {},
): VenueSecrets {
  const all = exchanges.flatMap(({ id, access }) =>
    (access?.secrets ?? []).map((name) => ({ venue: id, account: access?.account ?? '', name })),
  )
  const account = kisAccountOf(environment) === 'paper' ? 'kis.paper' : 'kis.live'
  const given = new Map(
    Object.entries(VARIABLES).flatMap(([name, variable]) => {
      const value = environment[variable]
      return value ? [[secretName(account, name), value] as const] : []
    }),
  )
  const stateOf = (name: string): VenueSecret['state'] => {
    if (given.has(name)) return 'environment'
    return store.has(name) ? store.available() : 'none'
  }
  const state = () => all.map((each) => ({ ...each, state: stateOf(secretName(each.account, each.name)) }))
  return {
    get: async (name) => given.get(name) ?? (await store.get(name)),
    handlers: {
      'venue.secret.state': state,
      async 'venue.secret.set'({ account: of, name, value }) {
        const found = all.find((each) => each.account === of && each.name === name)
        if (found === undefined)
          throw new FaultError('not-found', `There is no key "${name}" of an account "${of}". Reload the page.`)
        const key = secretName(of, name)
        if (given.has(key))
          throw new FaultError('bad-request', `${VARIABLES[name]} is set in the environment: unset it there first.`)
        await store.set(key, value === '' ? undefined : value)
        onChange(found.venue)
        return state()
      },
    },
  }
}
