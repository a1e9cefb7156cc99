import { useTranslation } from 'react-i18next'
import type { ExportedFeed } from '../../../shared/export-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import styles from './ExportDialog.module.css'

export interface FeedPickerProps {
  readonly feeds: readonly ExportedFeed[]
  readonly chosen: readonly InstrumentKey[]
  readonly disabled: boolean
  readonly onChange: (chosen: readonly InstrumentKey[]) => void
}

/** The feeds whose news or values are exported. */
export function FeedPicker({ feeds, chosen, disabled, onChange }: FeedPickerProps) {
  const { t } = useTranslation('news')
  return (
    <div className={styles['checks']}>
      {feeds.map(({ feed, key }) => (
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
