/** A fault in the user's language: what happened, and what to do. */

import type { TFunction } from 'i18next'
import type { Fault } from '../../shared/faults.ts'
import { i18n } from '../i18n/index.ts'

export interface FaultText {
  readonly what: string
  readonly cure: string
}

/** Our own sentences for a fault's code. */
export function faultText(t: TFunction<'faults'>, fault: Fault): FaultText {
  return { what: t(`${fault.code}.what`), cure: t(`${fault.code}.cure`) }
}

/**
 * A fault where there is room for one line. The engine's own sentence names the thing concerned, and is in English: in another
 * language it stands behind ours.
 */
export function faultLine(fault: Fault): string {
  if (i18n.language === 'en') return fault.message
  return `${faultText(i18n.getFixedT(null, 'faults'), fault).what} (${fault.message})`
}

/** A fault for whoever points at what it concerns: both our sentences, and below them the engine's own. */
export function faultTitle(t: TFunction<'faults'>, fault: Fault): string {
  const { what, cure } = faultText(t, fault)
  return `${what} ${cure}\n${fault.message}`
}
