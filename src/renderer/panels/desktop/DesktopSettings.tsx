import { useTranslation } from 'react-i18next'
import type { DesktopSettings as Desktop } from '../../../shared/desktop-settings.ts'
import { useShellInfo } from '../../bridge/shell.ts'
import { ChoiceRow, SwitchRow } from '../settings/controls.tsx'
import { Section } from '../settings/SettingsFrame.tsx'
import type { Setting } from '../settings/use-setting.ts'
import { useSetting } from '../settings/use-setting.ts'
import styles from './Desktop.module.css'
import { FileRows } from './FileRows.tsx'
import { TrayRow } from './TrayRow.tsx'
import { UpdateLine } from './UpdateLine.tsx'

function useDesktopSetting<K extends keyof Desktop>(name: K): Setting<Desktop[K]> {
  return useSetting(
    `desktop.${name}`,
    (settings) => settings.desktop[name],
    (value) => ({ desktop: { [name]: value } }),
  )
}

/** How the installed app lives on the desktop. What this system or this build does not have is said in place of its control. */
export function DesktopSettings() {
  const { t } = useTranslation('desktop')
  const shell = useShellInfo()
  const can = shell?.host === 'electron' ? shell.can : undefined
  const tray = useDesktopSetting('tray')
  const closeToTray = useDesktopSetting('closeToTray')
  const openAtLogin = useDesktopSetting('openAtLogin')
  const keepAwake = useDesktopSetting('keepAwake')
  const notifications = useDesktopSetting('notifications')
  const updates = useDesktopSetting('updates')
  return (
    <Section title={t('title')} {...(shell?.host === 'browser' ? { text: t('onlyThere') } : {})}>
      <Possible can={can?.tray} label={t('tray')} otherwise={t('notHere')}>
        <TrayRow setting={tray} help={t('trayHelp')} />
        <ChoiceRow
          label={t('closeToTray')}
          help={t('closeToTrayHelp')}
          setting={{
            ...closeToTray,
            value: closeToTray.value ? 'tray' : 'quit',
            save: (value: 'tray' | 'quit') => closeToTray.save(value === 'tray'),
          }}
          options={(['tray', 'quit'] as const).map((value) => ({ value, label: t(`closeChoice.${value}`) }))}
        />
      </Possible>
      <Possible can={can?.openAtLogin} label={t('openAtLogin')} otherwise={t('onceInstalled')}>
        <SwitchRow label={t('openAtLogin')} help={t('openAtLoginHelp')} setting={openAtLogin} />
      </Possible>
      <Possible can={can?.keepAwake} label={t('keepAwake')} otherwise={t('notHere')}>
        <SwitchRow label={t('keepAwake')} help={t('keepAwakeHelp')} setting={keepAwake} />
      </Possible>
      <Possible can={can?.notify} label={t('notifications')} otherwise={t('notHere')}>
        <SwitchRow label={t('notifications')} help={t('notificationsHelp')} setting={notifications} />
      </Possible>
      <Possible can={can?.updates} label={t('updates')} otherwise={t('updatesNot')}>
        <SwitchRow label={t('updates')} help={t('updatesHelp')} setting={updates}>
          {can?.updates && <UpdateLine />}
        </SwitchRow>
      </Possible>
      <FileRows shell={shell} />
    </Section>
  )
}

interface PossibleProps {
  /** Undefined: not known, or kept for the installed app. */
  readonly can: boolean | undefined
  readonly label: string
  readonly otherwise: string
  readonly children: React.ReactNode
}

function Possible({ can, label, otherwise, children }: PossibleProps) {
  if (can !== false) return children
  return (
    <div className={styles['row']}>
      <span>{label}</span>
      <span className={styles['not']}>{otherwise}</span>
    </div>
  )
}
