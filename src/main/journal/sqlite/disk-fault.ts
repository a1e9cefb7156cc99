/** What SQLite says about the disk, as a fault. */

import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Fault } from '../../../shared/faults.ts'
import { freeBytes, isNoSpace } from './ballast.ts'

export interface DiskFault extends Fault {
  readonly code: 'disk-full' | 'disk-failed'
}

/** Less than this and an I/O error is taken for a full disk: SQLite says IOERR where it cannot extend its shared memory. */
const NEARLY_NOTHING = 256 * 1024

/** The fault that an error of a write tells of; without an error, a full disk. Throws what is no trouble of the disk. */
export function toDiskFault(error: unknown, file: string): DiskFault {
  const folder = dirname(file)
  if (error === undefined || isFull(error, file))
    return {
      code: 'disk-full',
      message: `The disk of ${folder} is full. Free some space; writing resumes by itself.`,
    }
  if (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_IOERR') || error.code === 'SQLITE_READONLY')
  )
    return {
      code: 'disk-failed',
      message: `The disk of ${folder} cannot be written (${error.code}). Check the disk and its permissions; writing is tried again every second.`,
    }
  throw error
}

function isFull(error: unknown, file: string): boolean {
  if (error instanceof Database.SqliteError)
    return error.code === 'SQLITE_FULL' || (error.code.startsWith('SQLITE_IOERR') && freeBytes(file) < NEARLY_NOTHING)
  return isNoSpace(error)
}
