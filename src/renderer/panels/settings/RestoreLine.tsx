import { useTranslation } from 'react-i18next'
import type { RestoreOutcome } from '../../../shared/backup-contract.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './Backup.module.css'

/** What the last restore came to. */
export function RestoreLine({ outcome }: { readonly outcome: RestoreOutcome }) {
  const { t } = useTranslation('backup')
  const format = useFormat()
  if (outcome.kind === 'refused')
    return (
      <FieldError id="restore-fault" text={`${t('refused', { name: outcome.name })} ${faultLine(outcome.fault)}`} />
    )
  const { name, rows, sha256, kept } = outcome
  return (
    <p className={styles['restored']} role="status">
      {t('restored', { name, rows: format.count(rows), sha256: sha256.slice(0, 16) })}
      {kept !== undefined && <span> {t('kept', { kept })}</span>}
    </p>
  )
}
