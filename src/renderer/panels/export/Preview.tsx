import { OctagonAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ExportPreview, ExportRequest } from '../../../shared/export-view.ts'
import { exportedFeeds } from '../../../shared/export-view.ts'
import { SECOND } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { formatBytes } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { CompletenessList } from './CompletenessList.tsx'
import styles from './Preview.module.css'
import type { PreviewState } from './use-preview.ts'

const LINES = 6

export interface PreviewProps {
  readonly request: ExportRequest | undefined
  readonly state: PreviewState
}

/** The first lines as they will stand in the file, its size, and how complete the range is. */
export function Preview({ request, state }: PreviewProps) {
  const { t } = useTranslation('export')
  const { preview, fault, loading } = state
  const lines = preview?.lines.slice(0, LINES) ?? []
  return (
    <div className={classes(styles['preview'], (loading || !request) && styles['old'])} aria-busy={loading}>
      <div className={styles['head']}>
        <span className={styles['label']}>{t('firstLines')}</span>
        {request && preview && <Size request={request} preview={preview} />}
      </div>
      <div className={styles['lines']} role="region" aria-label={t('firstLines')} tabIndex={0}>
        {Array.from({ length: LINES }, (_, index) => (
          <div key={index} className={classes(styles['line'], index === 0 && styles['header'])}>
            <span className={styles['number']}>{lines[index] === undefined ? '' : index + 1}</span>
            <span className={styles['text']}>
              {lines[index] ?? (index === 0 && !fault ? t('noPreview') : '')}
              {index === 1 && preview?.rows === 0 && t('noRows')}
            </span>
          </div>
        ))}
      </div>
      {fault && (
        <p className={styles['fault']}>
          <OctagonAlert {...SMALL_ICON} />
          {faultLine(fault)}
        </p>
      )}
      {/* Nobody can say which news was missed. */}
      {(request === undefined || !exportedFeeds(request.kind)) && (
        <>
          <span className={styles['label']}>{t('completeness')}</span>
          <CompletenessList rows={preview?.completeness ?? []} />
        </>
      )}
    </div>
  )
}

function Size({ request, preview }: { readonly request: ExportRequest; readonly preview: ExportPreview }) {
  const { t } = useTranslation('export')
  const format = useFormat()
  const seconds = Math.round((request.to - request.from) / SECOND)
  return (
    <span className={styles['size']}>
      {request.instruments.length * seconds === preview.rows && (
        <>{t('product', { count: request.instruments.length, seconds: format.count(seconds) })} = </>
      )}
      <b>{format.count(preview.rows)}</b> {t('rows')} · <b>{formatBytes(preview.bytes)}</b>
    </span>
  )
}
