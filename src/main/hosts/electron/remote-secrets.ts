import type { SecretStore } from '../../secrets/secret-store.ts'
import type { AskMain } from './main-asker.ts'

/** The system's key store as the engine sees it: main seals, opens and keeps; `names` are those that it has at the start. */
export function createRemoteSecrets(ask: AskMain, names: readonly string[]): SecretStore {
  const known = new Set(names)
  return {
    available: () => 'encrypted',
    async set(name, value) {
      await ask({ ask: 'secret.set', name, ...(value === undefined ? {} : { value }) })
      if (value === undefined) known.delete(name)
      else known.add(name)
      return 'encrypted'
    },
    async get(name) {
      if (!known.has(name)) return undefined
      const value = await ask({ ask: 'secret.get', name })
      return typeof value === 'string' ? value : undefined
    },
    has: (name) => known.has(name),
  }
}
