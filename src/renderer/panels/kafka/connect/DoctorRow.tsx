import { Check, Minus, OctagonAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { REACH } from '../../../../shared/doctor-findings.ts'
import type { DoctorStep } from '../../../../shared/kafka-view.ts'
import { classes } from '../../../ui/classes.ts'
import { ICON } from '../../../ui/icons.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { CopyText } from '../parts/CopyText.tsx'
import styles from './Connect.module.css'
import type { FindingText } from './finding-text.ts'
import { findingText } from './finding-text.ts'

export interface DoctorRowProps {
  readonly number: number
  readonly step: DoctorStep
  /** Number of the step that failed: later ones wait for it. */
  readonly failed: number | undefined
  readonly begun: boolean
}

/** One step: mark, number, name, what was found, how long it took. The failing one opens. */
export function DoctorRow({ number, step, failed, begun }: DoctorRowProps) {
  const { t } = useTranslation(['doctor', 'kafka'])
  const format = useFormat()
  const found = findingText(useTranslation('doctor').t, step.finding)
  const isFailed = step.state === 'failed'
  const waits = step.state === 'waiting' || (step.state === 'skipped' && !found)
  const text =
    found?.what ??
    (step.state === 'running'
      ? t('doctor:running')
      : waits && failed !== undefined
        ? t('doctor:waits', { number: failed })
        : waits && begun
          ? t('kafka:connect.waits')
          : '')
  return (
    <li className={classes(styles['step'], isFailed && styles['failed'], waits && styles['waits'])}>
      <Mark state={step.state} found={found !== undefined} />
      <span className={styles['number']}>{number}</span>
      <b>{t(`doctor:steps.${step.step}`)}</b>
      <span className={styles['found']} title={isFailed ? undefined : text}>
        {text}
      </span>
      <span className={styles['ms']}>{step.ms === undefined ? '' : format.delay(step.ms)}</span>
      {isFailed && <Cure step={step} found={found} />}
    </li>
  )
}

function Mark({ state, found }: { readonly state: DoctorStep['state']; readonly found: boolean }) {
  const { t } = useTranslation('kafka')
  const label = t(`connect.stepState.${state}`)
  if (state === 'ok') return <Check {...ICON} aria-hidden={false} aria-label={label} className={styles['ok']} />
  if (state === 'failed')
    return <OctagonAlert {...ICON} aria-hidden={false} aria-label={label} className={styles['bad']} />
  if (state === 'running') return <Spinner label={label} />
  if (found) return <Minus {...ICON} aria-hidden={false} aria-label={label} className={styles['number']} />
  return <StateMark mark="off" label={label} />
}

/** What to do: the table that shows it, the cure in words, and as text to copy. */
function Cure({ step, found }: { readonly step: DoctorStep; readonly found: FindingText | undefined }) {
  const { t } = useTranslation(['doctor', 'kafka'])
  if (!found?.cure && !step.table) return null
  return (
    <div className={styles['cure']}>
      {step.table && step.table.length > 0 && <ReachTable rows={step.table} />}
      {found?.cure && (
        <>
          <h4>{t('doctor:cure')}</h4>
          <p>{found.cure}</p>
        </>
      )}
      {found?.copy && <CopyText text={found.copy} file={found.file} />}
      {found?.hosts && (
        <>
          <p>{t('doctor:hosts')}</p>
          <CopyText text={found.hosts} />
        </>
      )}
    </div>
  )
}

/** Broker by broker: the address that was written, the one it advertises, and whether that can be used from here. */
function ReachTable({ rows }: { readonly rows: readonly (readonly string[])[] }) {
  const { t } = useTranslation('doctor')
  return (
    <table className={styles['reach']}>
      <colgroup>
        <col style={{ width: 56 }} />
        <col />
        <col />
        <col style={{ width: 112 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('table.broker')}</th>
          <th scope="col">{t('table.written')}</th>
          <th scope="col">{t('table.advertised')}</th>
          <th scope="col">{t('table.reach')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([broker, written, advertised, told]) => {
          const reach = REACH.find((each) => each === told)
          const good = reach === 'yes'
          return (
            <tr key={broker}>
              <td>{broker}</td>
              <td title={written}>
                <code>{written}</code>
              </td>
              <td title={advertised} className={good ? undefined : styles['bad']}>
                <code>{advertised}</code>
              </td>
              <td className={good ? styles['ok'] : styles['bad']}>{reach ? t(`reach.${reach}`) : told}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
