import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../settings-file.ts'
import { PLAIN_FILES } from './databases.ts'
import { NO_HOOKS } from './hooks.ts'
import { inspectFile } from './inspect.ts'
import type { FileFacts } from './manifest.ts'

/** Copies the files that belong to the data beside the databases, for the user alone. */
export async function copyPlainFiles(folder: string, target: string): Promise<FileFacts[]> {
  const copied: FileFacts[] = []
  for (const name of PLAIN_FILES) {
    if (!existsSync(join(folder, name))) continue
    const text = await readFile(join(folder, name), 'utf8')
    const kept = name === 'settings.json' ? withoutCredentials(text) : text
    if (kept === undefined) continue
    await writeWhole(join(target, name), kept)
    copied.push(await inspectFile(join(target, name), NO_HOOKS))
  }
  return copied
}

/**
 * Settings as they may leave the folder. They hold no secret but one: a proxy's address may carry a user and a password.
 * Undefined where the text is no JSON: nobody can tell what is in it.
 */
export function withoutCredentials(text: string): string | undefined {
  try {
    const settings = JSON.parse(text) as { proxy?: unknown }
    const { proxy } = settings
    if (typeof proxy !== 'string' || !proxy.includes('@')) return text
    return `${JSON.stringify({ ...settings, proxy: proxy.replace(/\/\/.*@/, '//') }, null, 2)}\n`
  } catch {
    return undefined
  }
}
