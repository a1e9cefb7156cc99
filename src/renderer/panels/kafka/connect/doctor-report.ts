/** The doctor's findings as text to hand on. */

import { useTranslation } from 'react-i18next'
import { formatDelay } from '../../../ui/format.ts'
import type { DoctorRun } from './doctor-run.ts'
import { findingText } from './finding-text.ts'

/** A run as lines: each step with its state, finding and time; the cure below the one that failed. */
export function useReport(run: DoctorRun | undefined, name: string): string {
  const { t } = useTranslation(['doctor', 'kafka'])
  const { t: say } = useTranslation('doctor')
  if (!run) return ''
  const lines = run.steps.flatMap((step, index) => {
    const found = findingText(say, step.finding)
    const head = [
      `${index + 1}.`,
      `[${t(`kafka:connect.stepState.${step.state}`)}]`,
      `${t(`doctor:steps.${step.step}`)}:`,
      found?.what ?? '–',
      step.ms === undefined ? '' : `(${formatDelay(step.ms, 'en')})`,
    ]
    const rows = step.table?.map((row) => `     ${row.join('  ')}`) ?? []
    const cure = step.state === 'failed' ? [found?.cure, found?.copy, found?.hosts] : []
    return [
      head.join(' ').trimEnd(),
      ...rows,
      ...cure.filter((text) => text !== undefined).map((text) => `     ${text.replaceAll('\n', '\n     ')}`),
    ]
  })
  return [`Tapedeck · ${name} · ${new Date(run.startedAt).toISOString()}`, ...lines].join('\n')
}
