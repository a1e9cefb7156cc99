import { Minus, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Decimal } from '../../../shared/market.ts'
import { formatPrice } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import styles from './Book.module.css'

export interface StepPickerProps {
  /** Finest first. */
  readonly steps: readonly Decimal[]
  readonly step: Decimal
  readonly onChange: (step: Decimal) => void
}

/** In which steps prices are put together: finer, coarser, and which it is now. */
export function StepPicker({ steps, step, onChange }: StepPickerProps) {
  const { t } = useTranslation('market')
  const at = steps.indexOf(step)
  const finer = steps[at - 1]
  const coarser = steps[at + 1]
  return (
    <span role="group" aria-label={t('book.group')} className={styles['steps']}>
      <IconButton
        size="small"
        label={t('book.finer')}
        icon={<Minus {...SMALL_ICON} />}
        disabled={finer === undefined}
        onClick={() => finer !== undefined && onChange(finer)}
      />
      <output title={t('book.group')}>{formatPrice(step)}</output>
      <IconButton
        size="small"
        label={t('book.coarser')}
        icon={<Plus {...SMALL_ICON} />}
        disabled={coarser === undefined}
        onClick={() => coarser !== undefined && onChange(coarser)}
      />
    </span>
  )
}
