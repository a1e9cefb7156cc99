import { CircleCheck, Download, OctagonAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ExportProgress } from '../../../shared/export-view.ts'
import { Button } from '../../ui/Button.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { formatBytes } from '../../ui/format.ts'
import { ICON, SMALL_ICON } from '../../ui/icons.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { ExportJob } from './export-job.ts'
import { download } from './export-job.ts'
import styles from './JobBox.module.css'

export interface JobBoxProps {
  readonly job: ExportJob | undefined
  /** Of the file that is being written. */
  readonly name: string | undefined
}

/** How the writing goes, and what came of it. */
export function JobBox({ job, name }: JobBoxProps) {
  const { t } = useTranslation(['export', 'faults'])
  if (!job) return undefined
  const { progress } = job
  const fault = job.fault ?? progress?.fault
  if (fault || progress?.state === 'failed')
    return (
      <div role="alert" className={styles['box']}>
        <div className={styles['line']}>
          <OctagonAlert {...ICON} className={styles['bad']} />
          <b>{t('export:failed')}</b>
        </div>
        <p className={styles['text']}>{fault && faultLine(fault)}</p>
        <p className={styles['dim']}>
          {fault && t(`faults:${fault.code}.cure`)} {t('export:nothingLeft')}
        </p>
      </div>
    )
  if (progress?.state === 'cancelled')
    return (
      <div role="status" className={styles['box']}>
        <b>{t('export:cancelled')}</b>
        <p className={styles['dim']}>{t('export:nothingLeft')}</p>
      </div>
    )
  if (progress?.state === 'done') return <Done progress={progress} />
  return <Writing progress={progress} name={name} />
}

interface WritingProps {
  readonly progress: ExportProgress | undefined
  readonly name: string | undefined
}

function Writing({ progress, name }: WritingProps) {
  const { t } = useTranslation('export')
  const format = useFormat()
  const share = progress && progress.totalRows > 0 ? progress.rows / progress.totalRows : 0
  const left =
    progress && progress.rowsPerSecond > 0
      ? ((progress.totalRows - progress.rows) / progress.rowsPerSecond) * 1_000
      : undefined
  return (
    <div className={styles['box']}>
      <div className={styles['line']}>
        <span className={styles['word']}>{t(progress ? 'writing' : 'preparing')}</span>
        <span className={styles['name']}>{name}</span>
        <b>{Math.floor(share * 100)}%</b>
      </div>
      <ProgressBar size="normal" label={t('writing')} value={share} />
      <div className={styles['figures']}>
        <span>
          {t('progress', { rows: format.count(progress?.rows ?? 0), total: format.count(progress?.totalRows ?? 0) })}
        </span>
        <span>{progress && t('rate', { rate: format.count(progress.rowsPerSecond) })}</span>
        <span>
          {left !== undefined && (left < 1_000 ? t('leftSoon') : t('left', { length: format.duration(left) }))}
        </span>
        <span className={styles['end']}>{t('renamed')}</span>
      </div>
    </div>
  )
}

function Done({ progress }: { readonly progress: ExportProgress }) {
  const { t } = useTranslation('export')
  const format = useFormat()
  return (
    <div role="status" className={styles['box']}>
      <div className={styles['line']}>
        <CircleCheck {...ICON} className={styles['ok']} />
        <b>{t('done')}</b>
        <span className={styles['dim']}>{t('doneText', { rows: format.count(progress.rows) })}</span>
      </div>
      <ul className={styles['files']}>
        {progress.files.map((file) => (
          <li key={file.name}>
            <span className={styles['name']} title={file.name}>
              {file.name}
            </span>
            <span className={styles['dim']}>{formatBytes(file.bytes)}</span>
            <Button
              size="small"
              icon={<Download {...SMALL_ICON} />}
              aria-label={t('downloadOf', { name: file.name })}
              onClick={() => void download(progress.id, file)}
            >
              {t('download')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
