import { FaultError } from '../../shared/faults.ts'
import { toDiskFault } from '../store/export/disk-fault.ts'

/** What was thrown while a file was written: as the disk's trouble where it is that; our bug comes back as it is. */
export function toTrouble(error: unknown, file: string): unknown {
  if (error instanceof FaultError) return error
  const { code, message } = toDiskFault(error, file)
  return code === 'internal' ? error : new FaultError(code, message)
}
