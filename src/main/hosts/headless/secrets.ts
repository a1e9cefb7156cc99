import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FaultError } from '../../../shared/faults.ts'
import { createMemorySecrets } from '../../secrets/memory-secrets.ts'
import type { SealedFile } from '../../secrets/sealed-file.ts'
import { createSealedFile, open, seal, sealedFileSchema, unlock } from '../../secrets/sealed-file.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { writeWhole } from '../../settings-file.ts'

const NAME = 'secrets.json'

/**
 * Secrets where there is no system key store: in secrets.json of the data folder (mode 0600), sealed under
 * TAPEDECK_PASSPHRASE. Without a passphrase they live for this run only. A file that cannot be opened (another
 * passphrase, damaged, a newer version) is left exactly as it is: what needs it fails with one sentence.
 */
export async function openHeadlessSecrets(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<SecretStore & { readonly problem: string | undefined }> {
  const path = join(folder, NAME)
  const passphrase = environment['TAPEDECK_PASSPHRASE'] ?? ''
  const found = await readSealed(path)
  if (passphrase === '') return withoutPassphrase(path, found)

  let file = found === 'unreadable' ? undefined : found
  let key = file && (await unlock(file, passphrase))
  const problem =
    found === 'unreadable'
      ? `${path} cannot be read. Restore it from a copy, or move it away and enter the secrets again.`
      : file && !key
        ? `TAPEDECK_PASSPHRASE is not the one that ${path} was made with. Start with that one, or move the file away and enter the secrets again.`
        : undefined
  const check = () => {
    if (problem !== undefined) throw new FaultError('bad-setting', problem)
  }
  let writing: Promise<unknown> = Promise.resolve()

  return {
    problem,
    available: () => 'encrypted',
    set(name, value) {
      const run = writing.then(async () => {
        check()
        if (!file || !key) ({ file, key } = await createSealedFile(passphrase))
        const { [name]: _old, ...others } = file.secrets
        const secrets = value === undefined ? others : { ...others, [name]: seal(key, name, value) }
        const next: SealedFile = { ...file, secrets }
        await writeWhole(path, `${JSON.stringify(next, null, 2)}\n`)
        file = next
        return 'encrypted' as const
      })
      writing = run.catch(() => undefined)
      return run
    },
    async get(name) {
      await writing
      check()
      const sealed = file?.secrets[name]
      if (!sealed || !key) return undefined
      const text = open(key, name, sealed)
      if (text === undefined)
        throw new FaultError('bad-setting', `The secret "${name}" in ${path} was changed by hand. Enter it again.`)
      return text
    },
    has: (name) => file !== undefined && Object.hasOwn(file.secrets, name),
  }
}

function withoutPassphrase(
  path: string,
  found: SealedFile | 'unreadable' | undefined,
): SecretStore & { readonly problem: string | undefined } {
  const memory = createMemorySecrets()
  const sealed = (name: string) => typeof found === 'object' && Object.hasOwn(found.secrets, name)
  const problem =
    found === undefined
      ? undefined
      : `The secrets in ${path} stay locked: start with TAPEDECK_PASSPHRASE set to use them. New ones are kept for this run only.`
  return {
    ...memory,
    problem,
    async get(name) {
      if (problem !== undefined && !memory.has(name) && sealed(name)) throw new FaultError('bad-setting', problem)
      return memory.get(name)
    },
    has: (name) => memory.has(name) || sealed(name),
  }
}

async function readSealed(path: string): Promise<SealedFile | 'unreadable' | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unreadable'
  }
  try {
    return sealedFileSchema.parse(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}
