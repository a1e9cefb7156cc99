import { performance } from 'node:perf_hooks'
import type { Finding } from '../../shared/doctor-findings.ts'
import { DOCTOR_FINDINGS, DOCTOR_STEPS } from '../../shared/doctor-findings.ts'
import type { DoctorStep } from '../../shared/kafka-view.ts'
import { WireError } from '../bus/wire.ts'
import type { Redactor } from '../secrets/redactor.ts'
import type { Address } from './address.ts'
import type { Outcome, Visit } from './visit.ts'
import { wireFinding } from './visit.ts'

/** The eight steps as they stand, told anew at every change. */
export interface Board {
  readonly steps: readonly DoctorStep[]
  /** Runs a step and keeps what it found. Returns what the next one needs; undefined: go no further. */
  run<Next>(
    step: DoctorStep['step'],
    task: () => Promise<Outcome<Next>>,
    talkingTo?: Address,
  ): Promise<Next | undefined>
}

export function createBoard(visit: Visit, redactor: Redactor, onStep: (steps: readonly DoctorStep[]) => void): Board {
  let steps: readonly DoctorStep[] = DOCTOR_STEPS.map((step) => ({ step, state: 'waiting' }))
  const put = (next: DoctorStep) => {
    steps = steps.map((each) => (each.step === next.step ? next : each))
    onStep(steps)
  }
  return {
    get steps() {
      return steps
    },
    async run(step, task, talkingTo) {
      if (visit.signal.aborted) return undefined
      const began = performance.now()
      put({ step, state: 'running' })
      const outcome = await attempt(visit, task, talkingTo)
      if (visit.signal.aborted || outcome === undefined) {
        put({ step, state: 'waiting' })
        return undefined
      }
      const { finding, table, next } = outcome
      put({
        step,
        state: DOCTOR_FINDINGS[finding.code].state,
        ms: Math.round(performance.now() - began),
        finding: redact(finding, redactor),
        ...(table === undefined ? {} : { table: redactor.value(table) }),
      })
      return next
    },
  }
}

/** undefined: ended by the visit's signal. */
async function attempt<Next>(
  { signal, limits }: Visit,
  task: () => Promise<Outcome<Next>>,
  talkingTo: Address | undefined,
): Promise<Outcome<Next> | undefined> {
  try {
    return await task()
  } catch (error) {
    if (signal.aborted) return undefined
    if (error instanceof WireError && talkingTo) return { finding: wireFinding(error, talkingTo, limits) }
    throw error
  }
}

function redact({ code, values }: Finding, redactor: Redactor): Finding {
  return { code, values: Object.fromEntries(Object.entries(values).map(([name, text]) => [name, redactor.text(text)])) }
}
