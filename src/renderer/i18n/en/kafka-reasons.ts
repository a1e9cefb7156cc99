import { GROUP_REASONS } from '../../../shared/group-reasons.ts'
import { RECORD_REASONS } from '../../../shared/record-reasons.ts'

/** Why members do not read, and why records could not be read. */
export const reasonsWords = {
  groupReasons: GROUP_REASONS,
  recordReasons: RECORD_REASONS,
}
