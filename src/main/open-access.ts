import { join } from 'node:path'
import type { VenueId } from '../shared/market.ts'
import type { Exchange } from './exchanges/exchange.ts'
import { createGrantFile } from './feed/access-file.ts'
import type { GrantKeep, SecretSource } from './feed/access.ts'
import type { SecretStore } from './secrets/secret-store.ts'
import type { VenueSecrets } from './venue-secrets.ts'
import { createVenueSecrets } from './venue-secrets.ts'

/** The demo's venues take any key; the real ones are never sent to them. */
const DEMO_SECRETS: SecretSource = { get: () => Promise.resolve('demo') }

/** The keys of venues as the engine holds them: what the collector reads and keeps, and what pages may ask. */
export function openAccess(options: {
  readonly folder: string
  readonly demo: boolean
  readonly exchanges: readonly Exchange[]
  readonly alternatives?: Readonly<Partial<Record<VenueId, Readonly<Record<string, Exchange>>>>>
  readonly hostSecrets: SecretStore
  readonly onChange: (venue: VenueId) => void
}): { readonly secrets: SecretSource; readonly keep: GrantKeep; readonly handlers: VenueSecrets['handlers'] } {
  const { demo } = options
  const all = options.exchanges.flatMap((each) => [each, ...Object.values(options.alternatives?.[each.id] ?? {})])
  const secrets = createVenueSecrets(options.hostSecrets, all, options.onChange, demo ? {} : process.env)
  return {
    secrets: demo ? DEMO_SECRETS : secrets,
    // Grants are worth as much as keys for a day: sealed with them where the host can seal.
    keep:
      !demo && options.hostSecrets.available() === 'encrypted'
        ? options.hostSecrets
        : createGrantFile(join(options.folder, 'access.json')),
    handlers: secrets.handlers,
  }
}
