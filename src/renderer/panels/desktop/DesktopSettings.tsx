import { useTranslation } from 'react-i18next'
import type { DesktopSettings as Desktop } from '../../../shared/desktop-settings.ts'
import { useShellInfo } from '../../bridge/shell.ts'
import { ChoiceRow, SwitchRow } from '../settings/controls.tsx'
import { Section } from '../settings/SettingsFrame.tsx'
import type { Setting } from '../settings/use-setting.ts'
import { useSetting } from '../settings/use-setting.ts'
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

/** How the installed app lives on the desktop. */
export function DesktopSettings() {
  const { t } = useTranslation('desktop')
  const shell = useShellInfo()
  const closeToTray = useDesktopSetting('closeToTray')
  /** The help of a setting, or that this system does not have it. */
  const helpOf = (can: boolean | undefined, help: string) =>
    shell?.host === 'electron' && can === false ? t('notHere') : help
  return (
    <Section title={t('title')} {...(shell?.host === 'browser' ? { text: t('onlyThere') } : {})}>
      <TrayRow setting={useDesktopSetting('tray')} help={helpOf(shell?.can.tray, t('trayHelp'))} />
      <ChoiceRow
        label={t('closeToTray')}
        help={helpOf(shell?.can.tray, t('closeToTrayHelp'))}
        setting={{
          ...closeToTray,
          value: closeToTray.value ? 'tray' : 'quit',
          save: (value: 'tray' | 'quit') => closeToTray.save(value === 'tray'),
        }}
        options={(['tray', 'quit'] as const).map((value) => ({ value, label: t(`closeChoice.${value}`) }))}
      />
      <SwitchRow
        label={t('openAtLogin')}
        help={helpOf(shell?.can.openAtLogin, t('openAtLoginHelp'))}
        setting={useDesktopSetting('openAtLogin')}
      />
      <SwitchRow
        label={t('keepAwake')}
        help={helpOf(shell?.can.keepAwake, t('keepAwakeHelp'))}
        setting={useDesktopSetting('keepAwake')}
      />
      <SwitchRow
        label={t('notifications')}
        help={helpOf(shell?.can.notify, t('notificationsHelp'))}
        setting={useDesktopSetting('notifications')}
      />
      <SwitchRow
        label={t('updates')}
        help={helpOf(shell?.can.updates, t('updatesHelp'))}
        setting={useDesktopSetting('updates')}
      >
        {shell?.can.updates && <UpdateLine />}
      </SwitchRow>
      <FileRows shell={shell} />
    </Section>
  )
}
