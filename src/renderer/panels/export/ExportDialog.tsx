import { Download, Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useMode } from '../../bridge/health-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ICON, SMALL_ICON } from '../../ui/icons.ts'
import type { ExportDraft } from './export-draft.ts'
import { checkDraft } from './export-draft.ts'
import { cancelExport, clearJob, isRunning, jobStore, startExport } from './export-job.ts'
import styles from './ExportDialog.module.css'
import { ExportForm } from './ExportForm.tsx'
import { JobBox } from './JobBox.tsx'
import { Preview } from './Preview.tsx'
import { usePreview } from './use-preview.ts'

export interface ExportDialogProps {
  readonly draft: ExportDraft
  readonly onChange: (draft: ExportDraft) => void
  /** Of a running job: it goes on in the background. */
  readonly onClose: () => void
}

/** Choices at the left, their consequences at the right. The choices are locked while a file is written. */
export function ExportDialog({ draft, onChange, onClose }: ExportDialogProps) {
  const { t } = useTranslation(['export', 'shell'])
  const demo = useMode()?.mode === 'demo'
  const job = useStore(jobStore, (state) => state.job)
  const checked = checkDraft(draft)
  const running = isRunning(job)
  const request = 'request' in checked ? checked.request : undefined
  const preview = usePreview(request)
  const start = () => {
    if (request) void startExport(request)
  }
  return (
    <Dialog
      width={1096}
      icon={<Download {...ICON} />}
      title={
        <>
          {t('export:title')}
          {demo && (
            <Chip tone="mode" size="small">
              {t('shell:demo')}
            </Chip>
          )}
        </>
      }
      onClose={onClose}
      footer={
        <>
          {demo && (
            <span className={styles['note']}>
              <Info {...SMALL_ICON} />
              {t('export:demoNote')}
            </span>
          )}
          <span className={styles['space']} />
          {running ? (
            <>
              <Button onClick={() => void cancelExport()}>{t('export:cancel')}</Button>
              <Button kind="primary" className={styles['main']} onClick={onClose}>
                {t('export:background')}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={onClose}>{t('shell:close')}</Button>
              <Button kind="primary" className={styles['main']} disabled={!request} onClick={start}>
                {t(
                  job?.fault || job?.progress?.state === 'failed'
                    ? 'shell:retry'
                    : job
                      ? 'export:again'
                      : 'export:start',
                )}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className={styles['columns']}>
        <ExportForm
          draft={draft}
          checked={checked}
          locked={running}
          onChange={(next) => {
            clearJob()
            onChange(next)
          }}
        />
        <div className={styles['consequences']}>
          <Preview request={request} state={preview} />
          <JobBox job={job} name={preview.preview?.name} />
        </div>
      </div>
    </Dialog>
  )
}
