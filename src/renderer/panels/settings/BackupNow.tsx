import { Archive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../shared/backup-contract.ts'
import { session } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { formatShare } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { showFault } from '../../ui/show-fault.ts'
import styles from './Backup.module.css'

const ask = (name: 'backup.start' | 'backup.cancel') => {
  session.call(name, {}).catch((error: unknown) => showFault('backup', error))
}

/** Makes one now; beside it how far it is, or why the last one failed. Nothing below it moves. */
export function BackupNow({ view }: { readonly view: BackupView | undefined }) {
  const { t } = useTranslation('backup')
  const running = view?.running
  return (
    <div className={styles['now']}>
      {/* It keeps the focus while it can do nothing: a second press must not fall on another button. */}
      <Button
        disabled={!view}
        aria-disabled={running !== undefined}
        icon={<Archive {...SMALL_ICON} />}
        onClick={() => !running && ask('backup.start')}
      >
        {t('now')}
      </Button>
      {running && (
        <>
          <ProgressBar label={t(`stage.${running.stage}`)} value={running.share} />
          <span className={styles['stage']}>
            {t(`stage.${running.stage}`)} {formatShare(running.share, 0)}
          </span>
          <Button kind="ghost" onClick={() => ask('backup.cancel')}>
            {t('stop')}
          </Button>
        </>
      )}
      {!running && view?.fault && <FieldError id="backup-fault" text={`${t('failed')} ${faultLine(view.fault)}`} />}
    </div>
  )
}
