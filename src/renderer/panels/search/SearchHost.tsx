import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { focus } from '../../market/market.ts'
import { listCommands, useCommand } from '../../ui/commands.ts'
import { openPage } from '../../ui/page-store.ts'
import { SearchPalette } from './SearchPalette.tsx'

/** Opens the palette from anywhere in the window, and answers whoever asks for a market to be shown. */
export function SearchHost() {
  const { t } = useTranslation('market')
  const [open, setOpen] = useState(false)
  useCommand(
    'search.open',
    useCallback(() => setOpen(true), []),
  )
  useCommand(
    'market.open',
    useCallback((instrument) => {
      focus.openMarket(instrument)
      openPage('trade')
    }, []),
  )
  useEffect(
    () =>
      listCommands([
        { title: t('chart.shorter'), group: 'chart', keys: [','], run: () => focus.stepInterval(-1) },
        { title: t('chart.longer'), group: 'chart', keys: ['.'], run: () => focus.stepInterval(1) },
      ]),
    [t],
  )
  return open ? <SearchPalette onClose={() => setOpen(false)} /> : undefined
}
