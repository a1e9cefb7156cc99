import { toFault } from '../../../../shared/faults.ts'
import { i18n } from '../../../i18n/index.ts'
import { faultText } from '../../../ui/fault-text.ts'
import { showToast } from '../../../ui/toasts.ts'

/** Runs what a button asks for; what goes wrong is told in a notice that stays: our sentence, then the thing concerned. True where it went well. */
export async function act(id: string, job: () => Promise<void>): Promise<boolean> {
  try {
    await job()
    return true
  } catch (error) {
    const fault = toFault(error)
    showToast({ id, tone: 'fault', title: faultText(i18n.getFixedT(null, 'faults'), fault).what, text: fault.message })
    return false
  }
}
