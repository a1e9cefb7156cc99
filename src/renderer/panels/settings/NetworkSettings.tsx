import { useTranslation } from 'react-i18next'
import { TextRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import { useSetting } from './use-setting.ts'

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The way out to the exchanges. */
export function NetworkSettings() {
  const { t } = useTranslation('settings')
  const proxy = useSetting(
    'proxy',
    (settings) => settings.proxy ?? '',
    (value) => ({ proxy: orNull(value) }),
  )
  const caFile = useSetting(
    'caFile',
    (settings) => settings.caFile ?? '',
    (value) => ({ caFile: orNull(value) }),
  )
  return (
    <Section title={t('network')}>
      <TextRow label={t('proxy')} help={t('proxyHelp')} setting={proxy} placeholder="http://proxy:8080" />
      <TextRow label={t('caFile')} help={t('caFileHelp')} setting={caFile} placeholder="/etc/ssl/company.pem" />
    </Section>
  )
}
