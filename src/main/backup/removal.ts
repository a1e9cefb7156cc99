/** What goes from a folder of backups. Called with its lock held. */

import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { listBackups } from './list.ts'
import { isBackupName, UNFINISHED } from './names.ts'

/** Removes what a killed process left: nobody writes it any more. */
export async function sweepUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(UNFINISHED) && isBackupName(name.slice(0, -UNFINISHED.length)))
      await rm(join(folder, name), { recursive: true, force: true })
}

/**
 * Removes all but the newest `keep` of the good ones, and says which went. The last good one always stays. Damaged ones
 * stay too: they are the user's to judge.
 */
export async function pruneBackups(folder: string, keep: number): Promise<readonly string[]> {
  const good = (await listBackups(folder)).filter(({ state }) => state === 'good')
  const names = good.slice(Math.max(1, keep)).map(({ name }) => name)
  for (const name of names) {
    const removed = join(folder, `${name}${UNFINISHED}`)
    await rename(join(folder, name), removed) // cut off from here on, it is no damaged backup but a removed one
    await rm(removed, { recursive: true, force: true })
  }
  return names
}
