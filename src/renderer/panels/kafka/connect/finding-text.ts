/** A finding of the doctor in the user's language. */

import type { TFunction } from 'i18next'
import type { FindingCode } from '../../../../shared/doctor-findings.ts'
import { DOCTOR_FINDINGS } from '../../../../shared/doctor-findings.ts'
import type { DoctorStep } from '../../../../shared/kafka-view.ts'
import { i18n } from '../../../i18n/index.ts'

export interface FindingText {
  readonly what: string
  readonly cure?: string
  /** For the brokers, or for a shell: to copy as it stands. */
  readonly copy?: string
  /** Name of the file that `copy` belongs to. */
  readonly file?: string
  /** Lines for this machine's hosts file. */
  readonly hosts?: string
}

/** What is copied for these goes into the brokers' own file; for all others it is a command. */
const SERVER_PROPERTIES = /^advertised\.listeners=/

const isKnown = (code: string): code is FindingCode => Object.hasOwn(DOCTOR_FINDINGS, code)

/** Undefined where the step has found nothing yet. */
export function findingText(t: TFunction<'doctor'>, finding: DoctorStep['finding']): FindingText | undefined {
  if (!finding) return undefined
  const { code, values } = finding
  if (!isKnown(code)) return { what: code }
  // That a finding comes with the values of its sentence is checked where it is made (toFinding), not again here.
  const say = t as (key: string, values: Readonly<Record<string, string>>) => string
  const cure = `findings.${code}.cure`
  const { copy = '', hosts = '' } = values
  return {
    what: say(`findings.${code}.what`, values),
    ...(i18n.exists(cure, { ns: 'doctor' }) ? { cure: say(cure, values) } : {}),
    ...(copy === '' ? {} : { copy }),
    ...(SERVER_PROPERTIES.test(copy) ? { file: 'server.properties' } : {}),
    ...(hosts === '' ? {} : { hosts }),
  }
}
