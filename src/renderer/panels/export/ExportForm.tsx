import { Lock } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { EXPORT_KINDS, exportedFeeds } from '../../../shared/export-view.ts'
import { INTERVALS, SECOND } from '../../../shared/market.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { CheckedDraft, ExportDraft } from './export-draft.ts'
import { isPresetOpen, withKind } from './export-draft.ts'
import styles from './ExportDialog.module.css'
import { FeedPicker } from './FeedPicker.tsx'
import { MarketPicker } from './MarketPicker.tsx'
import { RangePicker } from './RangePicker.tsx'

export interface ExportFormProps {
  readonly draft: ExportDraft
  readonly checked: CheckedDraft
  readonly locked: boolean
  readonly onChange: (draft: ExportDraft) => void
}

/** What to export, of which markets, of when, and how it is written. */
export function ExportForm({ draft, checked, locked, onChange }: ExportFormProps) {
  const { t } = useTranslation('export')
  const id = useId()
  const set = (part: Partial<ExportDraft>) => onChange({ ...draft, ...part })
  const feeds = exportedFeeds(draft.kind)
  const problem = 'problem' in checked ? checked : undefined
  return (
    <div className={styles['form']}>
      <Field label={t('what')}>
        <Segmented
          stretch
          label={t('what')}
          value={draft.kind}
          options={EXPORT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          disabled={locked}
          onChange={(kind) => onChange(withKind(draft, kind))}
        />
      </Field>
      <Field
        label={t(feeds ? 'feeds' : 'markets')}
        {...(feeds ? {} : { htmlFor: `${id}-markets` })}
        error={problem?.field === 'instruments' ? t(problem.problem) : undefined}
      >
        {feeds ? (
          <FeedPicker
            feeds={feeds}
            chosen={draft.instruments}
            disabled={locked}
            onChange={(instruments) => set({ instruments })}
          />
        ) : (
          <MarketPicker
            id={`${id}-markets`}
            chosen={draft.instruments}
            disabled={locked}
            onChange={(instruments) => set({ instruments })}
          />
        )}
      </Field>
      <RangePicker draft={draft} problem={problem} disabled={locked} onChange={onChange} />
      <FormatRow draft={draft} locked={locked} set={set} />
      <Options draft={draft} locked={locked} set={set} />
      <span className={styles['locked']}>
        {locked && (
          <>
            <Lock {...SMALL_ICON} />
            {t('locked')}
          </>
        )}
      </span>
    </div>
  )
}

interface PartProps {
  readonly draft: ExportDraft
  readonly locked: boolean
  readonly set: (part: Partial<ExportDraft>) => void
}

const PRESETS = ['tapedeck', 's0'] as const

function FormatRow({ draft, locked, set }: PartProps) {
  const { t } = useTranslation('export')
  const format = useFormat()
  const id = useId()
  return (
    <div className={styles['two']}>
      {draft.kind === 'bars' ? (
        <Field label={t('interval')} htmlFor={`${id}-interval`}>
          <Select
            id={`${id}-interval`}
            value={String(draft.interval)}
            options={INTERVALS.filter((interval) => interval > SECOND).map((interval) => ({
              value: String(interval),
              label: format.duration(interval),
            }))}
            disabled={locked}
            onChange={(interval) => set({ interval: Number(interval) })}
          />
        </Field>
      ) : (
        <Field label={t('format')} htmlFor={`${id}-format`}>
          <Select
            id={`${id}-format`}
            value={isPresetOpen(draft) ? draft.preset : 'tapedeck'}
            options={PRESETS.map((value) => ({ value, label: t(`columns.${value}`) }))}
            disabled={locked || !isPresetOpen(draft)}
            onChange={(preset) => set({ preset })}
          />
        </Field>
      )}
      <Field label={t('file')}>
        <Segmented
          stretch
          size="large"
          label={t('file')}
          value={draft.format}
          options={[
            { value: 'csv', label: 'CSV' },
            { value: 'sqlite', label: 'SQLite' },
          ]}
          disabled={locked}
          onChange={(format) => set({ format })}
        />
      </Field>
    </div>
  )
}

const CHECKS = [
  ['bom', 'bomHelp'],
  ['korean', 'koreanHelp'],
  ['emptySeconds', 'emptyHelp'],
  ['gzip', 'gzipHelp'],
  ['spreadsheet', 'spreadsheetHelp'],
] as const

function Options({ draft, locked, set }: PartProps) {
  const { t } = useTranslation('export')
  const csv = draft.format === 'csv'
  const bars = draft.kind === 'bars-1s' || draft.kind === 'bars'
  const own = !(isPresetOpen(draft) && draft.preset === 's0')
  const open = { bom: csv, korean: csv && own, emptySeconds: bars && own, gzip: csv, spreadsheet: csv && own }
  return (
    <div className={styles['checks']}>
      {CHECKS.map(([name, help]) => (
        <Checkbox
          key={name}
          label={t(name === 'emptySeconds' ? 'empty' : name)}
          help={t(help)}
          checked={draft[name] && open[name]}
          disabled={locked || !open[name]}
          onChange={(checked) => set({ [name]: checked })}
        />
      ))}
    </div>
  )
}
