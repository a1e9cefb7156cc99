/** A fault in the user's language: what happened, and what to do. */

import type { TFunction } from 'i18next'
import type { Fault } from '../../shared/faults.ts'

export interface FaultText {
  readonly what: string
  readonly cure: string
}

/** Our own sentences for a fault's code. */
export function faultText(t: TFunction<'faults'>, fault: Fault): FaultText {
  return { what: t(`${fault.code}.what`), cure: t(`${fault.code}.cure`) }
}
