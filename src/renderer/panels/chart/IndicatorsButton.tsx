import { Activity } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { Button } from '../../ui/Button.tsx'
import { listCommands, runCommand, useCommand } from '../../ui/commands.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { IndicatorsDialog } from './IndicatorsDialog.tsx'

/** Opens the choice of indicators, and says how many there are. */
export function IndicatorsButton() {
  const { t } = useTranslation('market')
  const { indicators } = useSettings()
  const [open, setOpen] = useState(false)
  useCommand(
    'indicators.open',
    useCallback(() => setOpen(true), []),
  )
  useEffect(
    () =>
      listCommands([
        { title: t('indicators.choose'), group: 'chart', keys: ['Alt+I'], run: () => runCommand('indicators.open') },
      ]),
    [t],
  )
  return (
    <>
      <Button kind="ghost" size="small" icon={<Activity {...SMALL_ICON} />} onClick={() => setOpen(true)}>
        {t('indicators.title')}
        {indicators.length > 0 && ` ${indicators.length}`}
      </Button>
      {open && <IndicatorsDialog onClose={() => setOpen(false)} />}
    </>
  )
}
