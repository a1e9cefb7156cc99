import { useTranslation } from 'react-i18next'
import type { BackupRow } from '../../../shared/backup-contract.ts'
import { session } from '../../bridge/session.ts'
import { NOT_GIVEN } from '../../ui/format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { ConfirmDialog } from '../kafka/parts/ConfirmDialog.tsx'

/** Asks before a backup takes the place of what is stored. */
export function RestoreDialog({ row, onClose }: { readonly row: BackupRow; readonly onClose: () => void }) {
  const { t } = useTranslation('backup')
  const format = useFormat()
  const at = row.at === undefined ? NOT_GIVEN : `${format.dateTime(row.at)} ${format.zoneName(row.at)}`
  return (
    <ConfirmDialog
      title={t('restoreTitle')}
      label={t('restoreConfirm')}
      onConfirm={() => session.call('backup.restore', { name: row.name })}
      onClose={onClose}
    >
      <p>{t('restoreAsk', { at, rows: format.count(row.rows ?? 0) })}</p>
    </ConfirmDialog>
  )
}
