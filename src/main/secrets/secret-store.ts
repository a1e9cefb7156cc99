import type { ClusterSecrets } from '../bus/bus.ts'

/** Where secrets are kept: encrypted on this machine, or in memory until Tapedeck ends. */
export type Keeping = 'encrypted' | 'this-run'

/**
 * Secrets by name, as a host can keep them: the headless one in a file under a passphrase, Electron in the system's key
 * store. Secrets are handed over whole and never listed. A store that is locked (wrong passphrase) rejects with a
 * FaultError saying so, and changes nothing.
 */
export interface SecretStore {
  /** How a secret that is set now would be kept. */
  available(): Keeping
  /** undefined forgets it. Returns how it is kept. */
  set(name: string, value: string | undefined): Promise<Keeping>
  get(name: string): Promise<string | undefined>
  has(name: string): boolean
}

const passwordOf = (profile: string) => `kafka:${profile}:password`
const keyPassphraseOf = (profile: string) => `kafka:${profile}:key-passphrase`

/** The secrets of a cluster profile, for one connection. */
export async function readClusterSecrets(store: SecretStore, profile: string): Promise<ClusterSecrets> {
  const [password, keyPassphrase] = await Promise.all([
    store.get(passwordOf(profile)),
    store.get(keyPassphraseOf(profile)),
  ])
  return {
    ...(password === undefined ? {} : { password }),
    ...(keyPassphrase === undefined ? {} : { keyPassphrase }),
  }
}

/** Keeps those that are given; an empty text forgets one. Returns how they are kept. */
export async function keepClusterSecrets(
  store: SecretStore,
  profile: string,
  secrets: ClusterSecrets,
): Promise<Keeping> {
  let kept = store.available()
  const given = [
    [passwordOf(profile), secrets.password],
    [keyPassphraseOf(profile), secrets.keyPassphrase],
  ] as const
  for (const [name, value] of given)
    if (value !== undefined) kept = await store.set(name, value === '' ? undefined : value)
  return kept
}

/** Whether a profile has any secret. */
export function hasClusterSecrets(store: SecretStore, profile: string): boolean {
  return store.has(passwordOf(profile)) || store.has(keyPassphraseOf(profile))
}

/** Forgets all that belongs to a profile, when it is deleted. */
export async function forgetClusterSecrets(store: SecretStore, profile: string): Promise<void> {
  for (const name of [passwordOf(profile), keyPassphraseOf(profile)]) await store.set(name, undefined)
}
