import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import type { Settings } from '../../../shared/settings.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { NumberRow, TextRow } from './controls.tsx'
import { SettingRow } from './SettingRow.tsx'
import { Section } from './SettingsFrame.tsx'
import type { Setting } from './use-setting.ts'
import { useSetting } from './use-setting.ts'

const SWITCH = ['off', 'on'] as const

type Csv = Settings['csv']

function useCsvSetting<K extends keyof Csv>(name: K): Setting<Csv[K]> {
  return useSetting(
    `csv.${name}`,
    (settings) => settings.csv[name],
    (value) => ({ csv: { [name]: value } }),
  )
}

/** The batches that an older system reads. */
export function CsvSettings() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const on = useCsvSetting('on')
  const folder = useCsvSetting('folder')
  const sink = useHealth((health) => health?.csv)
  return (
    <Section title={t('csv')} text={t('csvText')}>
      <SettingRow
        label={t('csvOn')}
        setting={on}
        {...(sink ? { help: t('csvWritten', { lines: format.count(sink.written), file: sink.file }) } : {})}
      >
        <Segmented
          label={t('csvOn')}
          value={on.value ? 'on' : 'off'}
          options={SWITCH.map((value) => ({ value, label: t(value) }))}
          disabled={on.locked}
          onChange={(value) => on.save(value === 'on')}
        />
        {sink?.fault && <FieldError id="csv-fault" text={faultLine(sink.fault)} />}
      </SettingRow>
      <TextRow
        label={t('csvFolder')}
        help={t('csvFolderHelp')}
        setting={{
          ...folder,
          value: folder.value ?? '',
          save: (value) => folder.save(value.trim() === '' ? null : value.trim()),
        }}
      />
      <TextRow label={t('csvMarket')} setting={useCsvSetting('market')} placeholder="binance:BTC/USDT" />
      <TextRow label={t('csvTicker')} setting={useCsvSetting('ticker')} />
      <NumberRow label={t('csvBatch')} setting={useCsvSetting('batch')} unit="" />
      <NumberRow label={t('csvSeconds')} setting={useCsvSetting('everySeconds')} unit="s" />
    </Section>
  )
}
