import { useTranslation } from 'react-i18next'
import { ChoiceRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import { useSetting } from './use-setting.ts'

const ZONES = ['KST', 'UTC', 'local'] as const
const UNITS = ['language', 'plain', 'man-eok'] as const

/** The clock, and how big amounts are written. */
export function NumberSettings() {
  const { t } = useTranslation('settings')
  const zone = useSetting(
    'zone',
    (settings) => settings.zone,
    (value) => ({ zone: value }),
  )
  const units = useSetting<(typeof UNITS)[number]>(
    'krwUnits',
    (settings) => settings.krwUnits ?? 'language',
    (value) => ({ krwUnits: value === 'language' ? null : value }),
  )
  return (
    <Section title={t('numbers')}>
      <ChoiceRow
        label={t('zone')}
        help={t('zoneHelp')}
        setting={zone}
        options={ZONES.map((value) => ({ value, label: t(`zoneChoice.${value}`) }))}
      />
      <ChoiceRow
        label={t('krwUnits')}
        setting={units}
        options={UNITS.map((value) => ({ value, label: t(`krwChoice.${value}`) }))}
      />
    </Section>
  )
}
