/** How often a data folder was restored: after each time its journal gives offsets anew that it had given before. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'restores'

/** 0 where it never was, or where the file says nothing that can be read. */
export function countRestores(folder: string): number {
  const path = join(folder, FILE)
  const count = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  return Number.isSafeInteger(count) && count > 0 ? count : 0
}

export function noteRestore(folder: string): void {
  writeFileSync(join(folder, FILE), `${countRestores(folder) + 1}\n`, { mode: 0o600 })
}
