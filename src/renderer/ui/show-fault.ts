import { toFault } from '../../shared/faults.ts'
import { i18n } from '../i18n/index.ts'
import { faultText } from './fault-text.ts'
import { showToast } from './toasts.ts'

/** Tells in a notice that stays what went wrong: our sentence, then the engine's own, which names the thing concerned. */
export function showFault(id: string, error: unknown): void {
  const fault = toFault(error)
  showToast({ id, tone: 'fault', title: faultText(i18n.getFixedT(null, 'faults'), fault).what, text: fault.message })
}
