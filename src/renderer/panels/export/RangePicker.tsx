import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { Field, FieldError } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { useNow } from '../../ui/use-now.ts'
import { visibleRange } from '../../ui/visible-range.ts'
import type { Zone } from '../../ui/zone.ts'
import { zoneName } from '../../ui/zone.ts'
import type { DraftField, DraftProblem, ExportDraft } from './export-draft.ts'
import { RANGES, withRange, withZone } from './export-draft.ts'
import styles from './ExportDialog.module.css'

export interface RangePickerProps {
  readonly draft: ExportDraft
  readonly problem: { readonly field: DraftField; readonly problem: DraftProblem } | undefined
  readonly disabled: boolean
  readonly onChange: (draft: ExportDraft) => void
}

/** A range by name or by two instants, on the clock of a zone. */
export function RangePicker({ draft, problem, disabled, onChange }: RangePickerProps) {
  const { t } = useTranslation('export')
  const screen = visibleRange()
  const now = useNow()
  const local = useSettings().zone === 'local' || draft.zone === 'local'
  const zones: readonly Zone[] = local ? ['KST', 'UTC', 'local'] : ['KST', 'UTC']
  const input = (name: 'from' | 'to') => {
    const text = name === 'from' ? 'fromText' : 'toText'
    return (
      <Input
        aria-label={t(name)}
        aria-describedby={problem?.field === name ? 'export-range-error' : undefined}
        invalid={problem?.field === name}
        value={draft[text]}
        disabled={disabled}
        onChange={(event) => onChange({ ...draft, range: 'custom', [text]: event.target.value })}
      />
    )
  }
  return (
    <Field label={t('range')}>
      <div className={styles['line']}>
        <Segmented
          label={t('range')}
          value={draft.range}
          options={RANGES.map((value) => ({
            value,
            label: t(`preset.${value}`),
            ...(value === 'screen' && !screen ? { disabled: true, name: t('noScreen') } : {}),
          }))}
          disabled={disabled}
          onChange={(range) => onChange(withRange(draft, range, now, screen))}
        />
        <span className={styles['space']} />
        <Segmented
          label={t('zone')}
          value={draft.zone}
          options={zones.map((value) => ({ value, label: zoneName(now, value) }))}
          disabled={disabled}
          onChange={(zone) => onChange(withZone(draft, zone))}
        />
      </div>
      <div className={styles['times']}>
        {input('from')}
        <span className={styles['dash']}>–</span>
        {input('to')}
      </div>
      {problem && problem.field !== 'instruments' && <FieldError id="export-range-error" text={t(problem.problem)} />}
    </Field>
  )
}
