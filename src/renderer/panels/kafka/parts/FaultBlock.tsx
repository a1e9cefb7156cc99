import { OctagonAlert, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../../../../shared/faults.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { faultText } from '../../../ui/fault-text.ts'
import { BLOCK_ICON, SMALL_ICON } from '../../../ui/icons.ts'
import styles from './parts.module.css'

/** What a panel shows in place of its content: what happened, what to do, and below what the engine said of it. */
export function FaultBlock({ fault, onRetry }: { readonly fault: Fault; readonly onRetry?: () => void }) {
  const { t } = useTranslation(['faults', 'shell'])
  const { what, cure } = faultText(t, fault)
  return (
    <EmptyBlock
      tone="bad"
      icon={<OctagonAlert {...BLOCK_ICON} />}
      title={what}
      text={
        <>
          {cure}
          <span className={styles['said']}>{fault.message}</span>
        </>
      }
      actions={
        onRetry && (
          <Button icon={<RefreshCw {...SMALL_ICON} />} onClick={onRetry}>
            {t('shell:retry')}
          </Button>
        )
      }
    />
  )
}
