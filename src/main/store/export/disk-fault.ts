import { basename, dirname } from 'node:path'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])
const UNWRITABLE =
  /^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|EEXIST|EFBIG|EIO|EMFILE|ENFILE|EBUSY|ENAMETOOLONG|SQLITE_(IOERR.*|CANTOPEN.*|READONLY.*))$/

/** An error of writing a file as the fault it is; what is no trouble with the disk is our bug and says so. */
export function toDiskFault(error: unknown, path: string): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const folder = dirname(path)
  if (FULL.has(code)) return { code: 'disk-full', message: `The disk of ${folder} is full. Free some space.` }
  if (UNWRITABLE.test(code))
    return {
      code: 'disk-failed',
      message: `${basename(path)} could not be written into ${folder} (${code}). Choose another folder.`,
    }
  return toFault(error)
}
