import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { FaultError } from '../../../shared/faults.ts'
import type { SecretsKept } from '../../../shared/shell-contract.ts'
import { writeWhole } from '../../settings-file.ts'

export const SAFE_SECRETS_FILE = 'secrets.safe.json'

const fileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string().max(200), z.base64()) })
type File = z.infer<typeof fileSchema>

export interface SafeSecretsParts {
  readonly safeStorage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
    Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>
  readonly platform: NodeJS.Platform
  readonly folder: string
  /** TAPEDECK_PASSPHRASE is set: without a key store the engine seals them under it. */
  readonly passphrase?: boolean
}

/** Secrets under the system's key store, in a file of the data folder that holds nothing readable. */
export interface SafeSecrets {
  /** Where those that are set now go: here, or with the engine. */
  readonly where: SecretsKept
  /** What the engine is told of it: no secret. Without a key store nothing is kept here, and `problem` says what to do about it. */
  state(): { readonly encrypted: boolean; readonly names: readonly string[]; readonly problem?: string }
  /** Rejects with 'bad-setting' where the key store does not open it. */
  get(name: string): Promise<string | undefined>
  set(name: string, value: string | undefined): Promise<void>
}

const NO_KEY_STORE =
  'This system has no key store that Tapedeck can use (on Linux: gnome-keyring, KWallet). Passwords are kept for this run only; set TAPEDECK_PASSPHRASE to keep them in a sealed file.'

/** Opens the key store. Needs Electron's app to be ready. Never writes a secret in plain text or under a built-in key. */
export function openSafeSecrets({ safeStorage, platform, folder, passphrase = false }: SafeSecretsParts): SafeSecrets {
  const path = join(folder, SAFE_SECRETS_FILE)
  const backend = platform === 'linux' ? (safeStorage.getSelectedStorageBackend?.() ?? 'unknown') : platform
  // 'basic_text' is a key that is the same on every machine: no protection at all.
  const encrypted = safeStorage.isEncryptionAvailable() && backend !== 'basic_text' && backend !== 'unknown'
  const found = encrypted ? readFile(path) : { version: 1 as const, secrets: {} }
  const damaged = `${path} cannot be read. Restore it from a copy, or move it away and enter the secrets again.`
  let file: File = found === 'unreadable' ? { version: 1, secrets: {} } : found
  let writing: Promise<unknown> = Promise.resolve()
  const check = () => {
    if (!encrypted) throw new FaultError('bad-setting', NO_KEY_STORE)
    if (found === 'unreadable') throw new FaultError('bad-setting', damaged)
  }
  const unkept = passphrase ? undefined : NO_KEY_STORE
  const problem = !encrypted ? unkept : found === 'unreadable' ? damaged : undefined

  return {
    where: encrypted ? { kept: 'key-store', backend } : { kept: passphrase ? 'passphrase' : 'this-run' },
    state: () => ({ encrypted, names: Object.keys(file.secrets), ...(problem === undefined ? {} : { problem }) }),
    async get(name) {
      await writing
      check()
      const sealed = file.secrets[name]
      if (sealed === undefined) return undefined
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
      } catch {
        const where = 'The system’s key store does not open'
        throw new FaultError('bad-setting', `${where} the secret "${name}" (another user or machine?). Enter it again.`)
      }
    },
    set(name, value) {
      const run = writing.then(async () => {
        check()
        const { [name]: _old, ...others } = file.secrets
        const sealed = value === undefined ? undefined : safeStorage.encryptString(value).toString('base64')
        const next: File = { version: 1, secrets: sealed === undefined ? others : { ...others, [name]: sealed } }
        await writeWhole(path, `${JSON.stringify(next, null, 2)}\n`)
        file = next
      })
      writing = run.catch(() => undefined)
      return run
    },
  }
}

function readFile(path: string): File | 'unreadable' {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { version: 1, secrets: {} } : 'unreadable'
  }
  try {
    return fileSchema.parse(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}
