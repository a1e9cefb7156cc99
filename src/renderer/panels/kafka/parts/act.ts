import { toFault } from '../../../../shared/faults.ts'
import { showToast } from '../../../ui/toasts.ts'

/** Runs what a button asks for; what goes wrong is told in a notice that stays. True where it went well. */
export async function act(id: string, job: () => Promise<void>): Promise<boolean> {
  try {
    await job()
    return true
  } catch (error) {
    showToast({ id, tone: 'fault', title: toFault(error).message })
    return false
  }
}
