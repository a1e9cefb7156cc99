import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Millis } from '../../../shared/market.ts'

/** Removes downloads that nobody has written to since `before`: those of earlier runs, and what a killed one left half done. */
export async function sweepDownloads(folder: string, before: Millis): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    if ((await newest(path)) < before) await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

/** When a download, or anything in it, last changed; Infinity where that cannot be told. */
async function newest(path: string): Promise<Millis> {
  try {
    const inside = await readdir(path, { withFileTypes: true }).catch(() => [])
    const times = [path, ...inside.map((entry) => join(path, entry.name))].map(
      async (each) => (await stat(each)).mtimeMs,
    )
    return Math.max(...(await Promise.all(times)))
  } catch {
    return Infinity
  }
}
