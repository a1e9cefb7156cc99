import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import { useSession } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { runCommand } from '../../ui/commands.ts'
import { NOT_GIVEN } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { BackupSettings } from './BackupSettings.tsx'
import { Section, SettingsFrame } from './SettingsFrame.tsx'
import styles from './Settings.module.css'
import { StorageSettings } from './StorageSettings.tsx'

/** Where the data lies, how much of it is kept, the way out, and the copies of it. */
export function DataPage() {
  const { t } = useTranslation('settings')
  return (
    <SettingsFrame
      title={t('dataTitle')}
      left={<StorageSettings />}
      right={
        <>
          <Place />
          <Section title={t('export')} text={t('exportText')}>
            <div className={styles['action']}>
              <Button kind="primary" icon={<Download {...SMALL_ICON} />} onClick={() => runCommand('export.open')}>
                {t('exportButton')}
              </Button>
            </div>
          </Section>
          <BackupSettings />
        </>
      }
    />
  )
}

function Place() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { info } = useSession()
  const records = useHealth((health) => health?.journal.records)
  const trades = useHealth((health) => health?.store.trades)
  return (
    <Section title={t('place')}>
      <dl className={styles['facts']}>
        <dt>{t('folder')}</dt>
        <dd>{info?.folder ?? NOT_GIVEN}</dd>
        <dt>{t('collector')}</dt>
        <dd>
          {info?.collector ?? NOT_GIVEN}
          <small>{t('collectorHelp')}</small>
        </dd>
        <dt>{t('records')}</dt>
        <dd>{records === undefined ? NOT_GIVEN : format.count(records)}</dd>
        <dt>{t('trades')}</dt>
        <dd>{trades === undefined ? NOT_GIVEN : format.count(trades)}</dd>
      </dl>
    </Section>
  )
}
