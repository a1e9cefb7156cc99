/** The desktop's actions in the search palette: panes to windows, layout and diagnostics files. */

import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { PANES } from '../../../shared/shell-contract.ts'
import { useShellInfo } from '../../bridge/shell.ts'
import { useFocus } from '../../market/market.ts'
import type { ListedCommand } from '../../ui/commands.ts'
import { listCommands } from '../../ui/commands.ts'
import { popOut } from '../../ui/pop-out.ts'
import { openLayout, saveFile } from './desktop-files.ts'

export function useDesktopCommands(): void {
  const { t } = useTranslation('desktop')
  const instrument = useFocus()
  const files = useShellInfo()?.can.layoutFiles ?? false
  useEffect(() => {
    const panes = PANES.map((pane): ListedCommand => ({
      title: t(`popOutPane.${pane}`),
      group: 'panels',
      run: () => instrument !== undefined && popOut({ pane, instrument }),
    }))
    const layouts: readonly ListedCommand[] = [
      { title: `${t('layout')}: ${t('layoutExport')}`, group: 'general', run: () => void saveFile('layoutExport', t) },
      { title: `${t('layout')}: ${t('layoutImport')}`, group: 'general', run: () => void openLayout() },
    ]
    return listCommands([
      ...(instrument === undefined ? [] : panes),
      ...(files ? layouts : []),
      {
        title: `${t('diagnostics')}: ${t('diagnosticsSave')}`,
        group: 'general',
        run: () => void saveFile('diagnostics', t),
      },
    ])
  }, [t, instrument, files])
}
