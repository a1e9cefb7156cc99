/** The engine's reasons in the user's language. */

import type { TFunction } from 'i18next'
import type { GroupReason } from '../../../../shared/group-reasons.ts'
import type { RecordReason } from '../../../../shared/record-reasons.ts'
import { faultText } from '../../../ui/fault-text.ts'

/** That a reason comes with the values of its sentence is checked where it is made. */
type Say = (key: string, values: Readonly<Record<string, string>>) => string

/** Why a member does not read. What a cluster or a library said of a trouble stands behind our own words for it. */
export function groupReasonText(t: TFunction<'kafka'>, sayFault: TFunction<'faults'>, reason: GroupReason): string {
  if (reason.code === 'trouble') return `${faultText(sayFault, reason.fault).what} ${reason.fault.message}`
  return (t as Say)(`groupReasons.${reason.code}`, reason.values ?? {})
}

/** Why a record could not be read. */
export function recordReasonText(t: TFunction<'kafka'>, { code, values }: RecordReason): string {
  return (t as Say)(`recordReasons.${code}`, values)
}
