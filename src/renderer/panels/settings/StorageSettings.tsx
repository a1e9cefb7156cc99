import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/settings.ts'
import { useHealth } from '../../bridge/health-store.ts'
import { useSettings } from '../../bridge/settings-store.ts'
import { formatBytes } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { NumberRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'
import { useSetting } from './use-setting.ts'

const GB = 1_000_000_000
/** Share of a cap from which it is worth a colour. */
const NEARLY_FULL = 0.9

function useCap(name: keyof Settings['caps']): Setting<number> {
  return useSetting(
    `caps.${name}`,
    (settings) => settings.caps[name],
    (value) => ({ caps: { [name]: value } }),
  )
}

/** How much of what is kept, and how full it is. */
export function StorageSettings() {
  const { t } = useTranslation('settings')
  const { caps } = useSettings()
  const journal = useHealth((health) => health?.journal.bytes ?? 0)
  const store = useHealth((health) => health?.store.bytes ?? 0)
  return (
    <Section title={t('storage')}>
      <NumberRow
        label={t('journalCap')}
        help={t('journalHelp')}
        setting={useCap('journalBytes')}
        unit="GB"
        scale={GB}
      />
      <Meter label={t('journalCap')} used={journal} cap={caps.journalBytes} />
      <NumberRow label={t('storeCap')} help={t('storeHelp')} setting={useCap('storeBytes')} unit="GB" scale={GB} />
      <Meter label={t('storeCap')} used={store} cap={caps.storeBytes} />
      <NumberRow label={t('tradeDays')} setting={useCap('tradeDays')} unit={t('days')} />
      <NumberRow label={t('secondDays')} setting={useCap('secondDays')} unit={t('days')} />
      <NumberRow label={t('itemDays')} setting={useCap('itemDays')} unit={t('days')} />
    </Section>
  )
}

function Meter({ label, used, cap }: { readonly label: string; readonly used: number; readonly cap: number }) {
  const { t } = useTranslation('settings')
  const share = used / cap
  return (
    <div className={styles['row']}>
      <span />
      <div className={styles['meter']}>
        <ProgressBar meter label={label} value={share} tone={share >= NEARLY_FULL ? 'warn' : 'plain'} />
        {t('used', { used: formatBytes(used), cap: formatBytes(cap) })}
      </div>
    </div>
  )
}
