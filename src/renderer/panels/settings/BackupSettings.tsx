import { useTranslation } from 'react-i18next'
import type { BackupSettings as Values } from '../../../shared/backup-settings.ts'
import { BACKUP_SCHEDULES } from '../../../shared/backup-settings.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { BackupList } from './BackupList.tsx'
import { BackupNow } from './BackupNow.tsx'
import { useBackups } from './backups-view.ts'
import { ChoiceRow, NumberRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import { RestoreLine } from './RestoreLine.tsx'
import type { Setting } from './use-setting.ts'
import { useSetting } from './use-setting.ts'

function useBackupSetting<K extends keyof Values>(name: K): Setting<Values[K]> {
  return useSetting(
    `backup.${name}`,
    (settings) => settings.backup[name],
    (value) => ({ backup: { [name]: value } }),
  )
}

/** When backups are made, how many stay, which there are, and how one is restored. */
export function BackupSettings() {
  const { t } = useTranslation('backup')
  const format = useFormat()
  const view = useBackups()
  const schedule = useBackupSetting('schedule')
  const hour = useBackupSetting('hour')
  const everyHours = useBackupSetting('everyHours')
  const now = useNow()
  const zone = format.zoneName(now)
  const next = view?.nextAt
  return (
    <Section title={t('title')} text={t('text')}>
      <BackupNow view={view} />
      {view?.restored && <RestoreLine outcome={view.restored} />}
      <ChoiceRow
        label={t('schedule')}
        setting={schedule}
        options={BACKUP_SCHEDULES.map((value) => ({ value, label: t(`scheduleChoice.${value}`) }))}
        {...(next === undefined
          ? {}
          : { help: next <= now ? t('due') : t('next', { at: format.dateTime(next).slice(0, 16), zone }) })}
      />
      {schedule.value === 'daily' && <NumberRow label={t('hour')} setting={hour} unit={t('hourUnit', { zone })} />}
      {schedule.value === 'hours' && (
        <NumberRow label={t('everyHours')} setting={everyHours} unit={t('everyHoursUnit')} />
      )}
      <NumberRow label={t('keep')} help={t('keepHelp')} setting={useBackupSetting('keep')} unit={t('keepUnit')} />
      <BackupList view={view} />
    </Section>
  )
}
