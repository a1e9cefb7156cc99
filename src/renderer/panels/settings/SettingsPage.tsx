import { useTranslation } from 'react-i18next'
import { DesktopSettings } from '../desktop/DesktopSettings.tsx'
import { CsvSettings } from './CsvSettings.tsx'
import { LookSettings } from './LookSettings.tsx'
import { NetworkSettings } from './NetworkSettings.tsx'
import { NewsSettings } from './NewsSettings.tsx'
import { NumberSettings } from './NumberSettings.tsx'
import { SettingsFrame } from './SettingsFrame.tsx'
import { VenueKeys } from './VenueKeys.tsx'
import { VenueSettings } from './VenueSettings.tsx'

/** Everything that can be set, each with the source of its value. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <SettingsFrame
      title={t('title')}
      note={t('saved')}
      left={
        <>
          <LookSettings />
          <NumberSettings />
          <NetworkSettings />
          <DesktopSettings />
        </>
      }
      right={
        <>
          <VenueSettings />
          <VenueKeys />
          <NewsSettings />
          <CsvSettings />
        </>
      }
    />
  )
}
