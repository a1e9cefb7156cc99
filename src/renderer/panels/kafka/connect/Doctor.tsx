import { CircleCheck, Copy, OctagonAlert, RefreshCw, Square, Stethoscope } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DOCTOR_STEPS } from '../../../../shared/doctor-findings.ts'
import type { DoctorStep } from '../../../../shared/kafka-view.ts'
import { Button } from '../../../ui/Button.tsx'
import { faultText } from '../../../ui/fault-text.ts'
import { ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import shared from '../parts/parts.module.css'
import styles from './Connect.module.css'
import { DoctorRow } from './DoctorRow.tsx'
import type { DoctorRun } from './doctor-run.ts'
import { failedStep, stopDoctor } from './doctor-run.ts'
import { useReport } from './doctor-report.ts'

export interface DoctorProps {
  readonly run: DoctorRun | undefined
  /** Where the run is kept. */
  readonly place: string
  readonly name: string
  readonly readOnly: boolean
  /** Why it cannot run. */
  readonly block: string | undefined
  readonly onRun: () => void
}

/** Tries a profile step by step, and says at which one it fails and what to do. */
export function Doctor({ run, place, name, readOnly, block, onRun }: DoctorProps) {
  const { t } = useTranslation(['doctor', 'kafka'])
  const failed = failedStep(run)
  const report = useReport(run, name)
  return (
    <Panel
      label={t('doctor:title')}
      head={
        <>
          <PanelTitle>{t('doctor:title')}</PanelTitle>
          <Ran run={run} />
        </>
      }
      actions={
        <span className={shared['actions']}>
          {run?.running ? (
            <Button size="small" icon={<Square {...SMALL_ICON} />} onClick={() => stopDoctor(place)}>
              {t('doctor:stop')}
            </Button>
          ) : (
            <BlockableButton size="small" block={block} icon={<RefreshCw {...SMALL_ICON} />} onClick={onRun}>
              {t(run ? 'doctor:again' : 'doctor:run')}
            </BlockableButton>
          )}
        </span>
      }
    >
      <Verdict run={run} readOnly={readOnly} />
      <ol className={styles['steps']} tabIndex={0} aria-label={t('doctor:title')}>
        {DOCTOR_STEPS.map((step, index) => (
          <DoctorRow
            key={step}
            number={index + 1}
            step={run?.steps.find((each) => each.step === step) ?? ({ step, state: 'waiting' } satisfies DoctorStep)}
            failed={failed}
            begun={run !== undefined}
          />
        ))}
      </ol>
      <footer className={styles['foot']}>
        <span className={shared['dim']}>{t('doctor:noPassword')}</span>
        <span className={shared['space']} />
        <Button
          icon={<Copy {...SMALL_ICON} />}
          disabled={!run || run.running}
          onClick={() => void navigator.clipboard.writeText(report)}
        >
          {t('doctor:copyReport')}
        </Button>
      </footer>
    </Panel>
  )
}

function Ran({ run }: { readonly run: DoctorRun | undefined }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  if (!run?.endedAt) return null
  return (
    <span className={styles['ran']}>
      {t('connect.ran', {
        age: format.age(Math.max(0, now - run.endedAt)),
        length: format.delay(run.steps.reduce((sum, step) => sum + (step.ms ?? 0), 0)),
      })}
    </span>
  )
}

/** What came of it, in one line, said aloud when it is known. */
function Verdict({ run, readOnly }: { readonly run: DoctorRun | undefined; readonly readOnly: boolean }) {
  const { t } = useTranslation(['doctor', 'kafka'])
  const { t: sayFault } = useTranslation('faults')
  const failed = failedStep(run)
  const step = failed === undefined ? undefined : run?.steps[failed - 1]
  const fault = run?.fault && faultText(sayFault, run.fault)
  const current = run?.steps.find((each) => each.state === 'running')?.step
  const [icon, title, text] = !run
    ? [
        <Stethoscope key="icon" {...ICON} className={shared['dim']} />,
        t('kafka:connect.notRun'),
        t('kafka:connect.notRunText'),
      ]
    : step
      ? [
          <OctagonAlert key="icon" {...ICON} className={styles['bad']} />,
          t('doctor:failed', { number: failed, step: t(`doctor:steps.${step.step}`) }),
          t(`kafka:connect.meaning.${step.step}`),
        ]
      : fault
        ? [<OctagonAlert key="icon" {...ICON} className={styles['bad']} />, fault.what, run.fault?.message]
        : run.running
          ? [
              <Spinner key="icon" label={t('doctor:running')} />,
              t('doctor:running'),
              current ? t(`doctor:steps.${current}`) : t('kafka:connect.begins'),
            ]
          : [
              <CircleCheck key="icon" {...ICON} className={styles['ok']} />,
              t('kafka:connect.passed'),
              t(readOnly ? 'doctor:passedReadOnly' : 'doctor:passed'),
            ]
  return (
    <div className={styles['verdict']} role="status">
      <h3>
        {icon}
        {title}
      </h3>
      <p>{text}</p>
    </div>
  )
}
