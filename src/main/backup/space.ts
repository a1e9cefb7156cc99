import { join } from 'node:path'
import { FaultError } from '../../shared/faults.ts'
import { freeBytes } from '../journal/sqlite/ballast.ts'

/** What is left for those who write while a copy is made: write-ahead logs grow meanwhile. */
const SPARE = 64 * 1024 * 1024

/** Throws 'backup-room' where a folder's disk has less free than `bytes` and a spare; it says how much is missing. */
export function checkSpace(folder: string, bytes: number, free = freeBytes(join(folder, 'x'))): void {
  const missing = bytes + SPARE - free
  if (missing <= 0) return
  const inMegabytes = (size: number) => `${Math.ceil(size / 1e6).toLocaleString('en')} MB`
  throw new FaultError(
    'backup-room',
    `${folder} needs ${inMegabytes(bytes + SPARE)} and has ${inMegabytes(free)}: ${inMegabytes(missing)} are missing. Free some space there.`,
  )
}
