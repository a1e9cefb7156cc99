import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import type { GrantKeep } from './access.ts'

/** Grants in a file that only its owner may read. A file that cannot be read is as good as none: what it held is asked for anew. */
export function createGrantFile(file: string): GrantKeep {
  let read: Promise<Record<string, string>> | undefined
  let written: Promise<unknown> = Promise.resolve()
  const kept = () => (read ??= readGrants(file))
  const write = async (grants: Record<string, string>) => {
    const next = `${file}.next`
    await writeFile(next, JSON.stringify(grants), { mode: 0o600 })
    await chmod(next, 0o600) // the mode above holds for a new file only
    await rename(next, file)
  }
  return {
    get: async (name) => (await kept())[name],
    async set(name, value) {
      const grants = await kept()
      if (value === undefined) delete grants[name]
      else grants[name] = value
      written = written.catch(() => undefined).then(() => write(grants))
      await written
    },
  }
}

async function readGrants(file: string): Promise<Record<string, string>> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as unknown
    if (typeof value !== 'object' || value === null) return {}
    const entries: readonly [string, unknown][] = Object.entries(value)
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}
