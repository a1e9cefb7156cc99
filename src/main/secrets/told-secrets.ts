import type { Redactor } from './redactor.ts'
import type { SecretStore } from './secret-store.ts'

/** The same secrets; the redactor learns each one that is read or set, before anyone can write it anywhere. */
export function tellSecrets(store: SecretStore, redactor: Redactor): SecretStore {
  return {
    available: () => store.available(),
    has: (name) => store.has(name),
    set(name, value) {
      redactor.add(value)
      return store.set(name, value)
    },
    async get(name) {
      const value = await store.get(name)
      redactor.add(value)
      return value
    },
  }
}
