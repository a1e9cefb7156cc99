import { useTranslation } from 'react-i18next'
import type { InstrumentKey } from '../../../shared/market.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NEWS_FEEDS } from './export-draft.ts'
import styles from './ExportDialog.module.css'

export interface FeedPickerProps {
  readonly chosen: readonly InstrumentKey[]
  readonly disabled: boolean
  readonly onChange: (chosen: readonly InstrumentKey[]) => void
}

/** The feeds whose news is exported. */
export function FeedPicker({ chosen, disabled, onChange }: FeedPickerProps) {
  const { t } = useTranslation('news')
  return (
    <div className={styles['checks']}>
      {NEWS_FEEDS.map(({ feed, key }) => (
        <Checkbox
          key={key}
          label={t(`feed.${feed}`)}
          checked={chosen.includes(key)}
          disabled={disabled}
          onChange={(on) => onChange(on ? [...chosen, key] : chosen.filter((each) => each !== key))}
        />
      ))}
    </div>
  )
}
