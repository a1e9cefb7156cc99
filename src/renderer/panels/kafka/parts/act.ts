import { showFault } from '../../../ui/show-fault.ts'

/** Runs what a button asks for; what goes wrong is told in a notice that stays. True where it went well. */
export async function act(id: string, job: () => Promise<void>): Promise<boolean> {
  try {
    await job()
    return true
  } catch (error) {
    showFault(id, error)
    return false
  }
}
