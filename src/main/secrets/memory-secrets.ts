import type { SecretStore } from './secret-store.ts'

/** Secrets of this run only: nothing is written anywhere. */
export function createMemorySecrets(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    available: () => 'this-run',
    set(name, value) {
      if (value === undefined) secrets.delete(name)
      else secrets.set(name, value)
      return Promise.resolve('this-run')
    },
    get: (name) => Promise.resolve(secrets.get(name)),
    has: (name) => secrets.has(name),
  }
}
